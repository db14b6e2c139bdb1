package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/// That nobody is let in yet. While an upgrade looks whether the new version is sound, a mark lies in the home:
/// everything
/// is opened, and neither a vendor nor a person nor the night's work is served. So nothing happens that going
/// back would
/// lose. The mark is gone before anybody is let in, and holds nobody for ever: it says until when.
///
/// @param mark a file with the moment it ends
record HeldStart(Path mark, Clock clock) {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration MOST = Duration.ofMinutes(10);

    static HeldStart in(Home home, Clock clock) {
        return new HeldStart(home.directory().resolve("held"), clock);
    }

    boolean now() {
        return until().filter(end -> clock.instant().isBefore(end)).isPresent();
    }

    /// A mark that cannot be understood holds nobody.
    private Optional<Instant> until() {
        try {
            var end = Instant.parse(Files.readString(mark).strip());
            var most = Files.getLastModifiedTime(mark).toInstant().plus(MOST);
            return Optional.of(end.isBefore(most) ? end : most);
        } catch (IOException | DateTimeParseException gone) {
            return Optional.empty();
        }
    }

    /// Returns when people may be let in; by then the mark is not there.
    void await() {
        try {
            while (now()) {
                Thread.sleep(PAUSE);
            }
            Files.deleteIfExists(mark);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped().because(e);
        } catch (IOException e) {
            throw stopped().because(e);
        }
    }

    private static Trouble stopped() {
        return new Trouble(
                Exit.FAILED,
                "The start ended before anybody was let in.",
                "It was held for an upgrade, and the wait was broken off.",
                "Run install.sh again: it repairs what was left half-way.");
    }

    /// What can be asked meanwhile.
    void into(Verbs verbs, Home home, Settings settings, Districts districts, DistrictDoctor doctor) {
        doctor.into(verbs);
        verbs.with("status", (call, meanwhile) -> {
            var array = Json.createArrayBuilder();
            for (var district : districts.list()) {
                array.add(Json.createObjectBuilder()
                        .add("district", district.name().text())
                        .add("state", district.state().word()));
            }
            return new Answer(
                    Json.createObjectBuilder()
                            .add("running", true)
                            .add("held", true)
                            .add("version", Build.number())
                            .add("home", home.directory().toString())
                            .add("pid", ProcessHandle.current().pid())
                            .add("trial", settings.trial())
                            .add("districts", array)
                            .build(),
                    List.of("rosterkeep " + Build.number()
                            + " is up, and lets nobody in until the upgrade has looked at it."));
        });
    }
}
