package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// That a district came out of a backup and nobody has looked yet: it lies in the district's directory, and while it
/// does, no vendor is answered.
///
/// @param backup which one
/// @param made when that was made; what was sent afterwards is not in the ledger
/// @param replayed how many entries of the erasure ledger were taken again
/// @param proved whether the erasure ledger was there and proved to be the newest
/// @param sent what was sent since, by the ledger that was there before; empty when nobody knows
/// @param accepted who has looked and agreed so far
public record Restored(
        String backup,
        Instant made,
        Instant at,
        long replayed,
        boolean proved,
        Optional<List<Sent>> sent,
        List<String> accepted) {
    private static final String NAME = "restored.json";

    /// How many people have to look.
    static final int PEOPLE = 2;

    public Restored {
        accepted = List.copyOf(accepted);
    }

    static Path file(Path district) {
        return district.resolve(NAME);
    }

    /// A file that cannot be understood says so, too: it stops the vendors as well.
    static Optional<Restored> read(Path district) {
        if (!Files.exists(file(district))) {
            return Optional.empty();
        }
        try (var in = Files.newInputStream(file(district));
                var reader = Json.createReader(in)) {
            var json = reader.readObject();
            return Optional.of(new Restored(
                    json.getString("backup"),
                    Instant.parse(json.getString("made")),
                    Instant.parse(json.getString("at")),
                    json.getJsonNumber("replayed").longValueExact(),
                    json.getBoolean("proved", true),
                    json.containsKey("sent") ? Optional.of(Sent.read(json.getJsonArray("sent"))) : Optional.empty(),
                    json.containsKey("accepted")
                            ? json.getJsonArray("accepted").getValuesAs(JsonString::getString)
                            : List.of()));
        } catch (IOException
                | JsonException
                | NullPointerException
                | ClassCastException
                | java.time.DateTimeException e) {
            return Optional.of(
                    new Restored("unknown", Instant.EPOCH, Instant.EPOCH, 0, false, Optional.empty(), List.of()));
        }
    }

    /// With one more who agrees.
    Restored accepted(String operator) {
        var all = new ArrayList<>(accepted);
        all.add(operator);
        return new Restored(backup, made, at, replayed, proved, sent, all);
    }

    void write(Path district) throws IOException {
        var json = Json.createObjectBuilder()
                .add("backup", backup)
                .add("made", made.toString())
                .add("at", at.toString())
                .add("replayed", replayed)
                .add("proved", proved)
                .add("accepted", Json.createArrayBuilder(accepted));
        sent.ifPresent(all -> json.add("sent", Sent.json(all)));
        var fresh = district.resolve(NAME + ".new");
        Files.writeString(fresh, json.build().toString());
        Files.move(fresh, file(district), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void accept(Path district) {
        try {
            Files.deleteIfExists(file(district));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
