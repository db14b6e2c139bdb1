package org.rosterkeep.custody;

import java.util.Set;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// One sort of thing a vendor was told: these fields of such records, under this version of this rule.
///
/// @param entity user, demographics or enrolment; ordinals count within it
public record Slot(String rule, int version, String agreement, Entity entity, Set<Field> fields) {
    public Slot {
        fields = Set.copyOf(fields);
    }

    Slot without(Set<Field> gone) {
        return new Slot(
                rule,
                version,
                agreement,
                entity,
                fields.stream()
                        .filter(field -> !gone.contains(field))
                        .collect(java.util.stream.Collectors.toUnmodifiableSet()));
    }
}
