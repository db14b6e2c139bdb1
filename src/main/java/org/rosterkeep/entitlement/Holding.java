package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Floors;

/// Decides what of a view's next edition waits: in each collection the removals or the additions that are more at once
/// than the profile allows, and what cannot be shown without them, or only because of them ([Settling]).
///
/// Only what imports do is counted and held. What the rule in force gives of the older roster, under the floors of now,
/// is what floors and an edit of the rule do by themselves: whom they take goes at once, and whom they give comes.
final class Holding {
    private final Guard guard;
    private final Succession succession;
    private final Census census;

    Holding(Guard guard, Succession succession, Census census) {
        this.guard = guard;
        this.succession = succession;
        this.census = census;
    }

    /// What the next edition is made of, found when it is asked for, and what waits.
    record Found(Supplier<Succession.Laid> laid, Optional<Hold> hold) {
        static Found nothing(Succession.Laid present) {
            return new Found(() -> present, Optional.empty());
        }
    }

    /// @param then the roster the view was made of, with what was held laid over it
    Found of(Succession.Before from, Supplier<Relations> then, Succession.Asked ask) {
        return new Judging(from, ask).found(then);
    }

    /// One view being judged.
    private final class Judging {
        private final Succession.Before from;
        private final Edition.Kept before;
        private final Succession.Asked ask;
        private final Lens lens;
        private final GuardProfile profile;
        private final Succession.Laid present;
        private final Map<Entity, RoaringBitmap> seen = new EnumMap<>(Entity.class);
        private final Map<Entity, Hold.Rows> let;
        private final Map<Entity, Hold.Count> counts = new EnumMap<>(Entity.class);
        private final Map<Entity, Hold.Rows> waits = new EnumMap<>(Entity.class);

        Judging(Succession.Before from, Succession.Asked ask) {
            this.from = from;
            this.ask = ask;
            before = from.kept();
            lens = Lens.of(ask.rule());
            profile = guard.of(ask.rule().vendor());
            let = guard.let(before.stream());
            present = succession.present(ask);
            for (Entity entity : Entity.values()) {
                seen.put(
                        entity,
                        RoaringBitmap.or(
                                before.views().of(entity), before.held().of(entity)));
            }
        }

        Found found(Supplier<Relations> then) {
            if (!worthALook()) {
                return Found.nothing(present);
            }
            Relations past = then.get();
            Views due = succession.views(ask.rule(), past, ask.withheld());
            count(due);
            if (waits.isEmpty()) {
                return Found.nothing(present);
            }
            Views ever = ask.withheld().nothing() ? due : succession.views(ask.rule(), past, Floors.Withheld.NOTHING);
            Settling settling = new Settling(succession, ask, before, past, present, seen, due);
            for (Entity entity : Entity.values()) {
                hold(settling, entity, ever, due);
            }
            return new Found(settling::settled, Optional.of(hold()));
        }

        /// What counts most days is that nothing much has changed: that must cost nothing more.
        private boolean worthALook() {
            boolean held = !before.held().isEmpty();
            boolean nobody = !held
                    && before.tracks().values().stream()
                            .allMatch(track -> track.live().all().isEmpty());
            boolean imported = before.number() > 0
                    && (held || before.batch() != present.relations().batch());
            if (!imported || nobody && !profile.everything()) {
                return false;
            }
            if (profile.everything()) {
                return succession.next(from, ask, present).moved();
            }
            if (held) {
                return true;
            }
            for (Entity entity : Entity.values()) {
                if (lens.gives(entity)) {
                    RoaringBitmap now = present.views().of(entity);
                    RoaringBitmap old = seen.get(entity);
                    counts.put(
                            entity,
                            new Hold.Count(
                                    before.track(entity).live().all().getLongCardinality(),
                                    RoaringBitmap.andNotCardinality(old, now),
                                    RoaringBitmap.andNotCardinality(now, old)));
                }
            }
            boolean trips = profile.trips(counts);
            counts.clear();
            return trips;
        }

