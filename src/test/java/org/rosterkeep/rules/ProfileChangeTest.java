package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;

@DisplayName("The district's profile")
class ProfileChangeTest {
    private static final String RULE = "reading-app-names";
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final String FULL = """
        {"legalName": "Example School District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA", "US-UT"],
         "localised": true, "region": "Utah", "timeZone": "America/Denver", "languages": ["en", "es"],
         "holidays": ["2026-11-26", "2026-12-25"],
         "privacyContact": {"name": "Privacy Office", "address": "privacy@district.example"},
         "dataProtectionOfficer": {"name": "Officer", "address": "officer@district.example"},
         "studentDataManager": {"name": "Data Office", "address": "data@district.example"},
         "regulator": {"name": "State Board", "address": "https://board.example/complaints"},
         "insurance": {"insurer": "Example Mutual", "policy": "P-7", "until": "2027-01-31"},
         "statements": {"bill_of_rights": "web site, rights"},
         "directory": {"by": "the school board", "on": "2026-05-12", "notice": "web site and letter",
           "noticed": "2026-08-01", "optOutUntil": "2026-08-31", "elements": ["name.given", "id.username"],
           "secondFactor": {"id.username": "a one-time code"}, "limit": {"purposes": ["library"]},
           "statements": {"boardMeeting": "12 May 2026, item 4"}}}
        """;

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private RuleBook book = open();

    private RuleBook open() {
        return new RuleBook(shelf, journal, Charter.shipped(), Elements.of(Catalogue.shipped()), people, Children.FEW);
    }

    @BeforeEach
    void running() {
        var ada = people.person("ada");
        book.papers().putController(RuleBookTest.example("district"), "ada");
        book.papers().putVendor(RuleBookTest.example("vendor"), "ada");
        book.papers().putAgreement(RuleBookTest.example("agreement"), "ada");
        assertInstanceOf(Checked.Sound.class, book.draft(RuleBookTest.example("rule"), "ada", NOW));
        book.submit(RULE, 1, ada, NOW);
        book.approve(RULE, 1, people.person("ben"), NOW);
        assertTrue(gives());
    }

    private boolean gives() {
        var ask = new Ask(new Recipient.Vendor(RULE), Entity.USER, Set.of(), Set.of());
        return book.decide(ask, NOW) instanceof Decision.Allow;
    }

    private List<String> stopping(Controller next) {
        return book.consequences(next, NOW).stream()
                .map(one -> one.what() + " " + one.id())
                .toList();
    }

