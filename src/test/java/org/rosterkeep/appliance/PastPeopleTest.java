package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

@DisplayName("Explaining the past of people who come and go says")
class PastPeopleTest {
    private static final String CLIENT = "alpha";
    private static final String COMES = "p1";
    private static final String GOES = "p4";
    private static final String STAYS = "p0";

    private final HandClock clock = new HandClock();

    @TempDir
    Path directory;

    private LiveDistrict district;
    private String secret;
    private Instant before;
    private Instant first;
    private Instant second;
    private Instant third;

    @BeforeEach
    void live() throws IOException {
        before = clock.instant().minus(Duration.ofDays(30));
        district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
        deliver("first", COMES);
        district.sign(Papers.DISTRICT, Papers.VENDOR, Papers.agreement());
        secret = district.activate(List.of(Papers.rule(Rules.whole("north")
                        .named(CLIENT)
                        .roles("student", "teacher")
                        .passingIdsThrough())))
                .getFirst();
        first = asked();
        deliver("second", "nobody");
        second = asked();
        deliver("third", GOES);
        third = asked();
    }

    @AfterEach
    void close() {
        district.close();
    }

    /// A delivery with everybody but one.
    private void deliver(String name, String but) throws IOException {
        clock.forward(Duration.ofDays(7));
        var folder = directory.resolve(name);
        new StirredRoster().write(folder);
        for (var file : List.of("users.csv", "demographics.csv", "enrollments.csv")) {
            var lines = Files.readAllLines(folder.resolve(file));
            lines.removeIf(line -> List.of(line.split(",")).contains(but));
            Files.write(folder.resolve(file), lines);
        }
        assertEquals(0, district.take(folder, Set.copyOf(Papers.grantable())).quarantined());
    }

    private Instant asked() {
        clock.forward(Duration.ofHours(1));
        var at = clock.instant();
        var answered = Answered.ask(district, CLIENT, secret, at);
        assertTrue(
                answered.values().containsKey(STAYS), answered.values().keySet().toString());
        clock.forward(Duration.ofHours(1));
        return at;
    }

    private List<String> told(String person, Instant at) {
        var rooms = district.rooms();
        var id = SourcedId.of(person);
        var lines = new ArrayList<>(ExplainVerbs.known(rooms, id, Optional.of(at)));
        lines.addAll(ExplainVerbs.past(rooms, rooms.timeMachine().at(at), CLIENT, id, Field.USER_USERNAME, at)
                .lines());
        return lines;
    }

    private static void no(List<String> lines, long edition) {
        assertTrue(
                lines.contains("No: edition " + edition + ", which the client was given then, had no such record of the"
                        + " person among its users."),
                lines.toString());
    }

    private static void yes(List<String> lines) {
        assertTrue(lines.contains("Yes: user.username, as it is."), lines.toString());
    }

    @Test
    @DisplayName("of somebody who came later, that the edition of the time did not have them, and nothing had left")
    void cameLater() {
        var lines = told(COMES, first);
        no(lines, 1);
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("It left ")), lines.toString());
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("The person has left")), lines.toString());
        yes(told(COMES, second));
    }

    @Test
    @DisplayName("of somebody who had left by then, the same, that they are gone now too, and what had left before")
    void hadLeft() {
        yes(told(GOES, second));
        var lines = told(GOES, third);
        no(lines, 3);
        assertEquals("The person has left the roster by now.", lines.getFirst());
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("It left 2 times: ledger numbers ")), lines.toString());
    }

    @Test
    @DisplayName("of a moment before there was a district, that there was none, and nothing could leave")
    void beforeTheDistrict() {
        var lines = told(STAYS, before);
        assertTrue(
                lines.getFirst()
                        .startsWith("The ledger begins on 2026-10-05T06:30:00Z. Unless one before it was set"
                                + " aside, there was no district here at that moment, and nothing could leave."),
                lines.toString());
        assertEquals("No: there is no client of this name, or it is revoked.", lines.get(1));
        assertFalse(lines.stream().anyMatch(line -> line.startsWith("It left ")), lines.toString());
    }

    @Test
    @DisplayName("of somebody who never was in the roster, that nobody of that sourcedId is known")
    void never() {
        assertTrue(
                told("p999", second).getFirst().startsWith("The district knows nobody of that sourcedId"),
                told("p999", second).toString());
    }
}
