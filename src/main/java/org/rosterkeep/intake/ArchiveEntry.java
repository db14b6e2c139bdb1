package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/// What the directory of a zip archive says about one file (APPNOTE 4.3.12).
///
/// @param header where its own header begins
/// @param data where its packed bytes begin; -1 until placed
record ArchiveEntry(
        String name,
        int flags,
        int method,
        long sum,
        long packed,
        long unpacked,
        long header,
        long data,
        boolean link) {
    private static final long BIG = 0xffffffffL;
    private static final int MADE_ON_UNIX = 3;
    private static final int KIND = 0xf000;
    private static final int KIND_FILE = 0x8000;
    private static final int KIND_FOLDER = 0x4000;

    static ArchiveEntry read(ByteBuffer from, int at, int nameLength, int extraLength) {
        long unpacked = from.getInt(at + 24) & BIG;
        long packed = from.getInt(at + 20) & BIG;
        long header = from.getInt(at + 42) & BIG;
        int extra = at + 46 + nameLength;
        for (int end = extra + extraLength; extra + 4 <= end; ) {
            int next = extra + 4 + (from.getShort(extra + 2) & 0xffff);
            if (from.getShort(extra) == 1) {
                int value = extra + 4;
                if (unpacked == BIG) {
                    unpacked = from.getLong(value);
                    value += 8;
                }
                if (packed == BIG) {
                    packed = from.getLong(value);
                    value += 8;
                }
                if (header == BIG) {
                    header = from.getLong(value);
                }
            }
            extra = next;
        }
        byte[] name = new byte[nameLength];
        from.get(at + 46, name);
        int kind = from.getInt(at + 38) >>> 16 & KIND;
        boolean link = from.get(at + 5) == MADE_ON_UNIX && kind != 0 && kind != KIND_FILE && kind != KIND_FOLDER;
        return new ArchiveEntry(
                new String(name, UTF_8),
                from.getShort(at + 8) & 0xffff,
                from.getShort(at + 10) & 0xffff,
                from.getInt(at + 16) & BIG,
                packed,
                unpacked,
                header,
                -1,
                link);
    }

    ArchiveEntry placed(long at) {
        return new ArchiveEntry(name, flags, method, sum, packed, unpacked, header, at, link);
    }
}
