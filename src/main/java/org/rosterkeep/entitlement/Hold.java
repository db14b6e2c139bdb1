package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// What of a view waits, because it is more at once than the guard lets pass, and nobody has looked at it.
///
/// @param stream the rule's id
/// @param profile the profile it is held by
/// @param at since when anything waits
/// @param from the batch before the first that anything waits of
/// @param batch the last that anything waits of
/// @param counts how many would come and go, for collections that any would come to or go from
/// @param waits the records that wait by themselves; what waits along with them is not named
/// @param let the records that were let pass, until they have
/// @param approvals of the present hold, while they are not enough
public record Hold(
        String stream,
        String vendor,
        String profile,
        Instant at,
        long from,
        long batch,
        Map<Entity, Count> counts,
        Map<Entity, Rows> waits,
        Map<Entity, Rows> let,
        List<Approval> approvals) {
    /// A roster was imported; a change of the rule has its own guard, before it starts.
    public static final String CAUSE = "import";

    /// @param inView how many the vendor sees
    public record Count(long inView, long left, long came) {}

    /// In which way a record would change.
    public enum Way {
        REMOVALS,
        ADDITIONS,
        /// Where nothing may move at all.
        VALUES
    }

    /// Records of a collection by the way they would change. Not to be changed.
    public record Rows(RoaringBitmap left, RoaringBitmap came, RoaringBitmap changed) {
        public static final Rows NONE = new Rows(new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap());

        public RoaringBitmap of(Way way) {
            return switch (way) {
                case REMOVALS -> left;
                case ADDITIONS -> came;
                case VALUES -> changed;
            };
        }

        boolean isEmpty() {
            return left.isEmpty() && came.isEmpty() && changed.isEmpty();
        }

        Rows and(RoaringBitmap shown, RoaringBitmap hidden) {
            return new Rows(
                    RoaringBitmap.and(left, shown), RoaringBitmap.and(came, hidden), RoaringBitmap.and(changed, shown));
        }

        private Rows with(Way way, RoaringBitmap more) {
            return new Rows(
                    way == Way.REMOVALS ? RoaringBitmap.or(left, more) : left,
                    way == Way.ADDITIONS ? RoaringBitmap.or(came, more) : came,
                    way == Way.VALUES ? RoaringBitmap.or(changed, more) : changed);
        }
    }

    /// What somebody lets pass.
    public record Choice(Set<Entity> collections, Set<Way> ways) {
        public static final Choice ALL = new Choice(EnumSet.allOf(Entity.class), EnumSet.allOf(Way.class));

        public Choice {
            collections = Set.copyOf(collections);
            ways = Set.copyOf(ways);
        }
    }

    /// Somebody looked at a part of it, and would let it pass.
    public record Approval(String by, Instant at, Entity entity, Way way) {}

    public Hold {
        counts = Map.copyOf(counts);
        waits = Map.copyOf(waits);
        let = Map.copyOf(let);
        approvals = List.copyOf(approvals);
    }

    /// The records that still wait for somebody.
    public RoaringBitmap open(Entity entity, Way way) {
        return RoaringBitmap.andNot(
                waits.getOrDefault(entity, Rows.NONE).of(way),
                let.getOrDefault(entity, Rows.NONE).of(way));
    }

    /// Whether anything waits for somebody still.
    public boolean open() {
        for (Entity entity : Entity.values()) {
            for (Way way : Way.values()) {
                if (!open(entity, way).isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The same, approved by one more.
    ///
    /// @param needed how many different people it takes
    Hold approved(Choice choice, String by, int needed, Instant now) {
        List<Approval> next = new ArrayList<>(approvals);
        Map<Entity, Rows> passing = new EnumMap<>(Entity.class);
        passing.putAll(let);
        for (Entity entity : choice.collections()) {
            for (Way way : choice.ways()) {
                RoaringBitmap open = open(entity, way);
                if (open.isEmpty()) {
                    continue;
                }
                Set<String> people = new HashSet<>(Set.of(by));
                approvals.stream()
                        .filter(one -> one.entity() == entity && one.way() == way)
                        .forEach(one -> people.add(one.by()));
                if (people.size() >= needed) {
                    passing.merge(entity, Rows.NONE.with(way, open), (rows, _) -> rows.with(way, open));
                    next.removeIf(one -> one.entity() == entity && one.way() == way);
                } else if (next.stream()
                        .noneMatch(one -> one.by().equals(by) && one.entity() == entity && one.way() == way)) {
                    next.add(new Approval(by, now, entity, way));
                }
            }
        }
        return new Hold(stream, vendor, profile, at, from, batch, counts, waits, passing, next);
    }

    /// The same, when only these have still to pass.
    Hold letting(Map<Entity, Rows> rest) {
        return new Hold(stream, vendor, profile, at, from, batch, counts, waits, rest, approvals);
    }

    /// The same since the other began. While the very same records wait, it is the same hold, with its approvals.
    Hold since(Hold earlier) {
        boolean same = waits.equals(earlier.waits);
        return new Hold(
                stream,
                vendor,
                profile,
                earlier.at,
                Math.min(from, earlier.from),
                same ? earlier.batch : batch,
                counts,
                waits,
                let,
                same ? earlier.approvals : List.of());
    }
}
