package org.rosterkeep.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.intake.Limits;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.outbound.Fetch;
import org.rosterkeep.outbound.PushSecrets;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.rules.Elements;
import org.rosterkeep.rules.People;
import org.rosterkeep.rules.RuleBook;

@DisplayName("When a source is asked")
class SourcesTest {
    private static final String FILE = """
        {"id": "sis", "from": "2026-01-01", "until": "2030-01-01",
         "source": {"kind": "sis-get", "host": "sis.example.org", "port": 443, "path": "/or", "country": "US"},
         "collections": ["users"], "everyMinutes": 60, "pageSize": 2}\
        """;

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private final HandClock clock = new HandClock();
    private final RuleBook book =
            new RuleBook(shelf, journal, Charter.shipped(), Elements.of(Catalogue.shipped()), people, Children.FEW);
    private final PushSecrets secrets = PushSecrets.ofSources(shelf, journal);
    private final List<String> taken = new ArrayList<>();
    private long batch = 1;
    private Report.Outcome outcome = Report.Outcome.APPLIED;
    private Path directory;
    private Sources sources;

    @BeforeEach
    void open(@TempDir Path temporary) {
        directory = temporary;
        book.sources().put(FILE.getBytes(StandardCharsets.UTF_8), people.person("ada"), clock.instant());
        book.sources().approve("sis", people.person("ben"), clock.instant());
        secrets.put("sis", Secret.Part.TOKEN, "t", "ada");
        sources = start();
    }

    private Sources start() {
        return new Sources(
                "town",
                new Sources.Rooms(shelf, journal, book.sources(), secrets, new Taker(), directory, Optional.empty()),
                SourceSettings.shipped(),
                clock,
                new SecureRandom());
    }

