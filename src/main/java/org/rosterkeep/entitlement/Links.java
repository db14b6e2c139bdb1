package org.rosterkeep.entitlement;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Grouping;
import org.rosterkeep.roster.Relations;

/// Who points at whom by a field that the relations do not keep, a user's agents and a user's primary org. Read out of
/// the rows once, and after an import again only of the rows it touched. May name too many, never too few: a reference
/// that a row has lost since is still in here.
final class Links {
    /// Fewer than one in so many records are read one by one rather than for a list of all.
    private static final int FEW = 16;
    /// When one in so many has been read again, the list is made anew.
    private static final int STALE = 4;

    private final Census census;
    private final Looks looks;
    private final Map<Field, Known> known = new EnumMap<>(Field.class);

    Links(Census census, Looks looks) {
        this.census = census;
        this.looks = looks;
    }

    /// The pointers of one field in the roster of a batch: first those of one reading, then what was read again.
    private record Known(long batch, Grouping first, Map<Integer, RoaringBitmap> again, long reread) {
        void add(int target, RoaringBitmap into) {
            into.add(first.members(target));
            RoaringBitmap more = again.get(target);
            if (more != null) {
                into.or(more);
            }
        }
    }

    /// Those of `within` that point at one of the targets.
    ///
    /// @param relations the newest that the caller knows
    /// @param within in the roster
    synchronized RoaringBitmap at(Field field, RoaringBitmap targets, Relations relations, RoaringBitmap within) {
        RoaringBitmap pointing = new RoaringBitmap();
        Optional<Known> list = list(field, relations, within);
        if (list.isPresent()) {
            targets.forEach((int target) -> list.get().add(target, pointing));
            pointing.and(within);
        } else {
            looks.links(field, relations.batch(), within, (from, target) -> {
                if (targets.contains(target)) {
                    pointing.add(from);
                }
            });
        }
        return pointing;
    }

    /// The list of all, if it is worth having: none when few are asked about, or when a later roster came in between.
    private Optional<Known> list(Field field, Relations relations, RoaringBitmap within) {
        Optional<Known> old = Optional.ofNullable(known.get(field));
        RoaringBitmap live = relations.live(field.entity());
        boolean few = within.getLongCardinality() * FEW < live.getLongCardinality();
        boolean later = old.filter(one -> one.batch() > relations.batch()).isPresent();
        if (later || old.isEmpty() && few) {
            return Optional.empty();
        }
        Known now = old.map(one -> brought(field, one, relations)).orElseGet(() -> read(field, relations));
        known.put(field, now);
        return Optional.of(now);
    }

    private Known brought(Field field, Known old, Relations relations) {
        if (old.batch() == relations.batch()) {
            return old;
        }
        RoaringBitmap live = relations.live(field.entity());
        RoaringBitmap changed = RoaringBitmap.and(census.changedSince(field.entity(), old.batch()), live);
        long reread = old.reread() + changed.getLongCardinality();
        if (reread * STALE > live.getLongCardinality()) {
            return read(field, relations);
        }
        Map<Integer, RoaringBitmap> again = new HashMap<>();
        old.again().forEach((target, from) -> again.put(target, from.clone()));
        looks.links(
                field,
                relations.batch(),
                changed,
                (from, target) ->
                        again.computeIfAbsent(target, _ -> new RoaringBitmap()).add(from));
        return new Known(relations.batch(), old.first(), again, reread);
    }

    private Known read(Field field, Relations relations) {
        Entity entity = field.entity();
        Pairs pairs = new Pairs();
        looks.links(field, relations.batch(), relations.live(entity), pairs);
        return new Known(relations.batch(), pairs.grouped(), Map.of(), 0);
    }

    /// Pointers in the order in which they are read.
    private static final class Pairs implements Looks.Link {
        private int[] from = new int[64];
        private int[] target = new int[64];
        private int count;
        private int last = -1;

        @Override
        public void to(int one, int other) {
            if (count == from.length) {
                from = Arrays.copyOf(from, count * 2);
                target = Arrays.copyOf(target, count * 2);
            }
            from[count] = one;
            target[count++] = other;
            last = Math.max(last, other);
        }

        Grouping grouped() {
            return new Grouping(target, count, last + 1, from);
        }
    }
}
