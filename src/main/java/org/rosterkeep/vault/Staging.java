package org.rosterkeep.vault;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.roster.Entity;

/// The rows a batch has changed, block by block: gathered while the file goes through a block's neighbourhood, written
/// into the batch's transaction when it has moved on, and taken out again should it come back.
final class Staging {
    private static final int STAGED_BYTES_MAX = 24 << 20;
    private static final int BASES_MAX = 512;
    private static final int ROW_OVERHEAD = 16;

    private final Blocks blocks;
    private final Store.Transaction transaction;
    private final Directory before;
    private final long version;
    private final Place[] places = new Place[Space.CODES];
    private final BitSet[] written = new BitSet[Space.CODES];
    private final Map<Long, Staged> staged = new LinkedHashMap<>(64, 0.75f, true);
    private final Map<Long, byte[]> bases = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > BASES_MAX;
        }
    };
    private long stagedBytes;

    Staging(Blocks blocks, Store.Transaction transaction, Directory before, long version) {
        this.blocks = blocks;
        this.transaction = transaction;
        this.before = before;
        this.version = version;
        Arrays.setAll(written, i -> new BitSet());
        Arrays.setAll(places, i -> new Place());
    }

    /// Where an entity's file is at: the last block looked at stays at hand, because files repeat their order.
    private static final class Place {
        int block = -1;
        byte @Nullable [] base;

        @Nullable
        Staged staged;
    }

    private static final class Staged {
        final Entity entity;
        final int block;
        final byte @Nullable [] base;
        final byte[] @Nullable [] fresh;
        int bytes;

        Staged(Entity entity, int block, byte @Nullable [] base) {
            this.entity = entity;
            this.block = block;
            this.base = base;
            fresh = new byte[RowBlock.slots(entity)][];
            bytes = (base == null ? 0 : base.length) + 8 * fresh.length;
        }
    }

    /// Whether the record has a row, here or before, and whether it is this very one.
    enum Match {
        NO_ROW,
        OTHER,
        SAME
    }

    Match match(Entity entity, int ordinal, byte[] row) {
        Place place = at(entity, RowBlock.block(entity, ordinal));
        int slot = RowBlock.slot(entity, ordinal);
        byte[] fresh = place.staged == null ? null : place.staged.fresh[slot];
        if (fresh != null) {
            return Arrays.equals(fresh, row) ? Match.SAME : Match.OTHER;
        }
        byte[] base = place.base;
        if (base == null) {
            return Match.NO_ROW;
        }
        int slots = RowBlock.slots(entity);
        int start = RowBlock.start(base, slots, slot);
        int end = RowBlock.end(base, slots, slot);
        if (start == end) {
            return Match.NO_ROW;
        }
        return Arrays.equals(base, start, end, row, 0, row.length) ? Match.SAME : Match.OTHER;
    }

    /// The record's row, if it has one.
    Optional<byte[]> row(Entity entity, int ordinal) {
        Place place = at(entity, RowBlock.block(entity, ordinal));
        int slot = RowBlock.slot(entity, ordinal);
        byte[] fresh = place.staged == null ? null : place.staged.fresh[slot];
        if (fresh != null) {
            return Optional.of(fresh.clone());
        }
        byte[] base = place.base;
        if (base == null) {
            return Optional.empty();
        }
        int slots = RowBlock.slots(entity);
        int start = RowBlock.start(base, slots, slot);
        int end = RowBlock.end(base, slots, slot);
        return start == end ? Optional.empty() : Optional.of(Arrays.copyOfRange(base, start, end));
    }

    /// Stages a row; the array is kept.
    void put(Entity entity, int ordinal, byte[] row) {
        Place place = at(entity, RowBlock.block(entity, ordinal));
        Staged block = place.staged;
        if (block == null) {
            block = new Staged(entity, place.block, place.base);
            place.staged = block;
            staged.put(key(entity, place.block), block);
            stagedBytes += block.bytes;
        }
        block.fresh[RowBlock.slot(entity, ordinal)] = row;
        block.bytes += row.length + ROW_OVERHEAD;
        stagedBytes += row.length + ROW_OVERHEAD;
        while (stagedBytes > STAGED_BYTES_MAX) {
            writeEldest();
        }
    }

    /// Writes all that is still staged, and names every block that was written.
    void finish(Directory.Draft directory) {
        while (!staged.isEmpty()) {
            writeEldest();
        }
        for (Entity entity : Entity.values()) {
            int space = Space.rows(entity);
            written[Space.code(entity)].stream().forEach(block -> directory.add(space, block, version));
        }
    }

    private Place at(Entity entity, int block) {
        Place place = places[Space.code(entity)];
        if (place.block != block) {
            long key = key(entity, block);
            Staged open = staged.get(key);
            place.block = block;
            place.staged = open;
            place.base = open != null ? open.base : base(entity, block, key);
        }
        return place;
    }

    private byte @Nullable [] base(Entity entity, int block, long key) {
        byte[] known = bases.get(key);
        if (known != null) {
            return known;
        }
        byte[] base = null;
        int space = Space.rows(entity);
        if (written[Space.code(entity)].get(block)) {
            base = blocks.seal()
                    .openBlock(
                            space,
                            block,
                            version,
                            transaction.block(space, block, version).orElseThrow());
        } else if (before.newest(space, block) != 0) {
            base = blocks.open(space, block, before.newest(space, block));
        }
        if (base != null) {
            bases.put(key, RowBlock.checked(base, RowBlock.slots(entity)));
        }
        return base;
    }

    private void writeEldest() {
        Iterator<Staged> eldest = staged.values().iterator();
        Staged block = eldest.next();
        eldest.remove();
        stagedBytes -= block.bytes;
        bases.remove(key(block.entity, block.block));
        Place place = places[Space.code(block.entity)];
        if (place.block == block.block) {
            place.block = -1;
        }
        written[Space.code(block.entity)].set(block.block);
        int space = Space.rows(block.entity);
        transaction.put(
                space,
                block.block,
                version,
                () -> blocks.seal().block(space, block.block, version, RowBlock.pack(block.base, block.fresh)));
    }

    private static long key(Entity entity, int block) {
        return (long) Space.code(entity) << 32 | block;
    }
}
