package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.Confinement;
import org.rosterkeep.courier.Courier;
import org.rosterkeep.courier.Journal;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rules.Rule;

@DisplayName("From a whole district through the courier to a vendor's server")
class PushEndToEndTest {
    private static final MadeUpDistrict.Shape SHAPE =
            MadeUpDistrict.Shape.of(300).schools(2).demographics(false);

    /// The keep's; the courier has its own. Both are at the time of the machine when a test begins.
    private final HandClock clock = new HandClock(Instant.now());
    private Path home;
    private PushingDistrict town;
    private Receiver receiver;
    private Optional<Courier> courier = Optional.empty();

    @BeforeEach
    void open(@TempDir Path directory) throws IOException, GeneralSecurityException {
        home = directory;
        receiver = new Receiver(directory.resolve("vendor"));
        town = PushingDistrict.make(directory.resolve("town"), clock);
        town.roster(SHAPE);
    }

    @AfterEach
    void close() throws IOException {
        courier.ifPresent(Courier::close);
        town.close();
        receiver.close();
    }

    private Rule rule(String kind, String more) throws IOException {
        Rule rule = town.pushing(
                "{\"kind\": \"" + kind + "\", \"host\": \"" + Receiver.HOST + "\", \"port\": " + receiver.port()
                        + ", \"path\": \"/in\", \"internal\": true" + more + "}",
                "{\"everyMinutes\": 1}");
        courier(receiver.authority());
        return rule;
    }

