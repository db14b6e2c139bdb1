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
/// Only what imports do is counted and held: what the earlier version of the rule, under the floors of then, gives of
/// the present roster and did not give before, or gives no longer. Whom floors and an edit of the rule take by
/// themselves goes at once, and whom they give comes. Told so, and not by what the older roster has for the present
/// rule, it does not depend on when something came or went that the vendor was not to see.
///
/// A frozen view is the one it was with everything held, whether anything was imported or not: an import of hidden
/// things must not decide whether somebody is remembered.
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
    ///
    /// @param stays whether it is made of anything else than the roster as it stands
    record Found(Supplier<Succession.Laid> laid, boolean stays, Optional<Hold> hold) {
        static Found nothing(Succession.Laid present) {
            return new Found(() -> present, false, Optional.empty());
        }
    }

    /// @param then the roster the view was made of, with what was held laid over it
    /// @param earlier what that view was asked under; empty when it is not known any more
    Found of(
            Succession.Before from,
            Supplier<Relations> then,
            Optional<Succession.Asked> earlier,
            Succession.Asked ask) {
        return new Judging(from, ask).found(then, earlier);
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
        private Optional<Views> imported = Optional.empty();

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

        Found found(Supplier<Relations> then, Optional<Succession.Asked> earlier) {
            if (!worthALook()) {
                return Found.nothing(present);
            }
            Relations past = then.get();
            Views due = succession.views(ask.rule(), past, ask.withheld());
            imported = imported(earlier);
            count(due);
            if (waits.isEmpty() && !profile.everything()) {
                return Found.nothing(present);
            }
            Views ever = ask.withheld().nothing() ? due : succession.views(ask.rule(), past, Floors.Withheld.NOTHING);
            Settling settling = new Settling(succession, ask, before, past, present, seen, due);
            for (Entity entity : Entity.values()) {
                hold(settling, entity, ever, due);
            }
            boolean told = !waits.isEmpty()
                    && (!profile.everything()
                            || succession.next(from, ask, present).moved());
            return new Found(settling::settled, true, told ? Optional.of(hold()) : Optional.empty());
        }

        /// What the import alone gives: the present roster as the view was asked for before. Empty when that is
        /// forgotten, and something else than the roster has changed since.
        private Optional<Views> imported(Optional<Succession.Asked> earlier) {
            boolean same = before.ruleVersion() == ask.rule().version()
                    && before.ruleHash().equals(ask.rule().hash())
                    && before.hidden().stamp() == ask.withheld().stamp();
            return same
                    ? Optional.of(present.views())
                    : earlier.map(one -> succession.views(one.rule(), present.relations(), one.withheld()));
        }

        /// What counts most days is that nothing much has changed: that must cost nothing more.
        private boolean worthALook() {
            if (before.number() == 0) {
                return false;
            }
            if (profile.everything() || !before.held().isEmpty()) {
                return true;
            }
            boolean nobody = before.tracks().values().stream()
                    .allMatch(track -> track.live().all().isEmpty());
            if (nobody || before.batch() == present.relations().batch()) {
                return false;
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
            Hold.Rows passing = passing(entity);
            RoaringBitmap stood = RoaringBitmap.and(old, due.of(entity));
            RoaringBitmap changed = new RoaringBitmap();
            if (profile.everything()) {
                changed.or(changed(entity, RoaringBitmap.and(stood, now)));
                changed.andNot(passing.changed());
            }
            return new Hold.Rows(gone(entity, stood), came(entity, due), changed);
        }

        private Hold.Rows passing(Entity entity) {
            return let.getOrDefault(entity, Hold.Rows.NONE);
        }

        /// Those of `stood` whom an import took. Who waits already still does while a floor stands against them.
        private RoaringBitmap gone(Entity entity, RoaringBitmap stood) {
            RoaringBitmap gone = RoaringBitmap.andNot(stood, present.views().of(entity));
            RoaringBitmap waiting = before.held().of(entity);
            imported.ifPresent(views -> gone.andNot(RoaringBitmap.andNot(views.of(entity), waiting)));
            gone.andNot(passing(entity).left());
            return gone;
        }

        /// Those whom an import brought. Who waits already still does when a floor that stood against them is lifted.
        private RoaringBitmap came(Entity entity, Views due) {
            RoaringBitmap came = RoaringBitmap.andNot(present.views().of(entity), seen.get(entity));
            imported.ifPresentOrElse(
                    views -> came.and(RoaringBitmap.or(views.of(entity), away(entity))),
                    () -> came.andNot(due.of(entity)));
            came.andNot(passing(entity).came());
            return came;
        }

        private RoaringBitmap away(Entity entity) {
            return before.held().entries().away().getOrDefault(entity, new RoaringBitmap());
        }

        /// Those whose rows changed since the batch they are shown as of.
        private RoaringBitmap changed(Entity entity, RoaringBitmap of) {
            RoaringBitmap changed = RoaringBitmap.andNot(of, before.held().of(entity));
            changed.and(census.changedSince(entity, before.batch()));
            before.held()
                    .layers(entity)
                    .forEach(
                            (batch, layer) -> changed.or(RoaringBitmap.and(layer, census.changedSince(entity, batch))));
            changed.and(of);
            return changed;
        }

        private void hold(Settling settling, Entity entity, Views ever, Views due) {
            Hold.Rows of = waits.getOrDefault(entity, Hold.Rows.NONE);
            Hold.Rows passing = passing(entity);
            RoaringBitmap stood = RoaringBitmap.and(seen.get(entity), ever.of(entity));
            RoaringBitmap gone = gone(entity, stood);
            settling.leave(entity, gone);
            // Whom a floor withholds while waiting to come is not forgotten.
            RoaringBitmap away =
                    RoaringBitmap.andNot(away(entity), present.views().of(entity));
            away.andNot(passing.came());
            if (profile.everything()) {
                stood.andNot(passing.left());
                stood.andNot(passing.changed());
                settling.hold(entity, stood);
                settling.keepAway(entity, RoaringBitmap.or(away, came(entity, due)));
                return;
            }
            if (!of.left().isEmpty()) {
                settling.hold(entity, gone);
            }
            if (!of.came().isEmpty()) {
                settling.keepAway(entity, RoaringBitmap.or(away, of.came()));
            }
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
