package org.rosterkeep.sources;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A standing as a document of the shelf.
final class StandingForm {
    private StandingForm() {}

    static byte[] write(Standing one) {
        var json = Json.createObjectBuilder()
                .add("source", one.source())
                .add("place", one.place())
                .add("looked", one.looked().toString())
                .add("batch", one.batch())
                .add("failures", one.failures())
                .add("notBefore", one.notBefore().toString())
                .add("last", one.last())
                .add("report", one.report())
                .add("digests", Json.createArrayBuilder(one.digests()));
        one.running().ifPresent(at -> json.add("running", at.toString()));
        one.since().ifPresent(at -> json.add("since", at.toString()));
        one.lastFull().ifPresent(at -> json.add("lastFull", at.toString()));
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when the document cannot be read: then everything is asked for anew.
    static Optional<Standing> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            return Optional.of(new Standing(
                    json.getString("source"),
                    json.getString("place"),
                    Instant.parse(json.getString("looked")),
                    instant(json, "running"),
                    instant(json, "since"),
                    instant(json, "lastFull"),
                    json.getJsonNumber("batch").longValueExact(),
                    json.getInt("failures"),
                    Instant.parse(json.getString("notBefore")),
                    json.getString("last"),
                    json.getString("report"),
                    json.getJsonArray("digests").getValuesAs(JsonString::getString)));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> instant(JsonObject json, String key) {
        return json.containsKey(key) ? Optional.of(Instant.parse(json.getString(key))) : Optional.empty();
    }
}