        private void count(Views due) {
            for (Entity entity : Entity.values()) {
                if (!lens.gives(entity)) {
                    continue;
                }
                Hold.Rows rows = rows(entity, due);
                long inView = before.track(entity).live().all().getLongCardinality();
                Hold.Count count = new Hold.Count(
                        inView, rows.left().getLongCardinality(), rows.came().getLongCardinality());
                if (count.left() + count.came() > 0) {
                    counts.put(entity, count);
                }
                RoaringBitmap none = new RoaringBitmap();
                Hold.Rows tripping = new Hold.Rows(
                        profile.trips(entity, Hold.Way.REMOVALS, count) ? rows.left() : none,
                        profile.trips(entity, Hold.Way.ADDITIONS, count) ? rows.came() : none,
                        profile.everything() ? rows.changed() : none);
                if (!tripping.isEmpty()) {
                    waits.put(entity, tripping);
                }
            }
        }

        /// What imports did to a collection, but for what was let pass.
        private Hold.Rows rows(Entity entity, Views due) {
            RoaringBitmap old = seen.get(entity);
            RoaringBitmap now = present.views().of(entity);
            Hold.Rows passing = let.getOrDefault(entity, Hold.Rows.NONE);
            RoaringBitmap stood = RoaringBitmap.and(old, due.of(entity));
            RoaringBitmap left = RoaringBitmap.andNot(stood, now);
            left.andNot(passing.left());
            RoaringBitmap came = RoaringBitmap.andNot(now, old);
            came.andNot(due.of(entity));
            came.andNot(passing.came());
            RoaringBitmap changed = new RoaringBitmap();
            if (profile.everything()) {
                long since = before.held().layers().isEmpty()
                        ? before.batch()
                        : before.held().layers().firstKey();
                changed.or(RoaringBitmap.and(stood, now));
                changed.and(census.changedSince(entity, since));
                changed.andNot(passing.changed());
            }
            return new Hold.Rows(left, came, changed);
        }

        private void hold(Settling settling, Entity entity, Views ever, Views due) {
            Hold.Rows of = waits.getOrDefault(entity, Hold.Rows.NONE);
            Hold.Rows passing = let.getOrDefault(entity, Hold.Rows.NONE);
            RoaringBitmap stood = RoaringBitmap.and(seen.get(entity), ever.of(entity));
            RoaringBitmap gone = RoaringBitmap.andNot(stood, present.views().of(entity));
            gone.andNot(passing.left());
            settling.leave(entity, gone);
            if (profile.everything()) {
                stood.andNot(passing.left());
                stood.andNot(passing.changed());
                settling.hold(entity, stood);
                RoaringBitmap came = RoaringBitmap.andNot(present.views().of(entity), seen.get(entity));
                came.andNot(due.of(entity));
                came.andNot(passing.came());
                settling.keepAway(entity, came);
                return;
            }
            if (!of.left().isEmpty()) {
                settling.hold(entity, gone);
            }
            settling.keepAway(entity, of.came());
        }

        private Hold hold() {
            return new Hold(
                    before.stream(),
                    ask.rule().vendor(),
                    profile.name(),
                    ask.now(),
                    before.batch(),
                    present.relations().batch(),
                    counts,
                    waits,
                    let,
                    List.of());
        }
    }

    /// How many come and go between two editions made of one roster.
    static Map<Entity, Hold.Count> counts(Edition from, Edition to) {
        boolean sameIds = from.lens().sameIds(to.lens());
        Map<Entity, Hold.Count> counts = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            RoaringBitmap one = from.live(entity);
            RoaringBitmap other = to.live(entity);
            long left = sameIds ? RoaringBitmap.andNotCardinality(one, other) : one.getCardinality();
            long came = sameIds ? RoaringBitmap.andNotCardinality(other, one) : other.getCardinality();
            if (left + came > 0) {
                counts.put(entity, new Hold.Count(one.getLongCardinality(), left, came));
            }
        }
        return counts;
    }
}
