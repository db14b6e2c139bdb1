package org.rosterkeep.intake;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.roster.Field;

/// Which data elements this import keeps, and how many values it dropped, by element. What is dropped never reaches a
/// row, a file or a log (privacy.md section 4).
final class Keeping {
    private final Set<String> kept;
    private final Map<String, Long> dropped = new TreeMap<>();

    Keeping(Set<String> kept) {
        this.kept = Set.copyOf(kept);
    }

    boolean keeps(String element) {
        return kept.contains(element);
    }

    boolean keeps(Field field) {
        return kept.contains(field.element());
    }

    /// Notes a value that was left out because of this element.
    void drop(String element) {
        dropped.merge(element, 1L, Long::sum);
    }

    Map<String, Long> dropped() {
        return dropped;
    }
}
