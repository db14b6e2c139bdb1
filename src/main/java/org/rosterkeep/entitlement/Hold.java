package org.rosterkeep.entitlement;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Entity;

/// A view that stands still: its next edition would change more than the guard lets pass, and nobody has looked at it.
///
/// @param stream the rule's id
/// @param profile the profile it was held by
/// @param at since when
/// @param from the batch the view stands at
/// @param batch the batch it would go to
/// @param counts how many would come and go, for collections that any would come to or go from
/// @param released who let this batch pass, and no other
public record Hold(
        String stream,
        String vendor,
        String profile,
        Instant at,
        long from,
        long batch,
        Map<Entity, Count> counts,
        Optional<Release> released) {
    /// A roster was imported; a change of the rule has its own guard, before it starts.
    public static final String CAUSE = "import";

    /// @param inView how many the vendor sees
    public record Count(long inView, long left, long came) {}

    /// Somebody looked at it and let it pass.
    public record Release(String by, Instant at) {}

    public Hold {
        counts = Map.copyOf(counts);
    }

    Hold releasedBy(String operator, Instant now) {
        return new Hold(stream, vendor, profile, at, from, batch, counts, Optional.of(new Release(operator, now)));
    }

    byte[] document() {
        JsonObjectBuilder of = Json.createObjectBuilder();
        counts.forEach((entity, count) -> of.add(
                entity.many(),
                Json.createObjectBuilder()
                        .add("inView", count.inView())
                        .add("left", count.left())
                        .add("came", count.came())));
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("stream", stream)
                .add("vendor", vendor)
                .add("profile", profile)
                .add("at", at.toString())
                .add("cause", CAUSE)
                .add("from", from)
                .add("batch", batch)
                .add("counts", of);
        released.ifPresent(one ->
                json.add("releasedBy", one.by()).add("releasedAt", one.at().toString()));
        return json.build().toString().getBytes(StandardCharsets.UTF_8);
    }

    /// Empty when the document is damaged: what it says is found out anew at the next question, and it releases
    /// nothing.
    static Optional<Hold> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            JsonObject of = json.getJsonObject("counts");
            Map<Entity, Count> counts = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                if (of.containsKey(entity.many())) {
                    JsonObject one = of.getJsonObject(entity.many());
                    counts.put(entity, new Count(number(one, "inView"), number(one, "left"), number(one, "came")));
                }
            }
            Optional<Release> released = json.containsKey("releasedBy")
                    ? Optional.of(
                            new Release(json.getString("releasedBy"), Instant.parse(json.getString("releasedAt"))))
                    : Optional.empty();
            return Optional.of(new Hold(
                    json.getString("stream"),
                    json.getString("vendor"),
                    json.getString("profile"),
                    Instant.parse(json.getString("at")),
                    number(json, "from"),
                    number(json, "batch"),
                    counts,
                    released));
        } catch (JsonException | NullPointerException | ClassCastException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static long number(JsonObject json, String key) {
        return json.getJsonNumber(key).longValueExact();
    }
}
