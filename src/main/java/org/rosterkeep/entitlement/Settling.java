package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Entries;
import org.rosterkeep.roster.Relations;

/// Finds what has to wait along with the records that wait, so that what the rule gives of the laid-over roster
/// is every
/// record that stays, every record that may come, and nothing else.
///
/// - A record that stays although it left stays where it was, and what it stood on with it.
/// - What left together with a record that waits, and stood on it, waits along; whatever else left is gone. What the
///   roster has of either by now does not count: its client could tell what became of a record out of its sight.
/// - A record whose present form needs one that has not come keeps its earlier form; when it has none, it waits
/// as well.
/// - What would come only because another one stays waits.
///
/// Both sets only grow, so this ends. What the floors take is missing whatever is held, and stays so.
final class Settling {
    private final Succession succession;
    private final Succession.Asked ask;
    private final Edition.Kept before;
    private final Relations then;
    private final Succession.Laid present;
    private final Map<Entity, RoaringBitmap> seen;
    private final Views due;
    private final Supports supports;
    private final Map<Entity, RoaringBitmap> held = new EnumMap<>(Entity.class);
    private final Map<Entity, RoaringBitmap> away = new EnumMap<>(Entity.class);
    private final Map<Entity, RoaringBitmap> leavers = new EnumMap<>(Entity.class);

    /// @param then the roster the view was made of, with what was held then
    /// @param seen what was in the view, or held in it
    /// @param due what the rule gives of that older roster under the floors of now: nobody else is missed
    Settling(
            Succession succession,
            Succession.Asked ask,
            Edition.Kept before,
            Relations then,
            Succession.Laid present,
            Map<Entity, RoaringBitmap> seen,
            Views due) {
        this.succession = succession;
        this.ask = ask;
        this.before = before;
        this.then = then;
        this.present = present;
        this.seen = seen;
        this.due = due;
        supports = new Supports(then, seen, ask.rule().scope());
        for (Entity entity : Entity.values()) {
            held.put(entity, new RoaringBitmap());
            away.put(entity, new RoaringBitmap());
        }
    }

    void hold(Entity entity, RoaringBitmap records) {
        of(held, entity).or(records);
    }

    /// Records that are no more in the view by what the roster says now, and wait if what they stood on does.
    void leave(Entity entity, RoaringBitmap records) {
        leavers.put(entity, records);
    }

    void keepAway(Entity entity, RoaringBitmap records) {
        of(away, entity).or(records);
    }

    Succession.Laid settled() {
        while (true) {
            waitAlong();
            Entries entries = Entries.of(then, present.relations(), copy(held), copy(away));
            Relations laid = present.relations().over(entries);
            Views views = succession.views(ask.rule(), laid, ask.withheld());
            if (!strays(views) && !widened(views)) {
                SortedMap<Long, Map<Entity, RoaringBitmap>> layers =
                        before.held().layered(entries.there(), before.batch());
                return new Succession.Laid(laid, views, new Held(layers, entries));
            }
        }
    }

    private static Map<Entity, RoaringBitmap> copy(Map<Entity, RoaringBitmap> sets) {
        Map<Entity, RoaringBitmap> copy = new EnumMap<>(Entity.class);
        sets.forEach((entity, set) -> {
            if (!set.isEmpty()) {
                copy.put(entity, set.clone());
            }
        });
        return copy;
    }

    private void waitAlong() {
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Map.Entry<Entity, RoaringBitmap> left : leavers.entrySet()) {
                Entity entity = left.getKey();
                RoaringBitmap rest = RoaringBitmap.andNot(left.getValue(), of(held, entity));
                grows |= grow(held, entity, Entitlement.among(rest, one -> stoodOnHeld(entity, one)));
            }
        }
    }

    private boolean stoodOnHeld(Entity entity, int one) {
        return supports.of(entity, RoaringBitmap.bitmapOf(one)).entrySet().stream()
                .anyMatch(some -> RoaringBitmap.intersects(some.getValue(), of(held, some.getKey())));
    }

    /// Keeps away what is there only because another record stays. Comes before any other look: it may itself be what
    /// others are there for.
    private boolean strays(Views views) {
        boolean found = false;
        for (Entity entity : Entity.values()) {
            RoaringBitmap extra = RoaringBitmap.andNot(views.of(entity), of(held, entity));
            extra.andNot(present.views().of(entity));
            found |= grow(away, entity, extra);
        }
        return found;
    }

    private boolean widened(Views views) {
        boolean widened = false;
        for (Entity entity : Entity.values()) {
            RoaringBitmap missing = RoaringBitmap.andNot(present.views().of(entity), of(away, entity));
            missing.or(of(held, entity));
            missing.andNot(views.of(entity));
            missing.and(RoaringBitmap.or(due.of(entity), present.views().of(entity)));
            RoaringBitmap earlier = RoaringBitmap.and(missing, of(seen, entity));
            RoaringBitmap stuck = RoaringBitmap.and(earlier, of(held, entity));
            widened |= grow(held, entity, earlier);
            widened |= grow(away, entity, RoaringBitmap.andNot(missing, earlier));
            widened |= supported(entity, stuck, views);
        }
        return widened;
    }

    /// First what is not in view at all; what is there in a later form only when that does not help.
    private boolean supported(Entity entity, RoaringBitmap stuck, Views views) {
        if (stuck.isEmpty()) {
            return false;
        }
        Map<Entity, RoaringBitmap> stoodOn = supports.of(entity, stuck);
        boolean widened = false;
        for (Map.Entry<Entity, RoaringBitmap> one : stoodOn.entrySet()) {
            widened |= grow(held, one.getKey(), RoaringBitmap.andNot(one.getValue(), views.of(one.getKey())));
        }
        if (!widened) {
            for (Map.Entry<Entity, RoaringBitmap> one : stoodOn.entrySet()) {
                widened |= grow(held, one.getKey(), one.getValue());
            }
        }
        return widened;
    }

    private static boolean grow(Map<Entity, RoaringBitmap> sets, Entity entity, RoaringBitmap more) {
        RoaringBitmap set = of(sets, entity);
        boolean grows = !set.contains(more);
        set.or(more);
        return grows;
    }

    private static RoaringBitmap of(Map<Entity, RoaringBitmap> sets, Entity entity) {
        return sets.computeIfAbsent(entity, _ -> new RoaringBitmap());
    }
}
