package org.rosterkeep.entitlement;

import java.util.List;
import java.util.Map;
import org.rosterkeep.roster.Entity;

/// How much of a vendor's view may change at once in one season.
///
/// @param label what the season is, in a few words
/// @param everything whatever would change is held
/// @param lines by collection; a collection without lines is never held
public record GuardProfile(String name, String label, boolean everything, Map<Entity, Lines> lines) {
    public GuardProfile {
        lines = Map.copyOf(lines);
    }

    /// Held when at least `atLeast` records change and they are more than `percent` of those in view.
    public record Line(double percent, long atLeast) {
        boolean trips(long changed, long inView) {
            return changed >= atLeast && changed * 100.0 > percent * inView;
        }
    }

    /// One collection's lines; any one of them holds.
    public record Lines(List<Line> remove, List<Line> add) {
        public Lines {
            remove = List.copyOf(remove);
            add = List.copyOf(add);
        }

        boolean trip(Hold.Count count) {
            return remove.stream().anyMatch(line -> line.trips(count.left(), count.inView()))
                    || add.stream().anyMatch(line -> line.trips(count.came(), count.inView()));
        }
    }

    /// @param moved whether anything in view would look different, whoever comes or goes
    boolean trips(Map<Entity, Hold.Count> counts, boolean moved) {
        if (everything) {
            return moved || counts.values().stream().anyMatch(count -> count.left() + count.came() > 0);
        }
        return counts.entrySet().stream()
                .anyMatch(entry -> lines.containsKey(entry.getKey())
                        && lines.get(entry.getKey()).trip(entry.getValue()));
    }
}
