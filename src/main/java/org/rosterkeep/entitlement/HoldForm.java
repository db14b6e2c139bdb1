package org.rosterkeep.entitlement;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// How holds rest on the shelf. Ordinals only.
final class HoldForm {
    private HoldForm() {}

    static byte[] write(Hold hold) {
        JsonObjectBuilder counts = Json.createObjectBuilder();
        hold.counts()
                .forEach((entity, count) -> counts.add(
                        entity.many(),
                        Json.createObjectBuilder()
                                .add("inView", count.inView())
                                .add("left", count.left())
                                .add("came", count.came())));
        JsonArrayBuilder approvals = Json.createArrayBuilder();
        hold.approvals()
                .forEach(one -> approvals.add(Json.createObjectBuilder()
                        .add("by", one.by())
                        .add("at", one.at().toString())
                        .add("collection", one.entity().many())
                        .add("way", one.way().name())));
        return Json.createObjectBuilder()
                .add("stream", hold.stream())
                .add("vendor", hold.vendor())
                .add("profile", hold.profile())
                .add("at", hold.at().toString())
                .add("cause", Hold.CAUSE)
                .add("from", hold.from())
                .add("batch", hold.batch())
                .add("counts", counts)
                .add("waits", rows(hold.waits()))
                .add("let", rows(hold.let()))
                .add("approvals", approvals)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObjectBuilder rows(Map<Entity, Hold.Rows> rows) {
        JsonObjectBuilder json = Json.createObjectBuilder();
        rows.forEach((entity, of) -> {
            JsonObjectBuilder ways = Json.createObjectBuilder();
            for (Hold.Way way : Hold.Way.values()) {
                ways.add(way.name(), text(of.of(way)));
            }
            json.add(entity.many(), ways);
        });
        return json;
    }

    private static String text(RoaringBitmap set) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            KeptForm.set(new DataOutputStream(bytes), set);
        } catch (IOException impossible) {
            throw new EditionFault(EditionFault.Code.UNREADABLE, impossible);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /// Empty when the document is damaged, or of an earlier version of the program: what it says is found out anew at
    /// the next question, and it releases nothing.
    static Optional<Hold> read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            JsonObject of = json.getJsonObject("counts");
            Map<Entity, Hold.Count> counts = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                if (of.containsKey(entity.many())) {
                    JsonObject one = of.getJsonObject(entity.many());
                    counts.put(entity, new Hold.Count(number(one, "inView"), number(one, "left"), number(one, "came")));
                }
            }
            List<Hold.Approval> approvals = new ArrayList<>();
            for (JsonObject one : json.getJsonArray("approvals").getValuesAs(JsonObject.class)) {
                approvals.add(new Hold.Approval(
                        one.getString("by"),
                        Instant.parse(one.getString("at")),
                        entity(one.getString("collection")),
                        Hold.Way.valueOf(one.getString("way"))));
            }
            return Optional.of(new Hold(
                    json.getString("stream"),
                    json.getString("vendor"),
                    json.getString("profile"),
                    Instant.parse(json.getString("at")),
                    number(json, "from"),
                    number(json, "batch"),
                    counts,
                    readRows(json.getJsonObject("waits")),
                    readRows(json.getJsonObject("let")),
                    approvals));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | DateTimeException
                | IllegalArgumentException
                | IOException e) {
            return Optional.empty();
        }
    }

    private static Map<Entity, Hold.Rows> readRows(JsonObject json) throws IOException {
        Map<Entity, Hold.Rows> rows = new EnumMap<>(Entity.class);
        for (String name : json.keySet()) {
            JsonObject ways = json.getJsonObject(name);
            rows.put(
                    entity(name),
                    new Hold.Rows(
                            set(ways.getString(Hold.Way.REMOVALS.name())),
                            set(ways.getString(Hold.Way.ADDITIONS.name())),
                            set(ways.getString(Hold.Way.VALUES.name()))));
        }
        return rows;
    }

    private static RoaringBitmap set(String text) throws IOException {
        byte[] bytes = Base64.getDecoder().decode(text);
        return KeptForm.set(new DataInputStream(new ByteArrayInputStream(bytes)));
    }

    private static Entity entity(String many) {
        for (Entity entity : Entity.values()) {
            if (entity.many().equals(many)) {
                return entity;
            }
        }
        throw new IllegalArgumentException("no collection");
    }

    private static long number(JsonObject json, String key) {
        return json.getJsonNumber(key).longValueExact();
    }
}
