package org.rosterkeep.oracle;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.rosterkeep.oracle.Told.Own;
import org.rosterkeep.oracle.Told.Ref;

/// Reads a client's JSON into [Told] records, and checks on the way what every record must have.
final class Answers {
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("orgs", "org"),
            Map.entry("academicSessions", "academicSession"),
            Map.entry("courses", "course"),
            Map.entry("classes", "class"),
            Map.entry("users", "user"),
            Map.entry("enrollments", "enrollment"),
            Map.entry("demographics", "demographics"));

    private final String base;

    /// @param base the service's absolute URL, which every href begins with
    Answers(String base) {
        this.base = base;
    }

    /// @param envelope the one property of the page
    Told record(String envelope, JsonObject json) {
        String id = json.getString("sourcedId");
        demand(json.getString("status").equals("active"), "a record that is not active");
        demand(json.getString("dateLastModified").endsWith("Z"), "a time that is not UTC");
        Map<String, Object> fields = new HashMap<>();
        json.forEach((name, value) -> {
            if (!List.of("sourcedId", "status", "dateLastModified").contains(name)) {
                fields.put(name, value(id, value));
            }
        });
        return new Told(ENTITIES.get(envelope), id, fields);
    }

    private Object value(String own, JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> ((JsonString) value).getString().equals(own) ? Own.ID : ((JsonString) value).getString();
            case ARRAY ->
                ((JsonArray) value).stream().map(one -> value(own, one)).toList();
            case OBJECT -> object(own, value.asJsonObject());
            case NUMBER, TRUE, FALSE, NULL -> throw new AssertionError("OneRoster 1.2 rostering knows no such value");
        };
    }

    private Object object(String own, JsonObject json) {
        if (!json.containsKey("href")) {
            Map<String, Object> fields = new HashMap<>();
            json.forEach((name, value) -> fields.put(name, value(own, value)));
            return fields;
        }
        String type = json.getString("type");
        String id = json.getString("sourcedId");
        demand(json.size() == 3, "a reference with more than three properties");
        String href = base + "/" + plural(type) + "/" + id;
        demand(json.getString("href").equals(href), "a reference to " + json.getString("href") + " instead of " + href);
        return new Ref(type, id);
    }

    private static String plural(String type) {
        return type.equals("class") ? "classes" : type + "s";
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("the answer contains " + otherwise);
        }
    }
}
