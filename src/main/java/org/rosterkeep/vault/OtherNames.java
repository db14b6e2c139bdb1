package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;

/// Names that records were given after their first one: keyed hashes of the ids under which a later source system knows
/// them. A record's lasting key stays the hash of its first id, so nothing outward hangs on what is here; only the way
/// in does. A name is given once and never moves to another record.
final class OtherNames {
    private static final int BYTES = 20;

    private final KeyIndex index;
    private final RoaringBitmap named;
    private int[] ordinals;
    private int size;

    private OtherNames(KeyIndex index, int[] ordinals, int size, RoaringBitmap named) {
        this.index = index;
        this.ordinals = ordinals;
        this.size = size;
        this.named = named;
    }

    /// Those that rest in the store, by entity with identities of its own.
    static Map<Entity, OtherNames> load(Directory directory, Blocks blocks) {
        Map<Entity, OtherNames> names = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            if (entity.identity() == entity) {
                names.put(entity, load(directory, blocks, entity));
            }
        }
        return names;
    }

    /// Append-only, [Columns#CHUNK] to a block.
    private static OtherNames load(Directory directory, Blocks blocks, Entity entity) {
        OtherNames loaded =
                new OtherNames(KeyIndex.over(new long[0], new long[0], 0), new int[0], 0, new RoaringBitmap());
        int space = Space.names(entity);
        for (int chunk = 0; chunk < directory.blocks(space); chunk++) {
            byte[] block = blocks.newest(directory, space, chunk)
                    .orElseThrow(() -> new VaultFault(VaultFault.Code.REPAIR_NEEDED, "a chunk of names is missing"));
            ByteBuffer in = ByteBuffer.wrap(block);
            while (in.remaining() >= BYTES) {
                loaded.add(new RecordKey(in.getLong(), in.getLong()), in.getInt());
            }
        }
        return loaded;
    }

    /// One that grows without this one noticing.
    OtherNames copy() {
        return new OtherNames(index.copy(), ordinals.clone(), size, named.clone());
    }

    /// The record of this name; `Relations.NONE` when nobody has it.
    int find(RecordKey key) {
        int at = index.find(key);
        return at == Relations.NONE ? Relations.NONE : ordinals[at];
    }

    /// Gives a record one more name, which nobody has.
    void add(RecordKey key, int ordinal) {
        if (size == ordinals.length) {
            ordinals = Arrays.copyOf(ordinals, Math.max(64, size + (size >> 1)));
        }
        ordinals[size] = ordinal;
        index.add(key, size++);
        named.add(ordinal);
    }

    /// Whether the record has more names than its first.
    boolean has(int ordinal) {
        return named.contains(ordinal);
    }

    /// The keys of the names a record has besides its first.
    List<RecordKey> of(int ordinal) {
        List<RecordKey> keys = new ArrayList<>();
        for (int at = 0; has(ordinal) && at < size; at++) {
            if (ordinals[at] == ordinal) {
                keys.add(new RecordKey(index.high()[at], index.low()[at]));
            }
        }
        return keys;
    }

    int size() {
        return size;
    }

    /// Writes what `before` had not yet: its last chunk anew, and all behind it.
    void save(Writing writing, OtherNames before) {
        for (int chunk = before.size / Columns.CHUNK; chunk * Columns.CHUNK < size; chunk++) {
            int from = chunk * Columns.CHUNK;
            int to = Math.min(size, from + Columns.CHUNK);
            ByteBuffer out = ByteBuffer.allocate(BYTES * (to - from));
            for (int at = from; at < to; at++) {
                out.putLong(index.high()[at]).putLong(index.low()[at]).putInt(ordinals[at]);
            }
            writing.put(chunk, out.array());
        }
    }

    /// Where chunks go.
    interface Writing {
        void put(int chunk, byte[] plain);
    }
}