    private void courier(Path authority) throws IOException {
        Path operators = home.resolve("operators.json");
        var all = Json.createArrayBuilder();
        var known = town.live.rooms().operators();
        known.list()
                .forEach(one -> all.add(Json.createObjectBuilder()
                        .add("district", town.live.rooms().name().text())
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
                                                .add("host", Receiver.HOST)
                                                .add("port", receiver.port())
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
                new Courier.Setting(town.socket, manifest, operators, Optional.of(authority), 2, true, "test"),
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

    private static void until(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (!what.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come to pass");
            Thread.sleep(20);
        }
    }

    private void delivered(Rule rule) throws InterruptedException {
        until(() -> town.live
                .rooms()
                .outbox()
                .standing(rule.id())
                .filter(one -> one.told().isPresent() && one.delivery().isEmpty())
                .isPresent());
    }

    private String last() {
        var all = town.ledger("push.");
        return all.isEmpty() ? "" : all.getLast();
    }

    private static String entry(byte[] zip, String name) throws IOException {
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    @Test
    @DisplayName(
            "everything as OneRoster files, then a delta with who left; each with its id, and the key that was seen")
    void files() throws Exception {
        Rule rule = rule("https-zip", "");
        var first = receiver.next();
        assertEquals("application/zip", first.type());
        assertTrue(entry(first.body(), "manifest.csv").contains("file.users,bulk"));
        delivered(rule);
        assertTrue(last().contains(first.key()) && last().contains("pin="), last());

        town.live.rooms().rights().taking().restrict(town.somebody(), "made up", new Act("anna", clock.instant()));
        clock.forward(Duration.ofMinutes(2));
        var second = receiver.next();
        assertFalse(second.key().equals(first.key()));
        String users = entry(second.body(), "users.csv");
        assertTrue(users.contains(",tobedeleted,") && users.contains("Withheld"), users);
        delivered(rule);
    }

    @Test
    @DisplayName("JSON, whose every field the courier has looked at")
    void json() throws Exception {
        Rule rule = rule("https-json", "");
        var got = receiver.next();
        var body = PushingDistrict.json(new String(got.body(), StandardCharsets.UTF_8));
        assertFalse(body.getJsonArray("users").isEmpty());
        assertFalse(body.getJsonArray("enrollments").isEmpty());
        delivered(rule);
    }

    @Test
    @DisplayName("a webhook arrives with nothing of anybody")
    void webhook() throws Exception {
        Rule rule = rule("webhook", "");
        var got = receiver.next();
        assertEquals(
                java.util.Set.of("event", "rule", "at", "collections"),
                PushingDistrict.json(new String(got.body(), StandardCharsets.UTF_8))
                        .keySet());
        delivered(rule);
    }

    @Test
    @DisplayName("a server that fails gets the same again under the same id")
    void fails() throws Exception {
        receiver.manner = Receiver.Manner.FAILS;
        Rule rule = rule("https-zip", "");
        var first = receiver.next();
        until(() -> last().startsWith("push.failed"));
        receiver.manner = Receiver.Manner.TAKES;
        clock.forward(Duration.ofMinutes(1));
        var second = receiver.next();
        assertEquals(first.key(), second.key());
        assertArrayEquals(first.body(), second.body());
        delivered(rule);
    }

    @Test
    @DisplayName("a server that is busy is left alone as long as it asks")
    void busy() throws Exception {
        receiver.manner = Receiver.Manner.BUSY;
        Rule rule = rule("https-zip", "");
        receiver.next();
        until(() -> last().startsWith("push.failed") && last().contains("429"));
        receiver.manner = Receiver.Manner.TAKES;
        clock.forward(Duration.ofMinutes(90));
        assertTrue(receiver.nothing());
        clock.forward(Duration.ofMinutes(40));
        receiver.next();
        delivered(rule);
    }

    @Test
    @DisplayName("a redirect is not followed, and given up")
    void redirects() throws Exception {
        receiver.manner = Receiver.Manner.REDIRECTS;
        Rule rule = rule("https-zip", "");
        receiver.next();
        until(() -> last().startsWith("push."));
        Thread.sleep(500);
        assertEquals(0, receiver.elsewhere.get());
        assertTrue(last().contains("redirected"), last());
        assertEquals(Optional.empty(), town.standing(rule).told());
    }

    @Test
    @DisplayName("F08: a certificate of another authority, or another key than was signed for, gets nothing")
    void certificate() throws Exception {
        town.pushing(
                "{\"kind\": \"https-zip\", \"host\": \"" + Receiver.HOST + "\", \"port\": " + receiver.port()
                        + ", \"path\": \"/in\", \"internal\": true}",
                "{\"everyMinutes\": 1}");
        try (var other = new Receiver(home.resolve("other"))) {
            courier(other.authority());
            until(() -> last().contains("tls-certificate"));
        }
        assertTrue(receiver.nothing());
        assertTrue(town.ledger("push.").stream().noneMatch(one -> one.startsWith("entry")), "nothing was disclosed");
    }

    @Test
    @DisplayName("F08: another key than was signed for gets nothing, whoever vouches for it")
    void pin() throws Exception {
        rule("https-zip", ", \"pin\": \"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"");
        until(() -> last().contains("tls-pin"));
        assertTrue(receiver.nothing());
    }

    @Test
    @DisplayName("a rule that is revoked while the server hangs ends the transfer within seconds")
    void revokedWhileHanging() throws Exception {
        town.roster(MadeUpDistrict.Shape.of(3000).schools(1).demographics(false));
        receiver.manner = Receiver.Manner.HANGS;
        Rule rule = rule("https-json", "");
        assertTrue(receiver.begun.await(40, TimeUnit.SECONDS));
        long before = System.nanoTime();
        town.live.rooms().book().revoke(rule.id(), "anna");
        until(() -> last().startsWith("push.stopped"));
        assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(15));
        assertTrue(town.ledger("push.").stream().anyMatch(one -> one.contains("/users 202")));
        assertEquals(Optional.empty(), town.standing(rule).told());
        assertTrue(receiver.nothing());
    }

    @Test
    @DisplayName("a courier that dies under way leaves a delivery that may have arrived, and comes again under its id")
    void courierDies() throws Exception {
        town.roster(MadeUpDistrict.Shape.of(3000).schools(1).demographics(false));
        receiver.manner = Receiver.Manner.HANGS;
        Rule rule = rule("https-json", "");
        assertTrue(receiver.begun.await(40, TimeUnit.SECONDS));
        String id = town.standing(rule).delivery().orElseThrow().id();
        courier.orElseThrow().close();
        until(() -> last().startsWith("push.unknown") || last().startsWith("push.failed"));
        assertEquals(Optional.empty(), town.standing(rule).told());
        receiver.manner = Receiver.Manner.TAKES;
        courier(receiver.authority());
        clock.forward(Duration.ofMinutes(1));
        assertEquals(id, receiver.next().key());
        delivered(rule);
    }
}
