package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.roster.Shelf;

/// What a district remembers of a backup it made.
///
/// @param file where it was written
/// @param until when its key is destroyed
/// @param verified when it was read back whole; empty while it was not
/// @param drilled when it was last restored for practice
/// @param drillMillis how long that took
/// @param destroyed when its key was destroyed
public record Kept(
        String id,
        Instant made,
        Instant until,
        String file,
        long bytes,
        String kit,
        Optional<Instant> verified,
        Optional<Instant> drilled,
        long drillMillis,
        Optional<Instant> destroyed) {
    private static final String KIND = "backup";

    /// Newest first.
    static List<Kept> all(Shelf shelf) {
        return shelf.all(KIND).values().stream()
                .map(Kept::read)
                .sorted(Comparator.comparing(Kept::made).reversed())
                .toList();
    }

    static Optional<Kept> newestVerified(Shelf shelf) {
        return all(shelf).stream()
                .filter(one -> one.verified().isPresent() && one.destroyed().isEmpty())
                .findFirst();
    }

    static Optional<Kept> newestDrilled(Shelf shelf) {
        return all(shelf).stream()
                .filter(one -> one.drilled().isPresent())
                .max(Comparator.comparing(one -> one.drilled().orElseThrow()));
    }

    void put(Shelf shelf) {
        shelf.put(KIND, id, json().toString().getBytes(StandardCharsets.UTF_8));
    }

    void drop(Shelf shelf) {
        shelf.remove(KIND, id);
    }

    Kept verified(Instant now) {
        return new Kept(id, made, until, file, bytes, kit, Optional.of(now), drilled, drillMillis, destroyed);
    }

    Kept drilled(Instant now, long millis) {
        return new Kept(id, made, until, file, bytes, kit, Optional.of(now), Optional.of(now), millis, destroyed);
    }

    Kept written(long length) {
        return new Kept(id, made, until, file, length, kit, verified, drilled, drillMillis, destroyed);
    }

    Kept destroyed(Instant now) {
        return new Kept(id, made, until, file, bytes, kit, verified, drilled, drillMillis, Optional.of(now));
    }

    /// One word: nothing that was not read back is called good.
    String word() {
        if (destroyed.isPresent()) {
            return "destroyed";
        }
        if (bytes == 0) {
            return "unfinished";
        }
        return verified.isPresent() ? "verified" : "not verified";
    }

    JsonObject json() {
        var json = Json.createObjectBuilder()
                .add("id", id)
                .add("made", made.toString())
                .add("until", until.toString())
                .add("file", file)
                .add("bytes", bytes)
                .add("kit", kit)
                .add("state", word())
                .add("drillMillis", drillMillis);
        verified.ifPresent(at -> json.add("verified", at.toString()));
        drilled.ifPresent(at -> json.add("drilled", at.toString()));
        destroyed.ifPresent(at -> json.add("destroyed", at.toString()));
        return json.build();
    }

    private static Kept read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            var json = reader.readObject();
            return new Kept(
                    json.getString("id"),
                    Instant.parse(json.getString("made")),
                    Instant.parse(json.getString("until")),
                    json.getString("file"),
                    json.getJsonNumber("bytes").longValueExact(),
                    json.getString("kit"),
                    at(json, "verified"),
                    at(json, "drilled"),
                    json.getJsonNumber("drillMillis").longValueExact(),
                    at(json, "destroyed"));
        }
    }

    private static Optional<Instant> at(JsonObject json, String name) {
        return json.containsKey(name) ? Optional.of(Instant.parse(json.getString(name))) : Optional.empty();
    }
}
