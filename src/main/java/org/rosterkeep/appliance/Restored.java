package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// That a district came out of a backup and nobody has looked yet: it lies in the district's directory, and while it
/// does, no vendor is answered.
///
/// @param backup which one
/// @param made when that was made; what was sent afterwards is not in the ledger
/// @param replayed how many entries of the erasure ledger were taken again
record Restored(String backup, Instant made, Instant at, long replayed) {
    private static final String NAME = "restored.json";

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
                    json.getJsonNumber("replayed").longValueExact()));
        } catch (IOException | JsonException | NullPointerException | java.time.DateTimeException e) {
            return Optional.of(new Restored("unknown", Instant.EPOCH, Instant.EPOCH, 0));
        }
    }

    void write(Path district) throws IOException {
        Files.writeString(
                file(district),
                Json.createObjectBuilder()
                        .add("backup", backup)
                        .add("made", made.toString())
                        .add("at", at.toString())
                        .add("replayed", replayed)
                        .build()
                        .toString());
    }

    static void accept(Path district) {
        try {
            Files.deleteIfExists(file(district));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
