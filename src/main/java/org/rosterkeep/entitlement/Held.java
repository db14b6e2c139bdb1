package org.rosterkeep.entitlement;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Entries;

/// What of an edition is not as the roster has it by now, because its change waits for somebody to look: records shown
/// as of an older batch, and records not shown yet.
///
/// @param layers by batch, the records that are read as of it; every other is read as of the edition's batch. Those
///     whom a floor withholds meanwhile are among them, so that they come back with the rest
/// @param entries where the records of the layers belong, and which are taken for not yet come. The edition is what its
///     rule gives of the roster with these laid over
public record Held(SortedMap<Long, Map<Entity, RoaringBitmap>> layers, Entries entries) {
    public static final Held NOTHING = new Held(new TreeMap<>(), Entries.NONE);

    public Held {
        layers = Collections.unmodifiableSortedMap(new TreeMap<>(layers));
    }

    public boolean isEmpty() {
        return layers.isEmpty() && entries.isEmpty();
    }

    /// The records of an entity that are read as of an older batch.
    public RoaringBitmap of(Entity entity) {
        return entries.there().getOrDefault(entity, new RoaringBitmap());
    }

    /// The records of an entity by the batch they are read as of.
    public Map<Long, RoaringBitmap> layers(Entity entity) {
        Map<Long, RoaringBitmap> of = new TreeMap<>();
        layers.forEach((batch, sets) -> {
            RoaringBitmap set = sets.getOrDefault(entity, new RoaringBitmap());
            if (!set.isEmpty()) {
                of.put(batch, set);
            }
        });
        return of;
    }

    /// These records, each at the layer it is in already, or else at `batch`.
    SortedMap<Long, Map<Entity, RoaringBitmap>> layered(Map<Entity, RoaringBitmap> wanted, long batch) {
        SortedMap<Long, Map<Entity, RoaringBitmap>> next = new TreeMap<>();
        wanted.forEach((entity, all) -> {
            RoaringBitmap rest = RoaringBitmap.andNot(all, of(entity));
            Map<Long, RoaringBitmap> sets = new HashMap<>();
            layers(entity).forEach((layer, set) -> sets.put(layer, RoaringBitmap.and(set, all)));
            sets.merge(batch, rest, (one, more) -> RoaringBitmap.or(one, more));
            sets.forEach((layer, set) -> {
                if (!set.isEmpty()) {
                    next.computeIfAbsent(layer, _ -> new EnumMap<>(Entity.class))
                            .put(entity, set);
                }
            });
        });
        return next;
    }

    /// The records that two editions read as of different batches, of those that either reads as of an older one.
    ///
    /// @param batch this edition's
    RoaringBitmap differing(Entity entity, long batch, Held other, long otherBatch) {
        RoaringBitmap either = RoaringBitmap.or(of(entity), other.of(entity));
        if (either.isEmpty()) {
            return either;
        }
        Map<Long, RoaringBitmap> own = whole(entity, batch, either);
        Map<Long, RoaringBitmap> others = other.whole(entity, otherBatch, either);
        RoaringBitmap same = new RoaringBitmap();
        own.forEach((layer, set) -> same.or(RoaringBitmap.and(set, others.getOrDefault(layer, new RoaringBitmap()))));
        either.andNot(same);
        return either;
    }

    private Map<Long, RoaringBitmap> whole(Entity entity, long batch, RoaringBitmap of) {
        Map<Long, RoaringBitmap> all = layers(entity);
        all.merge(batch, RoaringBitmap.andNot(of, of(entity)), (one, more) -> RoaringBitmap.or(one, more));
        return all;
    }
}
