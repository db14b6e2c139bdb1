package org.rosterkeep.backup;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// What stands open at the beginning of a backup.
///
/// @param id of the backup, which its key is bound to
/// @param version of the program that made it
/// @param kit the id of the recovery kit that opens it
/// @param until when its share is destroyed
/// @param contents bytes by what they are: `roster`, `house`, `ledger`, `keys`, `settings`
/// @param counts how many of what must be there again when it is opened
/// @param ledgerHead of its last ledger record, hex
/// @param erasures how many entries of the erasure ledger it knows already
/// @param publicKey verifies the ledger, the erasure ledger and this header, hex
/// @param forKit its key, wrapped for the kit, hex
/// @param forRing its key, wrapped for the district, hex
/// @param bytes how long the sealed part is
/// @param sha256 of the sealed part, hex
public record Header(
        String id,
        String district,
        Instant made,
        Instant until,
        String version,
        String kit,
        Map<String, Long> contents,
        Map<String, Long> counts,
        String ledgerHead,
        long erasures,
        String publicKey,
        String forKit,
        String forRing,
        long bytes,
        String sha256) {
    public Header {
        contents = Map.copyOf(contents);
        counts = Map.copyOf(counts);
    }

    /// The same for a sealed part that was written.
    Header sealed(long length, String hash) {
        return new Header(
                id,
                district,
                made,
                until,
                version,
                kit,
                contents,
                counts,
                ledgerHead,
                erasures,
                publicKey,
                forKit,
                forRing,
                length,
                hash);
    }

    /// One line of JSON, for people and programs.
    public JsonObject json() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("district", district)
                .add("made", made.toString())
                .add("until", until.toString())
                .add("version", version)
                .add("kit", kit)
                .add("contents", numbers(contents))
                .add("counts", numbers(counts))
                .add("ledgerHead", ledgerHead)
                .add("erasures", erasures)
                .add("publicKey", publicKey)
                .add("forKit", forKit)
                .add("forRing", forRing)
                .add("bytes", bytes)
                .add("sha256", sha256)
                .build();
    }

    private static JsonObject numbers(Map<String, Long> map) {
        var json = Json.createObjectBuilder();
        new TreeMap<>(map).forEach(json::add);
        return json.build();
    }

    static Header read(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            JsonObject json = reader.readObject();
            return new Header(
                    json.getString("id"),
                    json.getString("district"),
                    Instant.parse(json.getString("made")),
                    Instant.parse(json.getString("until")),
                    json.getString("version"),
                    json.getString("kit"),
                    numbers(json.getJsonObject("contents")),
                    numbers(json.getJsonObject("counts")),
                    json.getString("ledgerHead"),
                    json.getJsonNumber("erasures").longValueExact(),
                    json.getString("publicKey"),
                    json.getString("forKit"),
                    json.getString("forRing"),
                    json.getJsonNumber("bytes").longValueExact(),
                    json.getString("sha256"));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | ArithmeticException
                | DateTimeException e) {
            throw new BackupFault(BackupFault.Code.BACKUP_DAMAGED, "the backup's header cannot be read", e);
        }
    }

    private static Map<String, Long> numbers(JsonObject json) {
        Map<String, Long> map = new TreeMap<>();
        json.forEach((name, value) -> map.put(name, ((JsonNumber) value).longValueExact()));
        return map;
    }
}
