package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.PushStops;
import org.rosterkeep.rules.Rule;

@DisplayName("What is pushed, from the rule to the courier and back")
class PushLifeTest {
    private static final MadeUpDistrict.Shape SHAPE =
            MadeUpDistrict.Shape.of(300).schools(2).demographics(false);
    private static final MadeUpDistrict.Shape MORE =
            MadeUpDistrict.Shape.of(306).schools(2).demographics(false);
    private static final String EVERY = "{\"everyMinutes\": 10}";

    private final HandClock clock = new HandClock();
    private PushingDistrict town;
    private DoubleCourier courier;

    @BeforeEach
    void open(@TempDir Path home) throws IOException {
        town = PushingDistrict.make(home, clock);
        town.roster(SHAPE);
        courier = new DoubleCourier(town.socket);
    }

    @AfterEach
    void close() throws IOException {
        courier.close();
        town.close();
    }

    private Rule rule(String kind) {
        return town.pushing(PushingDistrict.target(kind), EVERY);
    }

    private static void until(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
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

    private static String entry(byte[] zip, String name) throws IOException {
        try (var in = new ZipInputStream(new java.io.ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(name)) {
                    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                }
            }
        }
        return "";
    }

    @Test
    @DisplayName("first everything, then what changed; on record before, the outcome after, the cursor last")
    void bulkThenDelta() throws Exception {
        Rule rule = rule("https-zip");
        var first = courier.next();
        assertTrue(first.whole());
        assertTrue(entry(first.payload(), "manifest.csv").contains("file.users,bulk"));
        assertEquals(rule.hash(), sha256(first.order().grant().text()));
        assertTrue(first.order().grant().endorsements().size() >= 2);
        assertTrue(first.order().fields().get("user").contains("givenName"));
        assertEquals("application/zip", first.order().headers().get("content-type"));
        delivered(rule);
        var ledger = town.ledger("push.");
        assertTrue(
                ledger.getFirst().startsWith("entry ") && ledger.getFirst().contains("/orgs.csv 202"),
                ledger.toString());
        assertTrue(ledger.getLast().startsWith("push.delivered"), ledger.toString());
        assertTrue(ledger.getLast().contains(first.order().delivery()));

        town.roster(MORE);
        assertTrue(courier.nothing(), "nothing before its time");
        clock.forward(Duration.ofMinutes(11));
        var second = courier.next();
        String manifest = entry(second.payload(), "manifest.csv");
        assertTrue(manifest.contains("file.users,delta") && manifest.contains("file.orgs,absent"), manifest);
        assertNotEquals(first.order().delivery(), second.order().delivery());
        until(() -> town.ledger("push.delivered").stream()
                        .filter(one -> one.startsWith("push."))
                        .count()
                == 2);

        clock.forward(Duration.ofMinutes(11));
        assertTrue(courier.nothing(), "what was told is not told again");
    }

