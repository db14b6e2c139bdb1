package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Whether a view may go on to its next edition. What floors do is never counted: whom they withhold goes at once, and
/// who comes back because one was lifted comes back.
final class Standstill {
    private final Guard guard;
    private final Succession succession;
    private final Census census;

    Standstill(Guard guard, Succession succession, Census census) {
        this.guard = guard;
        this.succession = succession;
        this.census = census;
    }

    /// The hold, when the view must stay where it is.
    ///
    /// @param shape the roster's shape as of a batch that is still readable
    Optional<Hold> of(
            Edition.Kept before, Function<Long, Relations> shape, Succession.Made made, Succession.Asked ask) {
        Edition next = made.edition();
        boolean imported = before.number() > 0 && before.batch() != next.batch();
        if (!imported || !before.ruleHash().equals(ask.rule().hash())) {
            return Optional.empty();
        }
        GuardProfile profile = guard.of(ask.rule().vendor());
        boolean nobody = before.tracks().values().stream()
                .allMatch(track -> track.live().all().isEmpty());
        boolean moved = moved(before, made);
        Map<Entity, Hold.Count> counts = steps(before, made, Optional.empty());
        if (nobody && !profile.everything() || !profile.trips(counts, moved)) {
            return Optional.empty();
        }
        if (before.hidden().stamp() != ask.withheld().stamp()) {
            Views then = succession.views(ask.rule(), shape.apply(before.batch()), ask.withheld());
            counts = steps(before, made, Optional.of(then));
        }
        if (!profile.trips(counts, moved) || released(before, shape, next, ask, profile)) {
            return Optional.empty();
        }
        return Optional.of(new Hold(
                before.stream(),
                ask.rule().vendor(),
                profile.name(),
                ask.now(),
                before.batch(),
                next.batch(),
                counts,
                Optional.empty()));
    }

    /// Whether somebody let the view go there, or to where it is a small step from.
    private boolean released(
            Edition.Kept before,
            Function<Long, Relations> shape,
            Edition next,
            Succession.Asked ask,
            GuardProfile profile) {
        Optional<Long> released = guard.released(before.stream(), before.batch());
        if (released.isEmpty() || released.get() == next.batch()) {
            return released.isPresent();
        }
        Views there = succession.views(ask.rule(), shape.apply(released.get()), ask.withheld());
        boolean moved = !changes(before, released.get()).isEmpty();
        return !profile.trips(counts(there, next), moved);
    }

    /// What a later import changed of anybody in the view.
    private RoaringBitmap changes(Edition.Kept before, long since) {
        RoaringBitmap changed = new RoaringBitmap();
        for (Entity entity : Entity.values()) {
            changed.or(RoaringBitmap.and(before.track(entity).live().all(), census.changedSince(entity, since)));
        }
        return changed;
    }

    private boolean moved(Edition.Kept before, Succession.Made made) {
        return made.steps().entrySet().stream()
                .anyMatch(one -> RoaringBitmap.intersects(
                        one.getValue().moved(), census.changedSince(one.getKey(), before.batch())));
    }

    /// @param then what the rule gave of the older roster under the floors of now, where those are others than
    /// they were
    private static Map<Entity, Hold.Count> steps(Edition.Kept before, Succession.Made made, Optional<Views> then) {
        return counted(
                (entity, left) -> {
                    Track.Step step = made.steps().getOrDefault(entity, Track.Step.NONE);
                    RoaringBitmap set = left ? step.left() : step.came();
                    return then.map(views -> left
                                    ? RoaringBitmap.andCardinality(set, views.of(entity))
                                    : RoaringBitmap.andNotCardinality(set, views.of(entity)))
                            .orElseGet(set::getCardinality);
                },
                entity -> before.track(entity).live().all());
    }

    private static Map<Entity, Hold.Count> counts(Views there, Edition next) {
        Function<Entity, RoaringBitmap> seen =
                entity -> next.lens().gives(entity) ? there.of(entity) : new RoaringBitmap();
        return counted(
                (entity, left) -> left
                        ? RoaringBitmap.andNotCardinality(seen.apply(entity), next.live(entity))
                        : RoaringBitmap.andNotCardinality(next.live(entity), seen.apply(entity)),
                seen);
    }

    /// How many come and go between two editions made of one roster.
    static Map<Entity, Hold.Count> counts(Edition from, Edition to) {
        boolean sameIds = from.lens().sameIds(to.lens());
        return counted(
                (entity, left) -> {
                    RoaringBitmap one = left ? from.live(entity) : to.live(entity);
                    RoaringBitmap other = left ? to.live(entity) : from.live(entity);
                    return sameIds ? RoaringBitmap.andNotCardinality(one, other) : one.getCardinality();
                },
                from::live);
    }

    /// @param changed how many left (true) or came (false)
    private static Map<Entity, Hold.Count> counted(
            ToLongBiFunction<Entity, Boolean> changed, Function<Entity, RoaringBitmap> seen) {
        Map<Entity, Hold.Count> counts = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            long left = changed.applyAsLong(entity, true);
            long came = changed.applyAsLong(entity, false);
            if (left + came > 0) {
                counts.put(entity, new Hold.Count(seen.apply(entity).getLongCardinality(), left, came));
            }
        }
        return counts;
    }
}
