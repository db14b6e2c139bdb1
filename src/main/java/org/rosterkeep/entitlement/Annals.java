package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Shelf;

/// What the earlier numbers of a stream showed, walked back to from the newest.
final class Annals {
    private final Shelf shelf;
    private final Map<Long, String> digests = new ConcurrentHashMap<>();

    Annals(Shelf shelf) {
        this.shelf = shelf;
    }

    static String place(String stream, long number) {
        return String.format(Locale.ROOT, "%s/%012d", stream, number);
    }

    /// What came later was not there, what was dropped later was.
    Optional<Editions.Members> at(Edition.Kept newest, long number) {
        Optional<Past> wanted = past(newest, number);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Map<Entity, RoaringBitmap> sets = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            sets.put(entity, newest.track(entity).members());
        }
        for (long later = newest.number(); later > number; later--) {
            Optional<Past> step = past(newest, later);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            step.get()
                    .came()
                    .forEach((entity, came) ->
                            sets.merge(entity, came, (all, newer) -> RoaringBitmap.andNot(all, newer)));
            step.get()
                    .dropped()
                    .forEach((entity, dropped) ->
                            sets.merge(entity, dropped, (all, past) -> RoaringBitmap.or(all, past)));
        }
        Past found = wanted.get();
        return Optional.of(new Editions.Members(found.lens(), found.batch(), found.waiting(), found.digest(), sets));
    }

    /// Walks back as [#at] does, but with those who were live.
    Optional<Editions.Stood> liveAt(Edition.Kept newest, Instant when) {
        Map<Entity, RoaringBitmap> live = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            live.put(entity, newest.track(entity).live().all());
        }
        for (long number = newest.number(); number > 0; number--) {
            Optional<Past> step = past(newest, number);
            if (step.filter(found -> !found.at().isAfter(when)).isPresent()) {
                Past found = step.get();
                return Optional.of(new Editions.Stood(
                        number, found.ruleVersion(), found.batch(), found.waiting(), found.at(), live));
            }
            Optional<Past.Living> living = step.flatMap(Past::living);
            if (living.isEmpty()) {
                return Optional.empty();
            }
            living.get()
                    .arrived()
                    .forEach((entity, came) ->
                            live.computeIfPresent(entity, (_, all) -> RoaringBitmap.andNot(all, came)));
            living.get()
                    .left()
                    .forEach((entity, left) -> live.computeIfPresent(entity, (_, all) -> RoaringBitmap.or(all, left)));
        }
        return Optional.empty();
    }

    String digest(Edition of) {
        return digests.computeIfAbsent(
                of.number(), number -> past(of.kept(), number).map(Past::digest).orElse(""));
    }

    private Optional<Past> past(Edition.Kept newest, long number) {
        return shelf.get(Editions.KIND_PAST, place(newest.stream(), number)).map(PastForm::read);
    }
}
