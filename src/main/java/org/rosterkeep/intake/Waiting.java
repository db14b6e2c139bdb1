package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Persons whom a new source system delivered and nobody has recognised: listed until a mapping names them or a second
/// person says that they are new. Holds the ids of persons, so it rests on the shelf, sealed, and nowhere else.
///
/// @param persons by the new system's sourcedId
public record Waiting(Map<String, Since> persons) {
    static final String KIND = "intake-unmatched";
    static final String ID = "users";

    /// @param by who imported the delivery that first named the person
    /// @param report the report of that import
    public record Since(Instant at, String by, String report) {}

    public Waiting {
        persons = Collections.unmodifiableMap(new TreeMap<>(persons));
    }

    static Waiting nobody() {
        return new Waiting(Map.of());
    }

    public boolean isEmpty() {
        return persons.isEmpty();
    }

    /// Whether this actor may say that the person is new: the one who listed the person may not.
    boolean creatable(String id, String actor) {
        Since since = persons.get(id);
        return since != null && !since.by().equals(actor);
    }

    byte[] bytes() {
        JsonArrayBuilder all = Json.createArrayBuilder();
        persons.forEach((id, since) -> all.add(Json.createObjectBuilder()
                .add("id", id)
                .add("at", since.at().toString())
                .add("by", since.by())
                .add("report", since.report())));
        return Json.createObjectBuilder().add("persons", all).build().toString().getBytes(UTF_8);
    }

    static Waiting read(byte[] bytes) {
        Map<String, Since> persons = new TreeMap<>();
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            for (JsonObject one : reader.readObject().getJsonArray("persons").getValuesAs(JsonObject.class)) {
                persons.put(
                        one.getString("id"),
                        new Since(Instant.parse(one.getString("at")), one.getString("by"), one.getString("report")));
            }
        }
        return new Waiting(persons);
    }
}
