package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// Removals that wait for a person: the records of one import that its delivery no longer names, which stay as they are
/// until somebody releases the removal or drops it, or a later delivery decides about them.
///
/// @param id the id of the import's report
/// @param batch the roster's number when they were held
/// @param records ordinals by entity, none empty
public record Held(String id, Instant at, long batch, Map<Entity, RoaringBitmap> records) {
    static final String KIND = "intake-held";

    public Held {
        Map<Entity, RoaringBitmap> copy = new EnumMap<>(Entity.class);
        records.forEach((entity, ordinals) -> {
            if (!ordinals.isEmpty()) {
                copy.put(entity, ordinals.clone());
            }
        });
        records = java.util.Collections.unmodifiableMap(copy);
    }

    /// How many records of the entity wait.
    public long count(Entity entity) {
        RoaringBitmap ordinals = records.get(entity);
        return ordinals == null ? 0 : ordinals.getLongCardinality();
    }

    /// How many records wait.
    public long count() {
        return records.values().stream()
                .mapToLong(RoaringBitmap::getLongCardinality)
                .sum();
    }

    /// This without the given records of an entity.
    Held without(Entity entity, RoaringBitmap decided) {
        Map<Entity, RoaringBitmap> left = new EnumMap<>(Entity.class);
        records.forEach((kind, ordinals) ->
                left.put(kind, kind == entity ? RoaringBitmap.andNot(ordinals, decided) : ordinals));
        return new Held(id, at, batch, left);
    }

    byte[] bytes() {
        JsonObjectBuilder records = Json.createObjectBuilder();
        this.records.forEach((entity, ordinals) -> {
            ByteBuffer buffer = ByteBuffer.allocate(ordinals.serializedSizeInBytes());
            ordinals.serialize(buffer);
            records.add(entity.name(), Base64.getEncoder().encodeToString(buffer.array()));
        });
        return Json.createObjectBuilder()
                .add("id", id)
                .add("at", at.toString())
                .add("batch", batch)
                .add("records", records)
                .build()
                .toString()
                .getBytes(UTF_8);
    }

    static Held read(byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            JsonObject json = reader.readObject();
            Map<Entity, RoaringBitmap> records = new EnumMap<>(Entity.class);
            for (String entity : json.getJsonObject("records").keySet()) {
                records.put(
                        Entity.valueOf(entity),
                        bitmap(json.getJsonObject("records").getString(entity)));
            }
            return new Held(
                    json.getString("id"),
                    Instant.parse(json.getString("at")),
                    json.getJsonNumber("batch").longValue(),
                    records);
        }
    }

    private static RoaringBitmap bitmap(String base64) {
        RoaringBitmap bitmap = new RoaringBitmap();
        byte[] bytes = Base64.getDecoder().decode(base64);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            bitmap.deserialize(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bitmap;
    }
}
