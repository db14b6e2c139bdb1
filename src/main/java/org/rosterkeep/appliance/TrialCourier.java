package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.access.Role;
import org.rosterkeep.courier.Egress;

/// The courier of a trial: a second process of the same program, without the operating system's fence around
/// it, started
/// when there is something to send, and again when it has ended. What root does for an installed one is done
/// here too: the
/// keys it believes, as the appliance itself has them, and the addresses that the rules in force lead to.
final class TrialCourier {
    private static final Duration LOOKED_UP_AGAIN = Duration.ofMinutes(5);
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long END_SECONDS = 5;

    private final Home home;
    private final Clock clock;
    private String believed = "";
    private Instant looked = Instant.EPOCH;
    private Optional<Process> running = Optional.empty();
    private long startedAt = System.nanoTime() - AGAIN_NANOS;

    TrialCourier(Home home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    /// @param changed whether other papers are published than before
    void look(Districts districts, boolean changed) throws IOException {
        boolean others = believe(districts);
        var now = clock.instant();
        if (changed || others || looked.plus(LOOKED_UP_AGAIN).isBefore(now)) {
            looked = now;
            var setting = new Egress.Setting(home.grants(), home.operators(), home.egress(), Optional.empty());
            new Egress(setting, clock, Egress.system()).make();
        }
        start();
    }

    private boolean believe(Districts districts) throws IOException {
        var all = Json.createArrayBuilder();
        for (var district : districts.list()) {
            if (district.state() instanceof District.State.Open(Rooms rooms)) {
                for (var operator : rooms.operators().list()) {
                    all.add(Json.createObjectBuilder()
                            .add("district", rooms.name().text())
                            .add("operator", operator.name())
                            .add(
                                    "roles",
                                    Json.createArrayBuilder(operator.roles().stream()
                                            .map(Role::word)
                                            .sorted()
                                            .toList()))
                            .add(
                                    "publicKeys",
                                    Json.createArrayBuilder(rooms.operators().publicKeys(operator.name()))));
                }
            }
        }
        var text = all.build().toString();
        if (text.equals(believed)) {
            return false;
        }
        var fresh = home.operators().resolveSibling(".operators.json.new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, home.operators(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        believed = text;
        return true;
    }

    private void start() throws IOException {
        boolean here = running.filter(Process::isAlive).isPresent();
        if (!here && System.nanoTime() - startedAt >= AGAIN_NANOS) {
            startedAt = System.nanoTime();
            running = Optional.of(Launch.courier(home));
        }
    }

    void stop() {
        running.ifPresent(process -> {
            process.destroy();
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running = Optional.empty();
    }
}
