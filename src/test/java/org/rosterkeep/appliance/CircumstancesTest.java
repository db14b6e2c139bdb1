package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;

@DisplayName("What the appliance refused whatever the rule said")
class CircumstancesTest {
    private static final String CLIENT = "alpha";
    private static final String INSIDE = "192.0.2.7";

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-10-05T06:30:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hands clock = new Hands();

    @TempDir
    Path directory;

    private LiveDistrict district;
    private String secret;

    @BeforeEach
    void furnish() throws IOException {
        district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
        var roster = new StirredRoster();
        roster.stir(new Random(1));
        roster.write(directory.resolve("roster"));
        district.take(directory.resolve("roster"), Set.copyOf(Papers.grantable()));
        district.sign(Papers.DISTRICT, Papers.VENDOR, Papers.agreement());
        var file = Papers.rule(Rules.whole("north").named(CLIENT).roles("student", "teacher"))
                .replaceFirst("\\{", "{\"ceiling\": {\"personsPerDay\": 10}, \"networks\": [\"192.0.2.0/24\"], ");
        secret = district.activate(List.of(file)).getFirst();
        clock.now = clock.now.plus(Duration.ofHours(3));
    }

    @AfterEach
    void close() {
        district.close();
    }

    private Outcome ask(String source, int limit) {
        clock.now = clock.now.plusSeconds(10);
        return district.rooms()
                .gate()
                .ask(new Inquiry(
                        new Recipient.Vendor(CLIENT),
                        Wire.V1P2,
                        "/users",
                        List.of(),
                        Collection.USERS,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false,
                        0,
                        limit,
                        LiveDistrict.ORIGIN + "/ims/oneroster/rostering/v1p2",
                        List.of(),
                        source));
    }

    private void gives() {
        assertInstanceOf(Outcome.Granted.class, ask(INSIDE, 3));
    }

    private Explanation explained(Instant at) {
        clock.now = at.isAfter(clock.now) ? at : clock.now;
        var rooms = district.rooms();
        return ExplainVerbs.past(
                rooms, rooms.timeMachine().at(at), CLIENT, SourcedId.of("p0"), Field.USER_USERNAME, at);
    }

    private void told(Explanation explanation, String floor) {
        var sentence = explanation.sentence();
        assertEquals(Explained.Verdict.NO, explanation.verdict(), sentence);
        assertTrue(sentence.startsWith("No. By its rule: yes: "), sentence);
        assertTrue(sentence.contains("But at that time all its requests were refused: " + floor), sentence);
        assertTrue(sentence.contains("ledger number"), sentence);
        assertFalse(explanation.json().build().getBoolean("given"));
    }

    @Test
    @DisplayName("is told of an address the rule does not name, also where no token was given, and only of that time")
    void address() {
        gives();
        var before = clock.now;
        assertEquals(new Outcome.Refused(Reason.ADDRESS_NOT_ALLOWED), ask("198.51.100.1", 3));
        var first = clock.now;
        clock.now = clock.now.plusSeconds(10);
        assertFalse(new Whereabouts(district.rooms().book(), district.rooms().ledger(), clock)
                .admits(CLIENT, "198.51.100.1"));
        var between = first.plusSeconds(5);
        var explanation = explained(between);
        told(explanation, "F08");
        var refused = explanation.refused().getFirst();
        assertEquals(first, refused.from());
        assertEquals(Optional.of(clock.now), refused.until());
        assertEquals(2, refused.numbers().size());
        assertTrue(explained(before).verdict() == Explained.Verdict.YES);
        gives();
        assertEquals(Explained.Verdict.YES, explained(clock.now).verdict());
        // Between an answer and a refusal nobody knows from where the client would have asked.
        var edge = explained(before.plusSeconds(5));
        assertEquals(Explained.Verdict.YES, edge.verdict());
        assertTrue(edge.reasons().stream()
                .anyMatch(line -> line.startsWith("Requests near that moment were refused: F08")));
    }

