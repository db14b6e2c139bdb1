package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.rosterkeep.courier.Confinement;
import org.rosterkeep.courier.Courier;
import org.rosterkeep.courier.Journal;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.outbound.Hatch;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.sources.Standing;

/// A whole district that fetches, the hatch, and a real courier at it.
final class FetchingDistrict implements AutoCloseable {
    final Path home;
    final HandClock clock;
    LiveDistrict live;
    private final Hatch hatch;
    private Optional<Courier> courier = Optional.empty();

    FetchingDistrict(Path home, HandClock clock) throws IOException {
        this.home = home;
        this.clock = clock;
        live = LiveDistrict.make(home, clock, new SecureRandom());
        hatch = Hatch.open(
                home.resolve("c.sock"),
                false,
                List::of,
                List::of,
                () -> List.of(live.rooms().sources()),
                said -> {});
    }

    /// Two people put this source in force.
    void source(String file) {
        var staff = live.staff();
        var book = live.rooms().book().sources();
        switch (book.put(file.getBytes(StandardCharsets.UTF_8), staff.get(0), clock.instant())) {
            case Checked.Sound<?> _ -> {}
            case Checked.Flawed<?>(var problems) -> throw new AssertionError(problems.toString());
        }
        String id = PushingDistrict.json(file).getString("id");
        if (book.find(id, clock.instant()).orElseThrow().state().equals("waits")) {
            book.approve(id, staff.get(1), clock.instant());
        }
    }

    void secret(String source, Secret.Part part, String text) {
        live.rooms().sourceSecrets().put(source, part, text, "test");
    }

    /// A courier that may reach one place, and believes this authority.
    void courier(String host, int port, Optional<Path> authority) throws IOException {
        Path operators = home.resolve("operators.json");
        var all = Json.createArrayBuilder();
        var known = live.rooms().operators();
        known.list()
                .forEach(one -> all.add(Json.createObjectBuilder()
                        .add("district", live.rooms().name().text())
                        .add("operator", one.name())
                        .add("roles", Json.createArrayBuilder())
                        .add("publicKeys", Json.createArrayBuilder(known.publicKeys(one.name())))));
        Files.writeString(operators, all.build().toString());
        Path manifest = home.resolve("manifest.json");
        Files.writeString(
                manifest,
                Json.createObjectBuilder()
                        .add("made", Instant.now().toString())
                        .add(
                                "places",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("host", host)
                                                .add("port", port)
                                                .add("internal", true)
                                                .add(
                                                        "addresses",
                                                        Json.createArrayBuilder()
                                                                .add("127.0.0.1"))
                                                .add("rules", Json.createArrayBuilder())
                                                .add("resolved", Instant.now().toString())))
                        .build()
                        .toString());
        courier = Optional.of(Courier.start(
                new Courier.Setting(home.resolve("c.sock"), manifest, operators, authority, 2, true, "test"),
                new Silent(),
                Clock.systemUTC()));
    }

    private static final class Silent implements Journal {
        @Override
        public void delivery(Line line) {}

        @Override
        public void refused(Code code) {}

        @Override
        public void confinement(Confinement.Finding finding) {}

        @Override
        public void line(Enum<?> code) {}

        @Override
        public void failure(RuntimeException fault) {
            throw fault;
        }
    }

    static void until(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!what.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come to pass");
            }
            Thread.sleep(10);
        }
    }

    /// Has the source asked until its run is over, the clock moving on while something waits.
    Standing run(String source) throws InterruptedException {
        long before = ends(source);
        until(() -> {
            live.rooms().sources().look();
            clock.forward(Duration.ofMillis(500));
            return ends(source) > before;
        });
        return standing(source);
    }

    Standing asked(String source, boolean full) throws InterruptedException {
        if (!live.rooms().sources().ask(source, full, "test")) {
            throw new AssertionError("it cannot be asked");
        }
        return run(source);
    }

    Standing standing(String source) {
        return live.rooms().sources().standing(source).orElseThrow();
    }

    private long ends(String source) {
        return acts("source.").stream()
                .filter(act -> act.contains("source=" + source)
                        && (act.startsWith("source.fetched")
                                || act.startsWith("source.failed")
                                || act.startsWith("source.taken")))
                .count();
    }

    List<String> acts(String kind) {
        var found = new ArrayList<String>();
        live.rooms().ledger().pages().all(record -> {
            if (record instanceof LedgerRecord.Act act && act.kind().startsWith(kind)) {
                found.add(act.kind() + " " + act.facts());
            }
        });
        return found;
    }

    int count(Entity entity) {
        return live.rooms().vault().relations().live(entity).getCardinality();
    }

    boolean has(Entity entity, String id) {
        int ordinal = live.rooms().vault().find(entity, SourcedId.of(id));
        return ordinal >= 0 && live.rooms().vault().relations().live(entity).contains(ordinal);
    }

    @Override
    public void close() throws IOException {
        courier.ifPresent(Courier::close);
        hatch.close();
        live.close();
    }
}
