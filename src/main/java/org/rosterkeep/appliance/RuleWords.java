package org.rosterkeep.appliance;

import org.rosterkeep.rules.Treatment;

/// What becomes of a value, for people.
final class RuleWords {
    private RuleWords() {}

    static String done(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs asIs -> "as it is";
            case Treatment.Initial initial -> "only its first letter";
            case Treatment.Pseudonym pseudonym -> "replaced by the record's pseudonym";
            case Treatment.Constant constant -> "the same text for everybody";
            case Treatment.Coarse coarse -> "only the year";
            case Treatment.Preferred preferred -> "the preferred name";
        };
    }
}