    @Test
    @DisplayName("is told of the day's number of persons that is reached")
    void persons() {
        gives();
        var left = explained(clock.now);
        assertTrue(left.departed().older() + left.departed().numbers().size() <= 1);
        assertEquals(new Outcome.Refused(Reason.PERSONS_PER_DAY), ask(INSIDE, 30));
        var first = clock.now;
        assertEquals(new Outcome.Refused(Reason.PERSONS_PER_DAY), ask(INSIDE, 30));
        told(explained(first), "F25");
        told(explained(first.plusSeconds(3)), "F25");
    }

    @Test
    @DisplayName(
            "is told of a clock that was moved back, until somebody vouched for it, and of a moment it showed twice")
    void clockMovedBack() {
        gives();
        var trusted = clock.now;
        clock.now = clock.now.minus(Duration.ofMinutes(10));
        assertInstanceOf(Outcome.Refused.class, ask(INSIDE, 3));
        var shown = clock.now;
        clock.now = trusted.plus(Duration.ofMinutes(5));
        assertInstanceOf(Outcome.Refused.class, ask(INSIDE, 3));
        var during = clock.now;
        clock.now = clock.now.plusSeconds(60);
        district.rooms().ledger().confirmClock("ada");
        told(explained(during), "F24");
        var twice = explained(trusted.minusSeconds(30));
        assertTrue(
                twice.reasons().stream().anyMatch(line -> line.startsWith("The clock showed this moment twice")),
                twice.reasons() + " " + shown);
        gives();
        assertEquals(Explained.Verdict.YES, explained(clock.now).verdict());
    }

    @Test
    @DisplayName("is told of a ledger that could not record it; of one that was mended, what is known")
    void ledger() {
        gives();
        clock.now = clock.now.plusSeconds(10);
        // As the ledger does by itself when it is full.
        district.rooms().ledger().record("ledger.full", "appliance", Map.of());
        clock.now = clock.now.plusSeconds(60);
        var full = clock.now;
        clock.now = clock.now.plusSeconds(60);
        district.rooms().ledger().record("ledger.room-again", "appliance", Map.of());
        gives();
        told(explained(full), "F20");
        assertEquals(Explained.Verdict.YES, explained(clock.now).verdict());
        var gap = clock.now.plus(Duration.ofHours(2));
        clock.now = clock.now.plus(Duration.ofHours(4));
        district.rooms().ledger().record("ledger.recovered", "appliance", Map.of());
        var explanation = explained(gap);
        assertEquals(Explained.Verdict.YES, explanation.verdict());
        assertTrue(explanation.reasons().stream().anyMatch(line -> line.contains("is not known")));
    }

    @Test
    @DisplayName("is told apart from what left: how often, with which numbers, under what; also after a restart")
    void left() throws IOException {
        gives();
        gives();
        var at = clock.now;
        var explanation = explained(at);
        var lines = String.join("\n", explanation.lines());
        assertTrue(lines.contains("version 1 of rule alpha, hash "), lines);
        assertTrue(lines.contains("under agreement an-agreement, resting on school_official (US-FERPA)"), lines);
        assertTrue(lines.contains("approved by signer-b on 2026-10-05T06:30:00Z"), lines);
        assertTrue(lines.contains("Looked at edition 1."), lines);
        assertFalse(secret.isEmpty());
        district.close();
        district = LiveDistrict.find(directory.resolve("home"), clock);
        assertEquals(lines, String.join("\n", explained(at).lines()));
        district.rooms().keys().rotate();
        while (!district.rooms().vault().reseal(200)) {}
        assertEquals(lines, String.join("\n", explained(at).lines()));
        district.close();
        district = LiveDistrict.find(directory.resolve("home"), clock);
        assertEquals(lines, String.join("\n", explained(at).lines()));
    }
}
