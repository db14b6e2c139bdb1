package org.rosterkeep.vault;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.disclosure.Permit;
import org.rosterkeep.disclosure.Records;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Row;

/// Reads the rows of a permit and gives each projected to the permitted fields: what the permit does not name is not
/// copied, so it cannot be seen by whoever holds the window.
final class RowReader implements Records {
    /// Positions whose blocks are brought together in one look at the store; bounds what is held, whatever the permit.
    private static final int WINDOW = 256;

    private static final byte[] NONE = new byte[0];

    private final Supplier<Roster> roster;
    private final Blocks blocks;
    private final BlockCache cache;

    RowReader(Supplier<Roster> roster, Blocks blocks, BlockCache cache) {
        this.roster = roster;
        this.blocks = blocks;
        this.cache = cache;
    }

    @Override
    public void read(Permit permit, Visitor visitor) {
        int size = permit.size();
        Page page = new Page(permit, Math.min(size, WINDOW));
        for (int from = 0; from < size; from += WINDOW) {
            int to = Math.min(size, from + WINDOW);
            page.fetch(from, to);
            page.show(from, to, visitor);
        }
    }

    /// One reading of one permit.
    private final class Page {
        private final Permit permit;
        private final Entity entity;
        private final int space;
        private final int slots;
        private final byte[][] opened;
        private final Row row = new Row();
        private final Row shown = new Row();
        private byte[] scratch = new byte[1024];

        Page(Permit permit, int window) {
            this.permit = permit;
            entity = permit.entity();
            space = Space.rows(entity);
            slots = RowBlock.slots(entity);
            opened = new byte[window][];
        }

        /// Finds the block of each position from `from` to `to`: in the cache, else in the store.
        void fetch(int from, int to) {
            Directory directory = roster.get().directory();
            Map<Directory.Place, byte[]> missing = new LinkedHashMap<>();
            for (int n = from; n < to; n++) {
                int block = RowBlock.block(entity, permit.ordinal(n));
                long version = directory.asOf(space, block, permit.batch());
                opened[n - from] = version == 0 ? NONE : cached(block, version, missing);
            }
            if (missing.isEmpty()) {
                return;
            }
            Map<Directory.Place, byte[]> read =
                    blocks.open(missing.keySet().stream().toList());
            if (read.size() < missing.size()) {
                throw new VaultFault(VaultFault.Code.BATCH_GONE, "rows as of that batch are no longer kept");
            }
            read.forEach((place, block) ->
                    cache.put(BlockCache.key(space, place.block(), place.version()), RowBlock.checked(block, slots)));
            for (int n = from; n < to; n++) {
                if (opened[n - from] == null) {
                    int block = RowBlock.block(entity, permit.ordinal(n));
                    opened[n - from] =
                            read.get(new Directory.Place(space, block, directory.asOf(space, block, permit.batch())));
                }
            }
        }

        private byte @Nullable [] cached(int block, long version, Map<Directory.Place, byte[]> missing) {
            byte[] hit = cache.get(BlockCache.key(space, block, version));
            if (hit == null) {
                missing.put(new Directory.Place(space, block, version), NONE);
            }
            return hit;
        }

        void show(int from, int to, Visitor visitor) {
            for (int n = from; n < to; n++) {
                byte[] block = opened[n - from];
                int ordinal = permit.ordinal(n);
                int slot = RowBlock.slot(entity, ordinal);
                int start = block.length == 0 ? 0 : RowBlock.start(block, slots, slot);
                int end = block.length == 0 ? 0 : RowBlock.end(block, slots, slot);
                if (start == end) {
                    visitor.row(n, ordinal, null);
                } else {
                    visitor.row(n, ordinal, projected(block, start, end - start));
                }
            }
            Arrays.fill(opened, null);
        }

        private Row projected(byte[] block, int start, int length) {
            row.over(block, start, length);
            if (scratch.length < length) {
                scratch = new byte[length * 2];
            }
            int end = row.project(permit.fields(), scratch, 0);
            return shown.over(scratch, 0, end);
        }
    }
}