    /// Intake, as far as it matters when: it reads everything.
    private final class Taker implements Taking {
        @Override
        public Report take(Source delivery, String actor) {
            try (var opened = delivery.open(Limits.shipped());
                    var users = opened.files().contains("users.csv")
                            ? opened.read("users.csv")
                            : java.io.InputStream.nullInputStream();
                    var manifest = opened.read("manifest.csv")) {
                String mode = new String(manifest.readAllBytes(), StandardCharsets.UTF_8).contains("file.users,bulk")
                        ? "full "
                        : "delta ";
                if (outcome == Report.Outcome.APPLIED) {
                    taken.add(mode + new String(users.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
            return new Report(
                    "r1",
                    clock.instant(),
                    actor,
                    outcome,
                    batch,
                    "1.2",
                    "",
                    Map.of(),
                    Map.of(),
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    Map.of(),
                    List.of(),
                    Map.of());
        }

        @Override
        public long batch() {
            return batch;
        }
    }

    private List<Order> serve(String... bodies) {
        List<Order> orders = new ArrayList<>();
        for (String body : bodies) {
            Fetch fetch = sources.next().orElseThrow(() -> new AssertionError("nothing is asked"));
            orders.add(fetch.order());
            fetch.take(body.getBytes(StandardCharsets.UTF_8));
            fetch.ended(new Fetch.Ended(
                    Result.Outcome.DELIVERED,
                    "accepted",
                    Optional.of(200),
                    Duration.ZERO,
                    Map.of("content-type", "application/json", "x-total-count", "1"),
                    true));
        }
        sources.look();
        return orders;
    }

    private void fails() {
        Fetch fetch = sources.next().orElseThrow();
        fetch.ended(Fetch.Ended.of(Result.Outcome.REFUSED, "tls-certificate"));
        sources.look();
    }

    private static String one(String id) {
        return "{\"users\": [{\"sourcedId\": \"" + id + "\", \"status\": \"active\"}]}";
    }

    @Test
    @DisplayName("after a long silence it is asked once, and not once for each time that was missed")
    void silence() {
        sources.look();
        assertTrue(serve(one("a")).getFirst().target().path().startsWith("/or/users?limit=2&offset=0"));
        assertEquals(1, taken.size());
        sources.look();
        assertEquals(Optional.empty(), sources.next());
        clock.forward(Duration.ofHours(20));
        for (int n = 0; n < 5; n++) {
            sources.look();
        }
        assertTrue(serve(one("a"))
                .getFirst()
                .target()
                .path()
                .contains("filter=dateLastModified%3E%3D%272026-10-05T06%3A15"));
        for (int n = 0; n < 5; n++) {
            sources.look();
        }
        assertEquals(Optional.empty(), sources.next());
        assertEquals(2, taken.size());
        assertTrue(taken.get(0).startsWith("full ") && taken.get(1).startsWith("delta "), taken.toString());
    }

    @Test
    @DisplayName("a source that fails is asked later and later, is told, and is well again after one success")
    void backsOff() {
        Duration before = Duration.ZERO;
        for (int n = 1; n <= 5; n++) {
            sources.look();
            fails();
            Standing standing = sources.standing("sis").orElseThrow();
            assertEquals(n, standing.failures());
            assertEquals("tls-certificate", standing.last());
            Duration pause = Duration.between(clock.instant(), standing.notBefore());
            assertTrue(pause.compareTo(before) > 0, pause.toString());
            before = pause;
            clock.forward(pause.minusSeconds(1));
            sources.look();
            assertEquals(Optional.empty(), sources.next());
            clock.forward(Duration.ofSeconds(1));
        }
        assertEquals(1, sources.failing().size());
        sources.look();
        serve(one("a"));
        assertEquals(List.of(), sources.failing());
        assertEquals(0, sources.standing("sis").orElseThrow().failures());
    }

    @Test
    @DisplayName("a run that the end of the program cut short is lost, said so, and begun anew after a while")
    void restart() {
        sources.look();
        assertTrue(sources.next().isPresent());
        sources.close();
        sources = start();
        assertEquals("interrupted", sources.standing("sis").orElseThrow().last());
        sources.look();
        assertEquals(Optional.empty(), sources.next());
        clock.forward(Duration.ofMinutes(6));
        sources.look();
        serve(one("a"));
        assertEquals(1, taken.size());
    }

    @Test
    @DisplayName(
            "everything is asked for when somebody else imported, when the place is another, and when it is long ago")
    void everything() {
        sources.look();
        serve(one("a"));
        clock.forward(Duration.ofHours(1));
        batch = 2;
        sources.look();
        serve(one("a"));
        clock.forward(Duration.ofHours(1));
        sources.look();
        serve(one("a"));
        clock.forward(Duration.ofDays(20));
        sources.look();
        serve(one("a"));
        book.sources()
                .put(
                        FILE.replace("\"/or\"", "\"/other\"").getBytes(StandardCharsets.UTF_8),
                        people.person("ada"),
                        clock.instant());
        book.sources().approve("sis", people.person("ben"), clock.instant());
        clock.forward(Duration.ofHours(1));
        sources.look();
        assertTrue(serve(one("a")).getFirst().target().path().startsWith("/other/users"));
        assertEquals(
                List.of("full", "full", "delta", "full", "full"),
                taken.stream().map(text -> text.split(" ")[0]).toList());
    }

    @Test
    @DisplayName("an import that is running is waited for, and what was fetched is not asked for again")
    void waits() {
        outcome = Report.Outcome.BUSY;
        sources.look();
        serve(one("a"));
        sources.look();
        assertEquals(Optional.empty(), sources.next());
        assertEquals(List.of(), taken);
        outcome = Report.Outcome.APPLIED;
        sources.look();
        assertEquals(1, taken.size());
    }

    @Test
    @DisplayName("one thing at a time is asked; what comes too late for a run that was stopped counts for nothing")
    void oneAtATime() {
        sources.look();
        Fetch fetch = sources.next().orElseThrow();
        assertEquals(Optional.empty(), sources.next());
        assertEquals(Optional.empty(), fetch.objection());
        book.sources().pause("sis", "ada");
        assertTrue(fetch.objection().isPresent());
        sources.look();
        fetch.take(one("a").getBytes(StandardCharsets.UTF_8));
        fetch.ended(new Fetch.Ended(
                Result.Outcome.DELIVERED,
                "accepted",
                Optional.of(200),
                Duration.ZERO,
                Map.of("content-type", "application/json"),
                true));
        sources.look();
        assertEquals(List.of(), taken);
        assertFalse(sources.papers().containsKey("sis"));
    }

    @Test
    @DisplayName(
            "what came is rows of a file: quotes, commas, lists and line breaks as a file has them, a password never")
    void rows() {
        sources.look();
        serve("{\"users\": [{\"sourcedId\": \"a\", \"enabledUser\": true, \"givenName\": \"O\\\"Neil,\\nJ\","
                + " \"password\": \"hunter2\", \"grades\": [\"01\", \"02\"], \"preferredFirstName\": \"Jo\","
                + " \"userIds\": [{\"type\": \"LDAP\", \"identifier\": \"x\"}], \"agents\": [{\"sourcedId\": \"b\"}],"
                + " \"primaryOrg\": {\"sourcedId\": \"o\"}, \"metadata\": {\"x\": [1]}, \"sms\": null}]}");
        assertEquals(
                "full sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,"
                        + "identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,"
                        + "resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,"
                        + "primaryOrgSourcedId,pronouns\r\n"
                        + "a,,,true,,{LDAP:x},\"O\"\"Neil, J\",,,,,,,b,\"01,02\",,,,Jo,,,o,\r\n",
                taken.getFirst());
    }

    @Test
    @DisplayName("a run has an end, however slow the other side is")
    void slow() {
        sources.look();
        for (int n = 0; n < 20 && sources.standing("sis").orElseThrow().failures() == 0; n++) {
            sources.next()
                    .ifPresent(fetch -> fetch.ended(new Fetch.Ended(
                            Result.Outcome.FAILED, "busy", Optional.of(503), Duration.ofMinutes(14), Map.of(), false)));
            clock.forward(Duration.ofMinutes(15));
            sources.look();
        }
        assertEquals("busy 503", sources.standing("sis").orElseThrow().last());
    }

    @Test
    @DisplayName("nothing is asked before its time has come")
    void early() {
        clock.stand(Instant.parse("2025-01-01T00:00:00Z"));
        sources.look();
        assertEquals(Optional.empty(), sources.next());
    }
}
