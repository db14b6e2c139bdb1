package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Held;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;
import org.rosterkeep.roster.SourcedId;

/// The source system's own ids, for rules that say so. A record whose row is no longer there (disposed of, while its
/// tombstone still stands) shows the id it would have in the rule's pseudonym domain.
final class PassThroughNames extends Names {
    private final Records records;
    private final Held held;
    private final long batch;
    private final PairwiseNames instead;
    private final Relations relations;
    private final Cache cache;
    private final Map<Entity, byte[][]> tables = new EnumMap<>(Entity.class);
    private byte[][] own = new byte[0][];

    /// With the domain: who has no id of its own any more is named in it.
    private record TableKey(String domain, Entity entity, long batch, Map<Long, RoaringBitmap> held) {}

    private record Table(byte[][] ids) implements Cache.Weighed {
        @Override
        public long weight() {
            long weight = 0;
            for (byte[] id : ids) {
                weight += id.length + 24L;
            }
            return weight;
        }
    }

    PassThroughNames(Records records, Held held, long batch, Relations relations, PairwiseNames instead, Cache cache) {
        this.held = held;
        this.cache = cache;
        this.records = records;
        this.batch = batch;
        this.relations = relations;
        this.instead = instead;
    }

    @Override
    void prepare(Entity entity, int[] ordinals, int from, int count) {
        // Everything that will be pointed at is read now: while rows are being read no other read may begin.
        for (Field field : Field.of(entity)) {
            switch (field.shape()) {
                case REF, REFS, ROLES -> table(field.target());
                case TEXT, TOKEN, DATE, BOOL, LIST, USER_IDS, PROFILES -> {}
            }
        }
        own = read(entity, Arrays.copyOfRange(ordinals, from, from + count));
    }

    @Override
    int at(int n, byte[] into) {
        return copy(own[n], into);
    }

    @Override
    int of(Entity entity, int ordinal, byte[] into) {
        return copy(table(entity.identity())[ordinal], into);
    }

    private static int copy(byte[] id, byte[] into) {
        System.arraycopy(id, 0, into, 0, id.length);
        return id.length;
    }

    /// Ids that records point at, all of an entity at once, in the order of ordinals: blocks are read once.
    private byte[][] table(Entity entity) {
        byte[][] table = tables.get(entity);
        if (table == null) {
            table = cache.get(
                            new TableKey(instead.domain(), entity, batch, held.layers(entity)),
                            Table.class,
                            () -> new Table(readAll(entity)))
                    .ids();
            tables.put(entity, table);
        }
        return table;
    }

    private byte[][] readAll(Entity entity) {
        int[] all = new int[relations.size(entity)];
        Arrays.setAll(all, ordinal -> ordinal);
        return read(entity, all);
    }

    private byte[][] read(Entity entity, int[] ordinals) {
        byte[][] ids = new byte[ordinals.length][];
        Slice slice = new Slice();
        Field field = Field.of(entity.identity()).getFirst();
        records.read(
                Permit.glance(entity.identity(), batch, field.mask(), ordinals),
                (position, ordinal, row) -> ids[position] = id(entity, field, ordinal, row, slice));
        return ids;
    }

    private byte[] id(Entity entity, Field field, int ordinal, @Nullable Row row, Slice slice) {
        if (row != null && row.reveal(field, slice)) {
            return Arrays.copyOfRange(slice.bytes, slice.start, slice.end);
        }
        byte[] alias = new byte[LENGTH_MAX];
        return Arrays.copyOf(alias, instead.of(entity, ordinal, alias));
    }

    @Override
    int[] sorted(Entity entity, RoaringBitmap members) {
        int[] ordinals = members.toArray();
        return Order.byTexts(ordinals, read(entity, ordinals), false);
    }

    @Override
    boolean plainInPaths() {
        return false;
    }

    @Override
    int find(Census census, Entity entity, String id) {
        if (SourcedId.valid(id)) {
            int ordinal = census.findFirst(entity.identity(), SourcedId.of(id));
            if (ordinal != Relations.NONE) {
                return ordinal;
            }
        }
        return instead.find(census, entity, id);
    }
}
