package org.rosterkeep.intake;

import java.util.Set;
import org.rosterkeep.roster.Relations;

/// A person on one side, as far as two sides can be compared: fingerprints only.
final class Figure {
    /// What can be compared one to one.
    enum Trait {
        MASTER(Evidence.MASTER, true),
        LOCAL(Evidence.LOCAL_ID, true),
        LOGIN(Evidence.LOGIN, false),
        MAIL(Evidence.MAIL, false),
        GIVEN(Evidence.GIVEN_NAME, false),
        FAMILY(Evidence.FAMILY_NAME, false),
        PREFERRED(Evidence.GIVEN_NAME, false),
        GRADE(Evidence.GRADE, false);

        private final Evidence evidence;
        private final boolean identifies;

        Trait(Evidence evidence, boolean identifies) {
            this.evidence = evidence;
            this.identifies = identifies;
        }

        Evidence evidence() {
            return evidence;
        }

        /// Whether it is a number somebody gave the person for good; logins and addresses follow the name.
        boolean identifies() {
            return identifies;
        }
    }

    final String id;
    /// The ordinal in the roster; of a new person once it is known.
    int record;
    final long[] traits = new long[Trait.values().length];
    /// Typed ids, each with its type in the fingerprint.
    long[] typed = {};
    Set<String> roles = Set.of();
    /// Ordinals of the orgs of the roles.
    Set<Integer> orgs = Set.of();
    /// Numbers of the classes; in the roster ordinals, in the delivery as they are first named.
    Set<Integer> classes = Set.of();

    Figure(String id, int record) {
        this.id = id;
        this.record = record;
    }

    long trait(Trait trait) {
        return traits[trait.ordinal()];
    }

    void trait(Trait trait, long print) {
        traits[trait.ordinal()] = print;
    }

    boolean known() {
        return record != Relations.NONE;
    }

    /// Whether both have a value and it is the same.
    boolean same(Trait trait, Figure other) {
        return trait(trait) != Prints.NONE && trait(trait) == other.trait(trait);
    }

    /// Whether both have a value and they differ.
    boolean differs(Trait trait, Figure other) {
        return trait(trait) != Prints.NONE && other.trait(trait) != Prints.NONE && !same(trait, other);
    }

    boolean sharesRole(Figure other) {
        return roles.stream().anyMatch(other.roles::contains);
    }

    boolean sharesOrg(Figure other) {
        return orgs.stream().anyMatch(other.orgs::contains);
    }

    /// The given name, or the one they are called by.
    boolean sameGiven(Figure other) {
        return same(Trait.GIVEN, other)
                || same(Trait.PREFERRED, other)
                || trait(Trait.GIVEN) != Prints.NONE && trait(Trait.GIVEN) == other.trait(Trait.PREFERRED)
                || trait(Trait.PREFERRED) != Prints.NONE && trait(Trait.PREFERRED) == other.trait(Trait.GIVEN);
    }

    boolean sameFamily(Figure other) {
        return same(Trait.FAMILY, other);
    }

    /// Whether there are names on both sides at all.
    boolean named(Figure other) {
        return trait(Trait.GIVEN) != Prints.NONE
                && trait(Trait.FAMILY) != Prints.NONE
                && other.trait(Trait.GIVEN) != Prints.NONE
                && other.trait(Trait.FAMILY) != Prints.NONE;
    }
}
