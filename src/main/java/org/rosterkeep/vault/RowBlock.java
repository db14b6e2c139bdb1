package org.rosterkeep.vault;

import org.jspecify.annotations.Nullable;
import org.rosterkeep.roster.Entity;

/// The plain form of a block of rows: one byte of format, where each slot's row ends (three bytes each, counted
/// from the
/// first row), then the rows. A slot without a row has no bytes. The form is read where it lies; nothing is decoded.
final class RowBlock {
    private static final int FORMAT = 1;
    private static final int OFFSET = 3;
    private static final int ROWS_MAX = 1 << 24;

    private RowBlock() {}

    /// Rows in a block: small for persons, who are also read alone; larger for enrolments, whose rows are short
    /// (performance.md section 2.2).
    static int slots(Entity entity) {
        return 1 << shift(entity);
    }

    /// Which block an ordinal is in.
    static int block(Entity entity, int ordinal) {
        return ordinal >>> shift(entity);
    }

    /// Its place in that block.
    static int slot(Entity entity, int ordinal) {
        return ordinal & slots(entity) - 1;
    }

    static int start(byte[] block, int slots, int slot) {
        return 1 + OFFSET * slots + (slot == 0 ? 0 : offset(block, slot - 1));
    }

    static int end(byte[] block, int slots, int slot) {
        return 1 + OFFSET * slots + offset(block, slot);
    }

    /// Packs rows, each a fresh one, else the base's, else none.
    static byte[] pack(byte @Nullable [] base, byte[] @Nullable [] fresh) {
        int slots = fresh.length;
        int size = 0;
        for (int slot = 0; slot < slots; slot++) {
            size += length(base, fresh[slot], slots, slot);
        }
        if (size >= ROWS_MAX) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "the rows of one block are larger than 16 MiB");
        }
        byte[] block = new byte[1 + OFFSET * slots + size];
        block[0] = FORMAT;
        int body = 1 + OFFSET * slots;
        int at = 0;
        for (int slot = 0; slot < slots; slot++) {
            byte[] row = fresh[slot];
            int length = length(base, row, slots, slot);
            if (row != null) {
                System.arraycopy(row, 0, block, body + at, length);
            } else if (base != null) {
                System.arraycopy(base, start(base, slots, slot), block, body + at, length);
            }
            at += length;
            block[1 + OFFSET * slot] = (byte) (at >>> 16);
            block[2 + OFFSET * slot] = (byte) (at >>> 8);
            block[3 + OFFSET * slot] = (byte) at;
        }
        return block;
    }

    /// Refuses a form this version does not know.
    static byte[] checked(byte[] block, int slots) {
        if (block.length < 1 + OFFSET * slots || block[0] != FORMAT) {
            throw new VaultFault(VaultFault.Code.NEWER_FORMAT, "a block of rows has a form this version does not know");
        }
        return block;
    }

    private static int length(byte @Nullable [] base, byte @Nullable [] row, int slots, int slot) {
        if (row != null) {
            return row.length;
        }
        return base == null ? 0 : end(base, slots, slot) - start(base, slots, slot);
    }

    private static int offset(byte[] block, int slot) {
        int at = 1 + OFFSET * slot;
        return (block[at] & 0xff) << 16 | (block[at + 1] & 0xff) << 8 | block[at + 2] & 0xff;
    }

    private static int shift(Entity entity) {
        return entity == Entity.ENROLLMENT ? 8 : 5;
    }
}
