package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.intake.Figure.Trait;

/// The people of one side, found by what they have.
final class Lookup {
    /// Of the people a key joins and whose names can be compared, at least so many in a hundred must have a name in
    /// common, or the key numbers other people in the new system and is no sign of anything.
    private static final int AGREEING_PERCENT = 75;

    private final Prints prints;
    private final Map<Key, Map<Long, List<Figure>>> byKey = new EnumMap<>(Key.class);
    private final Map<Long, List<Figure>> byName = new HashMap<>();
    private final Map<Long, List<Figure>> byFamily = new HashMap<>();
    private final Map<Long, List<Figure>> byGiven = new HashMap<>();

    /// What names one person and nobody else.
    enum Key {
        MASTER(Evidence.MASTER, Trait.MASTER),
        TYPED(Evidence.STATE_ID, Trait.MASTER),
        LOCAL(Evidence.LOCAL_ID, Trait.LOCAL),
        LOGIN(Evidence.LOGIN, Trait.LOGIN),
        MAIL(Evidence.MAIL, Trait.MAIL);

        private final Evidence evidence;
        private final Trait trait;

        Key(Evidence evidence, Trait trait) {
            this.evidence = evidence;
            this.trait = trait;
        }

        Evidence evidence() {
            return evidence;
        }

        boolean identifies() {
            return trait.identifies();
        }

        long[] prints(Figure figure) {
            if (this == TYPED) {
                return figure.typed;
            }
            long print = figure.trait(trait);
            return print == Prints.NONE ? new long[0] : new long[] {print};
        }

        /// Whether both have the identifier and it differs. Typed ids are many; one more or less says nothing.
        boolean denies(Figure one, Figure other) {
            return this != TYPED && one.differs(trait, other);
        }
    }

    Lookup(Iterable<Figure> people, Prints prints) {
        this.prints = prints;
        for (Key key : Key.values()) {
            byKey.put(key, new HashMap<>());
        }
        for (Figure one : people) {
            for (Key key : Key.values()) {
                for (long print : key.prints(one)) {
                    add(of(key), print, one);
                }
            }
            add(byFamily, one.trait(Trait.FAMILY), one);
            for (int org : one.orgs) {
                add(byGiven, given(one, one.trait(Trait.GIVEN), org), one);
                add(byName, name(one, one.trait(Trait.GIVEN), org), one);
                if (one.trait(Trait.PREFERRED) != one.trait(Trait.GIVEN)) {
                    add(byGiven, given(one, one.trait(Trait.PREFERRED), org), one);
                    add(byName, name(one, one.trait(Trait.PREFERRED), org), one);
                }
            }
        }
    }

    private Map<Long, List<Figure>> of(Key key) {
        return Objects.requireNonNull(byKey.get(key));
    }

    private static void add(Map<Long, List<Figure>> map, long print, Figure one) {
        if (print != Prints.NONE) {
            List<Figure> all = map.computeIfAbsent(print, p -> new ArrayList<>(1));
            if (!all.contains(one)) {
                all.add(one);
            }
        }
    }

    private long name(Figure one, long given, int org) {
        return prints.all(given, one.trait(Trait.FAMILY), prints.number(org));
    }

    private long given(Figure one, long given, int org) {
        return prints.all(given, one.trait(Trait.GRADE), prints.number(org));
    }

    /// Who of this side has the name and a role of somebody, at one of their schools; themselves included.
    List<Figure> namesakes(Figure one) {
        return sakes(one, byName, true);
    }

    /// Who of this side has the given name, the grade and a role of somebody, at one of their schools.
    List<Figure> givenSakes(Figure one) {
        return sakes(one, byGiven, false);
    }

    /// Whether nobody else of this side has the family name and a role of somebody: there are no siblings to be
    /// mixed up.
    boolean alone(Figure one) {
        return byFamily.getOrDefault(one.trait(Trait.FAMILY), List.of()).stream()
                .noneMatch(who -> who != one && who.sharesRole(one));
    }

    private List<Figure> sakes(Figure one, Map<Long, List<Figure>> map, boolean whole) {
        List<Figure> found = new ArrayList<>();
        for (int org : one.orgs) {
            for (long given : new long[] {one.trait(Trait.GIVEN), one.trait(Trait.PREFERRED)}) {
                long print = whole ? name(one, given, org) : given(one, given, org);
                for (Figure who : map.getOrDefault(print, List.of())) {
                    if (who.sharesRole(one) && !found.contains(who)) {
                        found.add(who);
                    }
                }
            }
        }
        return found;
    }

    private List<Figure> with(Key key, long print, Figure like) {
        return of(key).getOrDefault(print, List.of()).stream()
                .filter(one -> one == like || one.sharesRole(like))
                .toList();
    }

    /// The one old person whom a key of somebody new names, if it names one on either side.
    static Optional<Figure> only(Key key, Figure one, Lookup old, Lookup now) {
        Figure found = null;
        for (long print : key.prints(one)) {
            List<Figure> theirs = old.with(key, print, one);
            boolean single = theirs.size() == 1 && now.with(key, print, one).size() == 1;
            if (single && found != null && found != theirs.getFirst()) {
                return Optional.empty();
            }
            if (single) {
                found = theirs.getFirst();
            }
        }
        return Optional.ofNullable(found);
    }

    /// The keys that mean the same person in both systems.
    static Set<Key> trusted(Lookup old, Lookup now) {
        EnumSet<Key> trusted = EnumSet.noneOf(Key.class);
        for (Key key : Key.values()) {
            long comparable = 0;
            long agreeing = 0;
            for (List<Figure> people : now.of(key).values()) {
                for (Figure one : people) {
                    Optional<Figure> who = only(key, one, old, now);
                    if (who.filter(it -> it.named(one)).isPresent()) {
                        comparable++;
                        agreeing += who.get().sameGiven(one) || who.get().sameFamily(one) ? 1 : 0;
                    }
                }
            }
            if (comparable > 0 && agreeing * 100 >= comparable * AGREEING_PERCENT) {
                trusted.add(key);
            }
        }
        return trusted;
    }
}