    private Controller read(String text) {
        return switch (book.papers().read(text.getBytes(StandardCharsets.UTF_8))) {
            case Checked.Sound<Controller>(Controller one) -> one;
            case Checked.Flawed<Controller>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private List<String> flaws(String text) {
        return switch (book.papers().read(text.getBytes(StandardCharsets.UTF_8))) {
            case Checked.Sound<Controller> sound -> List.of();
            case Checked.Flawed<Controller>(List<Problem> problems) ->
                problems.stream().map(Problem::pointer).toList();
        };
    }

    @Test
    @DisplayName(
            "with a pack more: it is shown what would stop, nothing stops; then it is made, and it stops (T-PACK-2)")
    void packOn() {
        for (String pack : List.of("EU", "US-NY", "US-UT", "US-COPPA")) {
            var next = book.profile().with(pack);
            assertTrue(stopping(next).contains("rule " + RULE), pack);
            book.consequences(next, NOW).forEach(one -> assertFalse(one.why().isEmpty(), pack));
            assertTrue(gives(), pack);
        }
        var next = book.profile().with("US-NY");
        assertEquals(List.of("rule " + RULE, "agreement reading-app-2026"), stopping(next));
        assertTrue(book.consequences(next, NOW).getLast().why().toString().contains("encryption"));
        book.profile().make(next, "ada");
        assertFalse(gives());
        book = open();
        assertFalse(gives());
        assertEquals(
                Set.of("US-FERPA", "US-NY"),
                book.papers().controller().orElseThrow().packs());
        assertEquals(List.of(), stopping(next), "what stopped already is not told again");
    }

    @Test
    @DisplayName("with a pack that asks for nothing new: nothing would stop, and nothing does")
    void harmless() {
        var next = book.profile().with("US-FL");
        assertEquals(List.of("rule " + RULE), stopping(next), "the review of the online service is not stated");
        String vendor = new String(RuleBookTest.example("vendor"), StandardCharsets.UTF_8)
                .replaceFirst("\\{", "{\"statements\": {\"service_review\": \"review 3, 2026-06-01\"},");
        assertInstanceOf(Checked.Sound.class, book.papers().putVendor(vendor.getBytes(StandardCharsets.UTF_8), "ada"));
        assertEquals(List.of(), stopping(next));
        book.profile().make(next, "ada");
        assertTrue(gives());
    }

    @Test
    @DisplayName("with a pack less: one person proposes, nothing changes, the same person cannot agree, another can")
    void packOff() {
        book.profile().make(book.profile().with("US-NY"), "ada");
        var next = book.profile().without("US-NY").orElseThrow();
        assertTrue(book.profile().loosens(next));
        assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.profile().make(next, "ada")));
        assertEquals(RulesFault.Code.NOTHING_WAITS, fault(() -> book.profile().approve(next, "ben")));
        book.profile().propose(next, "ada");
        assertFalse(gives());
        assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.profile().approve(next, "ada")));
        book = open();
        assertEquals("ada", book.profile().waiting().orElseThrow().by());
        var other = read(FULL);
        assertEquals(RulesFault.Code.NOTHING_WAITS, fault(() -> book.profile().approve(other, "ben")));
        book.profile().approve(next, "ben");
        assertTrue(gives());
        assertEquals(Optional.empty(), book.profile().waiting());
        assertEquals(Optional.empty(), book.profile().without("US-FERPA"));
    }

    private static RulesFault.Code fault(Runnable act) {
        return assertThrows(RulesFault.class, act::run).code();
    }

    @Test
    @DisplayName("loosens when it lets go of localisation, moves, becomes private or designates more")
    void loosens() {
        var now = read(FULL);
        book.papers().putController(FULL.getBytes(StandardCharsets.UTF_8), "ada");
        assertFalse(book.profile().loosens(now));
        assertFalse(book.profile().loosens(read(FULL.replace("State Board", "Another Board"))));
        for (String looser : List.of(
                FULL.replace("\"localised\": true", "\"localised\": false"),
                FULL.replace("\"country\": \"US\"", "\"country\": \"CA\""),
                FULL.replace("public-authority", "private"),
                FULL.replace(", \"US-UT\"", ""),
                FULL.replace("[\"name.given\", ", "[\"name.given\", \"name.family\", "))) {
            assertTrue(book.profile().loosens(read(looser)), looser);
        }
    }

    @Test
    @DisplayName("keeps everything it says, and what is shown can be put again")
    void roundTrip() {
        var one = read(FULL);
        String shown = book.papers().text(one);
        assertEquals(one, read(shown));
        assertEquals(shown, book.papers().text(read(shown)));
        for (String word :
                List.of("America/Denver", "Example Mutual", "board.example", "2026-11-26", "one-time code")) {
            assertTrue(shown.contains(word), word);
        }
        assertEquals(
                Set.of("US-FERPA"),
                read(FULL.replace("\"packs\": [\"US-FERPA\", \"US-UT\"]", "\"regimes\": [\"US-FERPA\"]"))
                        .packs());
    }

    @Test
    @DisplayName("says where it is wrong")
    void wrong() {
        assertEquals(List.of("/timeZone"), flaws(FULL.replace("America/Denver", "Utah")));
        assertEquals(List.of("/packs"), flaws(FULL.replace("\"US-FERPA\", ", "")));
        assertEquals(List.of("/packs/0"), flaws(FULL.replace("[\"US-FERPA\"", "[\"US-FERPPA\", \"US-FERPA\"")));
        assertEquals(List.of("/holidays/0"), flaws(FULL.replace("2026-11-26", "2026-11-31")));
        assertEquals(List.of("/directory/elements"), flaws(FULL.replace("name.given", "demo.race")));
        assertEquals(List.of("/directory/elements"), flaws(FULL.replace("\"id.username\": \"a", "\"id.local\": \"a")));
        assertEquals(List.of("/directory/optOutUntil"), flaws(FULL.replace("2026-08-31", "2026-07-31")));
        assertEquals(List.of("/statements/sale"), flaws(FULL.replace("bill_of_rights", "sale")));
    }
}
