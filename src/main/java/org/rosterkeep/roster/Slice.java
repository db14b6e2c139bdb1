package org.rosterkeep.roster;

/// A stretch of bytes inside somebody else's buffer; reused by its owner, so never kept.
public final class Slice {
    public byte[] bytes = new byte[0];
    public int start;
    public int end;

    public int length() {
        return end - start;
    }

    /// Reads a varint at [#start] and moves past it.
    public int varint() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte b = bytes[start++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalStateException("a packed number is longer than five bytes");
    }

    /// Reads a length at [#start], sets `text` to the bytes behind it, and moves past them.
    public void text(Slice text) {
        int length = varint();
        text.bytes = bytes;
        text.start = start;
        start += length;
        text.end = start;
    }
}
