package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;

@DisplayName("Sources, as people sign them")
class SourceBookTest {
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private final Signer ada = people.person("ada");
    private final Signer ben = people.person("ben");
    private SourceBook book = open();

    private SourceBook open() {
        return new RuleBook(shelf, journal, Charter.shipped(), Elements.of(Catalogue.shipped()), people, Children.FEW)
                .sources();
    }

    private static String example() throws IOException {
        try (InputStream in = SourceBook.class.getResourceAsStream("source.example.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private SourceBook.Listed put(String file) {
        return switch (book.put(file.getBytes(StandardCharsets.UTF_8), ada, NOW)) {
            case Checked.Sound<SourceBook.Listed>(SourceBook.Listed one) -> one;
            case Checked.Flawed<SourceBook.Listed>(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private List<Problem> problems(String file) {
        return switch (book.put(file.getBytes(StandardCharsets.UTF_8), ada, NOW)) {
            case Checked.Sound<SourceBook.Listed>(SourceBook.Listed one) -> throw new AssertionError(one.toString());
            case Checked.Flawed<SourceBook.Listed>(var problems) -> problems;
        };
    }

    @Test
    @DisplayName("takes two people, and is as it was after the program starts anew")
    void two() throws IOException {
        assertEquals("waits", put(example()).state());
        assertEquals(List.of(), book.active(NOW));
        assertEquals(
                RulesFault.Code.SAME_PERSON,
                assertThrows(RulesFault.class, () -> book.approve("sis", ada, NOW))
                        .code());
        Signer officer = people.person(
                "olga", EnumSet.allOf(Endorsement.Act.class), Set.of("data-protection-officer", "approver"));
        assertEquals(
                RulesFault.Code.OPINION_ONLY,
                assertThrows(RulesFault.class, () -> book.approve("sis", officer, NOW))
                        .code());
        Signer clerk = people.person("carl", EnumSet.noneOf(Endorsement.Act.class));
        assertEquals(
                RulesFault.Code.ROLE_MISSING,
                assertThrows(RulesFault.class, () -> book.approve("sis", clerk, NOW))
                        .code());
        assertEquals("in force", book.approve("sis", ben, NOW).state());
        assertEquals(1, book.active(NOW).size());
        assertEquals(0, book.active(Instant.parse("2027-07-31T00:00:00Z")).size(), "its time is over");
        var before = book.active(NOW).getFirst();
        book = open();
        assertEquals(before, book.active(NOW).getFirst());
        assertTrue(before.text().contains("\"token\":{\"country\":\"US\""), before.text());
    }

    @Test
    @DisplayName("a changed host is another text: the old one stays until somebody else has signed the new one")
    void changed() throws IOException {
        put(example());
        book.approve("sis", ben, NOW);
        put(example().replace("sis.example.org", "evil.example.org"));
        var service =
                (RosterSource.Service) book.active(NOW).getFirst().source().origin();
        assertEquals("sis.example.org", service.place().host());
        book.approve("sis", ben, NOW);
        assertEquals(
                "evil.example.org:443",
                book.active(NOW).getFirst().source().origin().text());
    }

    @Test
    @DisplayName("what somebody changed in the store is no source")
    void tampered() throws IOException {
        put(example());
        book.approve("sis", ben, NOW);
        String document = new String(shelf.get(SourceBook.KIND, "sis@00001").orElseThrow(), StandardCharsets.UTF_8);
        shelf.put(
                SourceBook.KIND,
                "sis@00001",
                document.replace("sis.example.org", "evil.example.org").getBytes(StandardCharsets.UTF_8));
        assertEquals(List.of(), open().list(NOW));
        shelf.put(SourceBook.KIND, "sis@00001", document.getBytes(StandardCharsets.UTF_8));
        assertEquals(1, open().active(NOW).size());
    }

    @Test
    @DisplayName("one person stops it at once, also on a full disk; retired, it takes signatures anew")
    void stopped() throws IOException {
        put(example());
        book.approve("sis", ben, NOW);
        shelf.full(true);
        assertThrows(IllegalStateException.class, () -> book.pause("sis", "ada"));
        assertEquals(List.of(), book.active(NOW));
        shelf.full(false);
        book.pause("sis", "ada");
        assertTrue(open().active(NOW).isEmpty());
        book.resume("sis", "ada");
        assertEquals(1, book.active(NOW).size());
        book.retire("sis", "ada");
        assertEquals("retired", book.find("sis", NOW).orElseThrow().state());
        assertTrue(open().active(NOW).isEmpty());
        assertEquals(2, put(example()).source().version());
        assertEquals("waits", book.find("sis", NOW).orElseThrow().state());
    }

    @Test
    @DisplayName("a folder of this machine takes one person, and has a name and no path")
    void folder() {
        String file = "{\"id\": \"f\", \"from\": \"2026-08-01\", \"until\": \"2027-08-01\","
                + " \"source\": {\"kind\": \"folder\", \"folder\": \"sis\"}}";
        assertEquals("in force", put(file).state());
        assertFalse(problems(file.replace("\"sis\"", "\"../../etc\"")).isEmpty());
        assertFalse(problems(file.replace("\"sis\"", "\"/etc\"")).isEmpty());
    }

    @Test
    @DisplayName("what is wrong with a file is told all at once, with its place")
    void flawed() throws IOException {
        String wrong = example()
                .replace("\"sis.example.org\",\n    \"port\": 443", "\"10.0.0.1\",\n    \"port\": 0")
                .replace("v1p2\"", "v1p2/\"")
                .replace("\"03:30\"", "\"soon\"")
                .replace("America/Chicago", "Chicago")
                .replace("\"sunday\"", "\"someday\"")
                .replace("\"orgs\", ", "\"results\", ");
        var places = problems(wrong).stream().map(Problem::pointer).toList();
        assertTrue(
                places.containsAll(List.of(
                        "/source/host",
                        "/source/port",
                        "/source/path",
                        "/dailyAt",
                        "/zone",
                        "/full",
                        "/collections/0")),
                places.toString());
        assertFalse(problems(example().replace("\"pageSize\"", "\"pagesize\"")).isEmpty());
    }

    @Test
    @DisplayName("the time of day and the day of the week are the district's")
    void timing() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        var daily = new RosterSource.Timing(
                new RosterSource.Often.Daily(LocalTime.of(2, 30)), berlin, Optional.of(DayOfWeek.SUNDAY));
        assertEquals(Instant.parse("2026-09-01T00:30:00Z"), daily.after(Instant.parse("2026-08-31T00:30:00Z")));
        assertEquals(Instant.parse("2026-09-01T00:30:00Z"), daily.after(Instant.parse("2026-08-31T22:30:00Z")));
        // There is no half past two in that night.
        assertEquals(Instant.parse("2027-03-28T01:30:00Z"), daily.after(Instant.parse("2027-03-27T12:00:00Z")));
        Instant friday = Instant.parse("2026-09-04T10:00:00Z");
        assertFalse(daily.fullDue(friday, Instant.parse("2026-09-05T21:59:00Z")));
        assertTrue(daily.fullDue(friday, Instant.parse("2026-09-05T22:00:00Z")), "it is Sunday in Berlin");
        Instant sunday = Instant.parse("2026-09-06T02:00:00Z");
        assertFalse(daily.fullDue(sunday, Instant.parse("2026-09-06T20:00:00Z")), "once that day");
        assertTrue(new RosterSource.Timing(daily.often(), berlin, Optional.empty()).fullDue(friday, friday));
    }
}
