package org.rosterkeep.intake;

import jakarta.json.JsonObject;
import java.util.List;

/// When removals wait for a person (`thresholds.json`): by collection, and by school inside a collection.
public record Thresholds(List<Line> collection, List<Line> school) {
    /// Held when at least `atLeast` records go and they are more than `percent` of those that were there.
    public record Line(double percent, long atLeast) {
        boolean holds(long removed, long live) {
            return removed >= atLeast && removed * 100.0 > percent * live;
        }
    }

    public Thresholds {
        collection = List.copyOf(collection);
        school = List.copyOf(school);
    }

    public static Thresholds shipped() {
        JsonObject json = Limits.Shipped.json("thresholds.json");
        return new Thresholds(lines(json, "collection"), lines(json, "school"));
    }

    /// Nothing is ever held.
    public static Thresholds none() {
        return new Thresholds(List.of(), List.of());
    }

    /// Everything is held.
    static Thresholds everything() {
        return new Thresholds(List.of(new Line(0, 1)), List.of());
    }

    private static List<Line> lines(JsonObject json, String key) {
        return json.getJsonArray(key).getValuesAs(JsonObject.class).stream()
                .map(line -> new Line(
                        line.getJsonNumber("percent").doubleValue(),
                        line.getJsonNumber("atLeast").longValue()))
                .toList();
    }

    boolean holdCollection(long removed, long live) {
        return collection.stream().anyMatch(line -> line.holds(removed, live));
    }

    boolean holdSchool(long removed, long live) {
        return school.stream().anyMatch(line -> line.holds(removed, live));
    }
}
