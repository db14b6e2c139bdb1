package org.rosterkeep.custody;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Entity;

/// What one vendor still holds, in numbers. Nobody is named.
///
/// @param persons different users something is held about
/// @param records by entity: how many records
/// @param elements by data element: about how many users
/// @param oldest the first time something was told that is still held; never later than the truth
/// @param newest the last time
/// @param unexplained answers whose span the store can no longer read: of whom they told is not known, and they
/// count as
///     held by nobody in the numbers
/// @param directives all that were not met, by number, and how each stands
public record Exposure(
        String vendor,
        int persons,
        Map<Entity, Integer> records,
        Map<String, Integer> elements,
        Optional<Instant> oldest,
        Optional<Instant> newest,
        long unexplained,
        List<Due> directives) {
    public Exposure {
        records = Map.copyOf(records);
        elements = new TreeMap<>(elements);
        directives = List.copyOf(directives);
    }

    /// @param persons how many users it still concerns
    public record Due(Directive directive, Directive.State state, int persons) {}

    public boolean overdue() {
        return directives.stream().anyMatch(one -> one.state() == Directive.State.OVERDUE);
    }
}
