package org.rosterkeep.vendors;

import java.nio.charset.StandardCharsets;

/// Percent-encoding as RFC 3986 has it. Decoding never fails: what is not a pair of hex digits stays as it is,
/// and bytes
/// that are not UTF-8 become the replacement character, so that such a text simply matches nothing.
final class Percent {
    private static final String HEX = "0123456789ABCDEF";
    private static final String PATH = "-._~";
    private static final String KEPT = "-._~%!$'()*+,;=:@/?";

    private Percent() {}

    /// A path segment: `+` is a plus.
    static String segment(String raw) {
        return decode(raw, false);
    }

    /// A name or value of a query or a form: `+` is a space.
    static String form(String raw) {
        return decode(raw, true);
    }

    /// Encodes everything but the unreserved characters.
    static String encode(String text) {
        return keep(text, PATH);
    }

    /// Makes a raw part of a query fit to be repeated inside a header: what has no business in a URL is encoded,
    /// the rest stays as the client wrote it.
    static String tidy(String raw) {
        return keep(raw, KEPT);
    }

    private static String keep(String text, String kept) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (letterOrDigit(c) || kept.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static boolean letterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static String decode(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0 && (!plusIsSpace || raw.indexOf('+') < 0)) {
            return raw;
        }
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%' && i + 2 < bytes.length && hex(bytes[i + 1]) >= 0 && hex(bytes[i + 2]) >= 0) {
                b = (byte) (hex(bytes[i + 1]) << 4 | hex(bytes[i + 2]));
                i += 2;
            } else if (b == '+' && plusIsSpace) {
                b = ' ';
            }
            bytes[length++] = b;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int hex(byte b) {
        return b < 0 ? -1 : Character.digit((char) b, 16);
    }
}
