package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes on their way out. Drained between records only, so that a record that turns out not to be releasable can be
/// taken back; grows when a single record is larger than the buffer.
final class Out {
    static final int SIZE = 64 * 1024;
    private static final int DRAIN_AT = SIZE - 16 * 1024;

    private byte[] bytes = new byte[SIZE];
    private int size;

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void put(byte[] from) {
        put(from, 0, from.length);
    }

    void put(byte[] from, int start, int end) {
        int length = end - start;
        room(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    void put(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    /// Puts `,"name":` or whatever begins a property, without its comma when it is the first of its object.
    void property(byte[] prefix) {
        int skip = size > 0 && bytes[size - 1] == '{' ? 1 : 0;
        put(prefix, skip, prefix.length);
    }

    /// The bytes that were put, up to [#mark()]; good until the next is put.
    byte[] bytes() {
        return bytes;
    }

    int mark() {
        return size;
    }

    void backTo(int mark) {
        size = mark;
    }

    /// A copy of what was put since `mark`.
    byte[] since(int mark) {
        return Arrays.copyOfRange(bytes, mark, size);
    }

    void clear() {
        size = 0;
        if (bytes.length > 4 * SIZE) {
            bytes = new byte[SIZE];
        }
    }

    /// Called between records.
    void drainSome(OutputStream to) throws IOException {
        if (size >= DRAIN_AT) {
            drain(to);
        }
    }

    void drain(OutputStream to) throws IOException {
        to.write(bytes, 0, size);
        size = 0;
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
