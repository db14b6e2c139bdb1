package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.intake.Figure.Trait;
import org.rosterkeep.roster.Entity;

/// Recognises people. First by identifiers and logins, then, when those are settled, by name, school, grade and
/// class-mates. Nobody is guessed: two who fit are none, and nobody is taken for a person of another role.
final class PeopleMatch {
    private static final int MATES_MIN = 2;

    private final People people;
    private final Lookup old;
    private final Lookup now;
    private final Set<Lookup.Key> trusted;
    private final Set<Integer> taken = new HashSet<>();
    private final List<Proposals.Pair> pairs = new ArrayList<>();
    private final Map<String, Proposals.Unsure> unsure = new LinkedHashMap<>();
    private long nobody;

    /// Somebody who fits, and why.
    private record Fit(Figure old, Figure now, Confidence confidence, List<Evidence> why) {}

    PeopleMatch(People people, Prints prints) {
        this.people = people;
        old = new Lookup(people.there().values(), prints);
        now = new Lookup(people.arriving(), prints);
        trusted = Lookup.trusted(old, now);
    }

    List<Proposals.Pair> pairs() {
        return pairs;
    }

    List<Proposals.Unsure> unsure() {
        return List.copyOf(unsure.values());
    }

    /// How many new people fit nobody.
    long nobody() {
        return nobody;
    }

    void run() {
        List<Figure> open = new ArrayList<>();
        for (Figure one : people.arriving()) {
            if (one.known()) {
                taken.add(one.record);
                contradicted(one);
            } else {
                open.add(one);
            }
        }
        settle(open, this::byKeys);
        settle(open, this::byName);
        settle(open, this::byGivenName);
        nobody = open.stream()
                .filter(one -> !one.known() && !unsure.containsKey(one.id))
                .count();
        pairs.sort(java.util.Comparator.comparing(Proposals.Pair::confidence));
    }

    /// Two systems may number alike: then the id finds somebody whom every other sign denies.
    private void contradicted(Figure one) {
        Figure holder = people.there().get(one.record);
        if (holder != null && holder.named(one) && !holder.sameGiven(one) && !holder.sameFamily(one)) {
            doubt(one, List.of(holder), Evidence.ID_IN_USE);
        }
    }

    private interface Way {
        Optional<Fit> fit(Figure now);
    }

    /// Goes one way with everybody who is open; whoever is wanted twice is given to nobody.
    private void settle(List<Figure> open, Way way) {
        Map<Figure, List<Fit>> wanted = new LinkedHashMap<>();
        for (Figure one : open) {
            if (!one.known() && !unsure.containsKey(one.id)) {
                way.fit(one)
                        .ifPresent(fit -> wanted.computeIfAbsent(fit.old(), o -> new ArrayList<>())
                                .add(fit));
            }
        }
        wanted.forEach((who, fits) -> {
            if (fits.size() > 1) {
                fits.forEach(fit -> doubt(fit.now(), List.of(who), Evidence.TWO_WANT));
            } else if (taken.contains(who.record)) {
                doubt(fits.getFirst().now(), List.of(who), Evidence.SPOKEN_FOR);
            } else {
                take(fits.getFirst());
            }
        });
    }

    private void take(Fit fit) {
        taken.add(fit.old().record);
        fit.now().record = fit.old().record;
        pairs.add(new Proposals.Pair(Entity.USER, fit.old().id, fit.now().id, fit.confidence(), fit.why()));
    }

    private void doubt(Figure one, Iterable<Figure> candidates, Evidence why) {
        List<String> ids = new ArrayList<>();
        candidates.forEach(candidate -> ids.add(candidate.id));
        unsure.putIfAbsent(one.id, new Proposals.Unsure(Entity.USER, one.id, ids, why));
    }

    private Optional<Fit> byKeys(Figure one) {
        Map<Figure, EnumSet<Lookup.Key>> fitting = new LinkedHashMap<>();
        for (Lookup.Key key : trusted) {
            Lookup.only(key, one, old, now)
                    .ifPresent(who -> fitting.computeIfAbsent(who, w -> EnumSet.noneOf(Lookup.Key.class))
                            .add(key));
        }
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        Set<Figure> all = new LinkedHashSet<>(fitting.keySet());
        List<Figure> namesakes = old.namesakes(one);
        Figure first = all.iterator().next();
        if (!namesakes.contains(first)) {
            all.addAll(namesakes);
        }
        if (all.size() > 1) {
            doubt(one, all, Evidence.SIGNS_DISAGREE);
            return Optional.empty();
        }
        return Optional.of(weighed(first, one, fitting.getOrDefault(first, EnumSet.noneOf(Lookup.Key.class))));
    }

