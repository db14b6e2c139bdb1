package org.rosterkeep.rules;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What the board designated as directory information, and how people were told (privacy.md sections 2.4 and 5). It is
/// the district's act; what single people opted out of is kept elsewhere.
///
/// @param on the day the board designated it
/// @param notice where people were told
/// @param noticed the day they were told
/// @param optOutUntil the last day on which they could opt out before anything is given
/// @param elements data elements that may be designated
/// @param secondFactor for elements that alone must not open a record: what else it takes
/// @param limit to whom and for what it is limited; empty when it is for anybody
/// @param statements what packs ask for beyond these, by the word they use
public record Designation(
        String by,
        LocalDate on,
        String notice,
        LocalDate noticed,
        LocalDate optOutUntil,
        Set<String> elements,
        Map<String, String> secondFactor,
        Optional<Limit> limit,
        Map<String, String> statements) {
    public Designation {
        elements = Set.copyOf(elements);
        secondFactor = Map.copyOf(secondFactor);
        statements = Map.copyOf(statements);
    }

    /// @param vendors empty for any
    /// @param purposes empty for any
    public record Limit(Set<String> vendors, Set<String> purposes) {
        public Limit {
            vendors = Set.copyOf(vendors);
            purposes = Set.copyOf(purposes);
        }

        boolean covers(Rule rule) {
            return (vendors.isEmpty() || vendors.contains(rule.vendor()))
                    && (purposes.isEmpty() || purposes.contains(rule.purpose()));
        }
    }

    /// Whether it is designated, told, and the window to opt out has closed, by the days of the district's own time.
    boolean effective(ZoneId zone, Instant now) {
        return !now.isBefore(on.atStartOfDay(zone).toInstant())
                && !now.isBefore(noticed.atStartOfDay(zone).toInstant())
                && !now.isBefore(optOutUntil.plusDays(1).atStartOfDay(zone).toInstant());
    }

    Set<String> stated() {
        return new TreeSet<>(statements.keySet());
    }
}
