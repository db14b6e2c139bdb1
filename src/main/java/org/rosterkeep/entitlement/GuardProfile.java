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
        static final Lines NONE = new Lines(List.of(), List.of());

        public Lines {
            remove = List.copyOf(remove);
            add = List.copyOf(add);
        }
    }

    /// Whether so many removals from a collection, or additions to it, are held.
    boolean trips(Entity entity, Hold.Way way, Hold.Count count) {
        Lines of = lines.getOrDefault(entity, Lines.NONE);
        return switch (way) {
            case REMOVALS ->
                everything && count.left() > 0
                        || of.remove().stream().anyMatch(line -> line.trips(count.left(), count.inView()));
            case ADDITIONS ->
                everything && count.came() > 0
                        || of.add().stream().anyMatch(line -> line.trips(count.came(), count.inView()));
            case VALUES -> everything;
        };
    }

    boolean trips(Map<Entity, Hold.Count> counts) {
        return counts.entrySet().stream()
                .anyMatch(one -> trips(one.getKey(), Hold.Way.REMOVALS, one.getValue())
                        || trips(one.getKey(), Hold.Way.ADDITIONS, one.getValue()));
    }

    /// Whether this profile holds whatever the other holds. Of most pairs neither does.
    public boolean holdsAllOf(GuardProfile other) {
        if (everything || other.equals(this)) {
            return true;
        }
        return !other.everything
                && other.lines.entrySet().stream().allMatch(one -> {
                    Lines own = lines.getOrDefault(one.getKey(), Lines.NONE);
                    return cover(own.remove(), one.getValue().remove())
                            && cover(own.add(), one.getValue().add());
                });
    }

    private static boolean cover(List<Line> own, List<Line> others) {
        return others.stream()
                .allMatch(line -> own.stream()
                        .anyMatch(strict -> strict.percent() <= line.percent() && strict.atLeast() <= line.atLeast()));
    }
}