    private Fit weighed(Figure who, Figure one, EnumSet<Lookup.Key> keys) {
        List<Evidence> why =
                new ArrayList<>(keys.stream().map(Lookup.Key::evidence).toList());
        boolean given = who.sameGiven(one);
        boolean family = who.sameFamily(one);
        boolean named = who.named(one);
        why.add(given && family ? Evidence.NAME : name(named, given, family));
        boolean identified = keys.stream().anyMatch(Lookup.Key::identifies);
        if (denied(who, one)) {
            why.add(Evidence.ID_DIFFERS);
            return new Fit(who, one, Confidence.POSSIBLE, why);
        }
        // Siblings' numbers get mixed up, too: a given name that differs is only a changed one where there are none.
        boolean exact = identified
                ? given || family && old.alone(who)
                : given && (family || keys.size() > 1) && who.sharesOrg(one);
        boolean likely = identified && !named || given;
        return new Fit(who, one, exact ? Confidence.EXACT : likely ? Confidence.LIKELY : Confidence.POSSIBLE, why);
    }

    private static Evidence name(boolean named, boolean given, boolean family) {
        return given
                ? Evidence.GIVEN_NAME
                : family ? Evidence.FAMILY_NAME : named ? Evidence.NAME_DIFFERS : Evidence.NO_NAME;
    }

    /// Whether an identifier that proves itself elsewhere says that these are two people.
    private boolean denied(Figure who, Figure one) {
        return trusted.stream().filter(Lookup.Key::identifies).anyMatch(key -> key.denies(who, one));
    }

    private Optional<Fit> byName(Figure one) {
        List<Figure> namesakes = old.namesakes(one);
        List<Figure> rivals = now.namesakes(one);
        if (namesakes.isEmpty()) {
            return Optional.empty();
        }
        if (namesakes.size() > 1 || rivals.size() > 1) {
            doubt(one, namesakes, namesakes.size() > 1 ? Evidence.TWO_FIT : Evidence.TWO_WANT);
            return Optional.empty();
        }
        Figure who = namesakes.getFirst();
        if (denied(who, one) || who.differs(Trait.GRADE, one)) {
            doubt(one, namesakes, Evidence.ID_DIFFERS);
            return Optional.empty();
        }
        List<Evidence> why = new ArrayList<>(List.of(Evidence.NAME, Evidence.SCHOOL));
        if (who.same(Trait.GRADE, one)) {
            why.add(Evidence.GRADE);
        }
        boolean mates = mates(who, one);
        if (mates) {
            why.add(Evidence.CLASSMATES);
        }
        return Optional.of(new Fit(who, one, mates ? Confidence.LIKELY : Confidence.POSSIBLE, why));
    }

    /// A family name changes; given name, school, grade and class-mates together still say much.
    private Optional<Fit> byGivenName(Figure one) {
        List<Figure> fitting = old.givenSakes(one).stream()
                .filter(who -> !taken.contains(who.record))
                .filter(who -> !who.sameFamily(one) && !denied(who, one) && mates(who, one))
                .toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        if (fitting.size() > 1) {
            doubt(one, fitting, Evidence.TWO_FIT);
            return Optional.empty();
        }
        return Optional.of(new Fit(
                fitting.getFirst(),
                one,
                Confidence.POSSIBLE,
                List.of(Evidence.GIVEN_NAME, Evidence.SCHOOL, Evidence.GRADE, Evidence.CLASSMATES)));
    }

    /// Whether at least half of the recognised class-mates are those there were.
    private boolean mates(Figure who, Figure one) {
        Set<Integer> now = people.matesArriving(one);
        int all = now.size();
        now.retainAll(people.matesThere(who));
        return now.size() >= MATES_MIN && now.size() * 2 >= all;
    }
}
