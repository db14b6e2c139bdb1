package org.rosterkeep.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A piece of canonical JSON under construction: no spaces, members in the order written, strings escaped only where
/// JSON demands it, so that equal facts have equal bytes.
final class Text {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[512];
    private int size;

    /// Adds text as it is; ASCII only.
    Text raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    Text raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    Text number(long number) {
        return raw(Long.toString(number));
    }

    /// Adds a quoted string.
    Text string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(2 + 6 * utf8.length);
        bytes[size++] = '"';
        for (byte b : utf8) {
            if (b == '"' || b == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = b;
            } else if (b >= 0 && b < 0x20) {
                raw("\\u00");
                bytes[size++] = HEX[b >> 4];
                bytes[size++] = HEX[b & 15];
            } else {
                bytes[size++] = b;
            }
        }
        bytes[size++] = '"';
        return this;
    }

    /// Adds `,"name":` (the names are ours, and plain).
    Text member(String name) {
        return raw(",\"").raw(name).raw("\":");
    }

    Text member(String name, String value) {
        return member(name).string(value);
    }

    Text member(String name, long value) {
        return member(name).number(value);
    }

    int size() {
        return size;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
