package org.rosterkeep.disclosure;

import java.util.Set;
import org.rosterkeep.roster.Field;

/// Which properties of a record are written: those listed, or all but those listed.
record Selection(boolean inverse, Set<String> properties) {
    static final Selection ALL = new Selection(true, Set.of());
    static final String ID = "sourcedId";
    static final String STATUS = "status";
    static final String CHANGED = "dateLastModified";
    private static final Set<String> ENVELOPE = Set.of(ID, STATUS, CHANGED);

    Selection {
        properties = Set.copyOf(properties);
    }

    static Selection of(Set<String> names) {
        return new Selection(false, names);
    }

    static Selection allBut(Set<String> names) {
        return new Selection(true, names);
    }

    static boolean isEnvelope(String name) {
        return ENVELOPE.contains(name);
    }

    boolean shows(String property) {
        return properties.contains(property) != inverse;
    }

    boolean shows(Field field) {
        return shows(field.wire());
    }
}
