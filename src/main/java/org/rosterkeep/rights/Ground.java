package org.rosterkeep.rights;

/// For what somebody or something is withheld. They are told apart on every surface.
enum Ground {
    UNREADABLE("F12", "a dossier that cannot be read"),
    OPT_OUT("F09", "directory opt-out"),
    STRICT_OPT_OUT("F10", "directory opt-out, which counts strictly in this district"),
    OBJECTION("F10", "objection"),
    RESTRICTION("F10", "restriction"),
    NO_CONSENT("F11", "no consent in force"),
    NO_CHILD_CONSENT("F11", "may be a child, and no consent in force for a vendor that could do without the data"),
    SUPPRESSED("F12", "erased or suppressed"),
    PROTECTED("F16", "protected person"),
    REVEALING("F17", "class or school that reveals something"),
    CONTESTED("F18", "contested field"),
    LEFT("F19", "has left");

    private final String floor;
    private final String words;

    Ground(String floor, String words) {
        this.floor = floor;
        this.words = words;
    }

    String floor() {
        return floor;
    }

    String words() {
        return words;
    }
}
