package org.rosterkeep.entitlement;

import java.util.Optional;

/// The user roles of OneRoster 1.1. A 1.2 user with several roles shows the first of them that 1.1 can express; a user
/// none of whose roles it can express is not part of a 1.1 view (oneroster.md section 7.4).
public enum LegacyRole {
    ADMINISTRATOR("administrator"),
    AIDE("aide"),
    GUARDIAN("guardian"),
    PARENT("parent"),
    PROCTOR("proctor"),
    RELATIVE("relative"),
    STUDENT("student"),
    TEACHER("teacher");

    private final String wire;

    LegacyRole(String wire) {
        this.wire = wire;
    }

    public String wire() {
        return wire;
    }

    /// The 1.1 role for a 1.2 role word; empty for `counselor` and extensions.
    public static Optional<LegacyRole> of(String word) {
        return switch (word) {
            case "administrator", "districtAdministrator", "principal", "siteAdministrator", "systemAdministrator" ->
                Optional.of(ADMINISTRATOR);
            case "aide" -> Optional.of(AIDE);
            case "guardian" -> Optional.of(GUARDIAN);
            case "parent" -> Optional.of(PARENT);
            case "proctor" -> Optional.of(PROCTOR);
            case "relative" -> Optional.of(RELATIVE);
            case "student" -> Optional.of(STUDENT);
            case "teacher" -> Optional.of(TEACHER);
            default -> Optional.empty();
        };
    }
}