    private static String sha256(String text) throws java.security.GeneralSecurityException {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("a change the target may not see makes no delivery and moves nothing")
    void hidden() throws Exception {
        Rule rule = rule("https-json");
        courier.next();
        delivered(rule);
        var told = town.standing(rule).told();
        // Other e-mail addresses, which the rule does not give.
        town.roster(SHAPE.changed(0.5));
        clock.forward(Duration.ofMinutes(11));
        assertTrue(courier.nothing());
        assertEquals(told, town.standing(rule).told());
    }

    @Test
    @DisplayName("a target that fails is tried again later under the same id, with the same bytes, and then given up")
    void failing() throws Exception {
        courier.manner = order -> DoubleCourier.result(order, Result.Outcome.FAILED, Code.FAILED_THERE, 500);
        Rule rule = rule("https-zip");
        var first = courier.next();
        until(() -> town.standing(rule)
                .delivery()
                .filter(one -> one.attempts() == 1)
                .isPresent());
        assertTrue(courier.nothing(), "not at once");
        clock.forward(Duration.ofSeconds(40));
        var second = courier.next();
        assertEquals(first.order().delivery(), second.order().delivery());
        assertArrayEquals(first.payload(), second.payload());
        until(() -> town.standing(rule)
                .delivery()
                .filter(one -> one.attempts() == 2)
                .isPresent());
        clock.forward(Duration.ofSeconds(40));
        assertTrue(courier.nothing(), "longer each time");
        for (int attempt = 3; attempt <= 12; attempt++) {
            clock.forward(Duration.ofHours(8));
            courier.next();
            int now = attempt;
            until(() -> town.standing(rule)
                            .delivery()
                            .filter(one -> one.attempts() == now)
                            .isPresent()
                    || !town.standing(rule).dead().isEmpty());
        }
        var letter = town.standing(rule).dead().getFirst();
        assertEquals(List.of(12, "failed-there 500"), List.of(letter.attempts(), letter.how()));
        clock.forward(Duration.ofHours(8));
        assertTrue(courier.nothing(), "nobody tries any more");
        assertEquals(Optional.empty(), town.standing(rule).told());

        courier.manner = DoubleCourier::accepted;
        assertTrue(town.live.rooms().outbox().retry(rule.id(), "anna"));
        courier.next();
        delivered(rule);
        assertTrue(town.standing(rule).dead().isEmpty());
    }

    @Test
    @DisplayName("who asks to wait is waited for; who does not want it is not asked again with the same")
    void waiting() throws Exception {
        courier.manner = order -> Optional.of(new Result(
                order.delivery(),
                Result.Outcome.FAILED,
                Optional.of(429),
                Optional.of(7200),
                Code.BUSY,
                Optional.empty()));
        Rule rule = rule("https-zip");
        courier.next();
        until(() -> town.standing(rule)
                .delivery()
                .filter(one -> one.attempts() == 1)
                .isPresent());
        assertEquals(
                clock.instant().plusSeconds(7200),
                town.standing(rule).delivery().orElseThrow().notBefore());
        clock.forward(Duration.ofHours(2));
        courier.manner = order -> DoubleCourier.result(order, Result.Outcome.REFUSED, Code.NOT_ACCEPTED, 422);
        courier.next();
        until(() -> !town.standing(rule).dead().isEmpty());
        clock.forward(Duration.ofDays(1));
        assertTrue(courier.nothing());
        courier.manner = DoubleCourier::accepted;
        town.roster(MORE);
        clock.forward(Duration.ofMinutes(11));
        assertTrue(entry(courier.next().payload(), "manifest.csv").contains("file.users,bulk"), "something new is due");
    }

    @Test
    @DisplayName("a courier that will not has got nothing, and that is on record")
    void refusing() throws Exception {
        courier.manner = new DoubleCourier.Manner() {
            @Override
            public Optional<Refusal> refused(Order order) {
                return Optional.of(new Refusal(Code.GRANT_TARGET, "the text names another target"));
            }

            @Override
            public Optional<Result> ended(Order order) {
                return Optional.empty();
            }
        };
        Rule rule = rule("https-zip");
        courier.next();
        until(() -> !town.standing(rule).dead().isEmpty());
        assertTrue(town.ledger("push.").stream().noneMatch(one -> one.startsWith("entry")), "nothing was disclosed");
        assertTrue(town.ledger("push.refused").getLast().contains("code=grant-target"));
    }

    /// Holds a delivery at its first bytes until the test lets go.
    private final class Holding implements DoubleCourier.Manner {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void begun(Order order) throws InterruptedException {
            begun.countDown();
            goOn.await(30, TimeUnit.SECONDS);
        }

        @Override
        public Optional<Result> ended(Order order) {
            return DoubleCourier.accepted(order);
        }
    }

    private Rule large() throws IOException {
        town.roster(MadeUpDistrict.Shape.of(3000).schools(1).demographics(false));
        return rule("https-json");
    }

    @Test
    @DisplayName("a rule that is revoked breaks off what is under way; the entries say it may have been sent")
    void revoked() throws Exception {
        courier.manner = new Holding();
        var holding = (Holding) courier.manner;
        Rule rule = large();
        assertTrue(holding.begun.await(30, TimeUnit.SECONDS));
        town.live.rooms().book().revoke(rule.id(), "anna");
        Thread.sleep(1000);
        holding.goOn.countDown();
        var got = courier.next();
        assertTrue(got.stopped() && !got.whole());
        until(() -> town.ledger("push.stopped").getLast().startsWith("push.stopped"));
        assertTrue(town.ledger("push.").stream().anyMatch(one -> one.contains("/users 202")));
        assertTrue(town.ledger("push.stopped").getLast().contains("code=rule-not-active"));
        clock.forward(Duration.ofHours(1));
        assertTrue(courier.nothing());
        assertEquals(Optional.empty(), town.standing(rule).told());
    }

    @Test
    @DisplayName("a person whom a floor takes on the way is in no delivery that ends, nor in the next")
    void floors() throws Exception {
        var holding = new Holding();
        courier.manner = holding;
        Rule rule = large();
        assertTrue(holding.begun.await(30, TimeUnit.SECONDS));
        var rooms = town.live.rooms();
        var person = town.somebody();
        int user = rooms.vault().find(Entity.USER, person);
        assertTrue(rooms.behind()
                .editions()
                .current(rule, clock.instant())
                .live(Entity.USER)
                .contains(user));
        rooms.rights().taking().restrict(person, "made up", new Act("anna", clock.instant()));
        Thread.sleep(1000);
        holding.goOn.countDown();
        var broken = courier.next();
        assertTrue(broken.stopped() && !broken.whole());
        until(() -> !town.ledger("push.stopped").isEmpty()
                && town.ledger("push.stopped").getLast().startsWith("push.stopped"));
        courier.manner = DoubleCourier::accepted;
        clock.forward(Duration.ofSeconds(5));
        var next = courier.next();
        assertTrue(next.whole());
        assertNotEquals(broken.order().delivery(), next.order().delivery());
        delivered(rule);
        assertFalse(rooms.behind()
                .editions()
                .current(rule, clock.instant())
                .live(Entity.USER)
                .contains(user));
        assertEquals(
                rooms.behind()
                        .editions()
                        .current(rule, clock.instant())
                        .live(Entity.USER)
                        .getCardinality(),
                PushingDistrict.json(new String(next.payload(), StandardCharsets.UTF_8))
                        .getJsonArray("users")
                        .size());
    }

    @Test
    @DisplayName("a pause acts at once and takes two to end; what may be asked may still be asked")
    void paused() throws Exception {
        var holding = new Holding();
        courier.manner = holding;
        Rule rule = large();
        assertTrue(holding.begun.await(30, TimeUnit.SECONDS));
        var stops = town.live.rooms().book().pushStops();
        stops.pause(PushStops.vendor(rule.vendor()), "anna", clock.instant());
        Thread.sleep(1000);
        holding.goOn.countDown();
        assertTrue(courier.next().stopped());
        until(() -> town.ledger("push.stopped").getLast().startsWith("push.stopped"));
        courier.manner = DoubleCourier::accepted;
        clock.forward(Duration.ofMinutes(11));
        assertTrue(courier.nothing());
        var staff = town.live.staff();
        assertEquals(1, stops.resume(PushStops.vendor(rule.vendor()), staff.get(1), clock.instant()));
        assertThrows(
                RuntimeException.class,
                () -> stops.resume(PushStops.vendor(rule.vendor()), staff.get(1), clock.instant()));
        assertTrue(courier.nothing());
        assertEquals(0, stops.resume(PushStops.vendor(rule.vendor()), staff.get(2), clock.instant()));
        assertTrue(courier.next().whole());
    }

    @Test
    @DisplayName("what is not heard of again may have arrived: it is sent again under the same id with the same bytes")
    void unknown() throws Exception {
        courier.manner = order -> Optional.empty();
        Rule rule = rule("https-zip");
        var first = courier.next();
        until(() -> town.ledger("push.unknown").getLast().startsWith("push.unknown"));
        courier.manner = DoubleCourier::accepted;
        clock.forward(Duration.ofMinutes(1));
        var second = courier.next();
        assertEquals(first.order().delivery(), second.order().delivery());
        assertArrayEquals(first.payload(), second.payload());
        delivered(rule);
    }

    @Test
    @DisplayName("a courier that is not confined gets nothing")
    void unconfined() throws Exception {
        courier.close();
        try (var loose = new DoubleCourier(town.socket, Hello.Confined.NO)) {
            rule("https-zip");
            assertTrue(loose.nothing());
            assertFalse(town.said.isEmpty());
        }
    }

    @Test
    @DisplayName("a webhook carries word of a change and nothing of anybody")
    void webhook() throws Exception {
        Rule rule = rule("webhook");
        var got = courier.next();
        assertTrue(got.order().fields().isEmpty());
        var notice = PushingDistrict.json(new String(got.payload(), StandardCharsets.UTF_8));
        assertEquals("roster.changed", notice.getString("event"));
        delivered(rule);
        var ledger = town.ledger("push.");
        assertEquals(2, ledger.size(), ledger.toString());
        assertTrue(ledger.getFirst().contains("/notice 202"));
    }

    @Test
    @DisplayName("a ceiling of persons holds for what is sent: beyond it nothing is, and it is on record")
    void ceiling() throws Exception {
        var papers = town.papers();
        town.live.sign(PushingDistrict.DISTRICT, papers.vendorFile(), papers.agreementFile());
        var file = PushingDistrict.rule(papers.ruleFile(), PushingDistrict.target("https-zip"), EVERY)
                .replaceFirst("\\{", "{\"ceiling\": {\"personsPerDay\": 10}, ");
        town.live.approve(file);
        var got = courier.next();
        assertTrue(got.stopped() && got.payload().length == 0);
        until(() -> town.ledger("push.stopped").getLast().contains("code=persons-per-day"));
        assertTrue(town.ledger("push.").stream().anyMatch(one -> one.contains(" 403 PERSONS_PER_DAY")));
    }

    @Test
    @DisplayName("after a restart the cursor is where it was")
    void restart() throws Exception {
        Rule rule = rule("https-zip");
        courier.next();
        delivered(rule);
        var told = town.standing(rule).told();
        town.close();
        town = PushingDistrict.find(town.home, clock);
        assertEquals(told, town.standing(rule).told());
        clock.forward(Duration.ofMinutes(11));
        assertTrue(courier.nothing());
    }
}
