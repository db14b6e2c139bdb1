package org.rosterkeep.roster;

/// The lasting identity of a record inside one district: 128 bits, at first sight a keyed hash of entity and sourcedId,
/// and kept when the source system later renames the record. Outward ids are made from it, never from the ordinal, so
/// that what a vendor sees of one record does not depend on any other record.
public record RecordKey(long high, long low) {

    /// Writes the 16 bytes, big-endian.
    public void write(byte[] into, int offset) {
        put(into, offset, high);
        put(into, offset + 8, low);
    }

    public static RecordKey read(byte[] from, int offset) {
        return new RecordKey(get(from, offset), get(from, offset + 8));
    }

    private static void put(byte[] into, int offset, long value) {
        for (int i = 0; i < 8; i++) {
            into[offset + i] = (byte) (value >>> (56 - 8 * i));
        }
    }

    private static long get(byte[] from, int offset) {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | (from[offset + i] & 0xff);
        }
        return value;
    }
}
