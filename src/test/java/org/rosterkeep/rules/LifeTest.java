package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;

/// The life of a rule (privacy.md section 2.2), from draft to revocation, at its boundary seconds.
class LifeTest {
    private static final String NAME = "reading-app-names";
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final int NOTICE = Charter.shipped().life().noticeMaterial();
    private static final Ask USERS = new Ask(new Recipient.Vendor(NAME), Entity.USER, Set.of(), Set.of());
    private static final String OFFICER = "data-protection-officer";

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private final Signer ada = people.person("ada");
    private final Signer ben = people.person("ben");
    private final Signer cleo = people.person("cleo");
    private Population population = Children.FEW;
    private RuleBook book = open();

    private RuleBook open() {
        return new RuleBook(
                shelf,
                journal,
                Charter.shipped(),
                Elements.of(Catalogue.shipped()),
                people,
                (rule, now) -> population.share(rule, now));
    }

    @BeforeEach
    void papers() {
        sound(book.papers().putController(RuleBookTest.example("district"), "ada"));
        sound(book.papers().putVendor(RuleBookTest.example("vendor"), "ada"));
        sound(book.papers().putAgreement(RuleBookTest.example("agreement"), "ada"));
    }

    private static <T> T sound(Checked<T> read) {
        return switch (read) {
            case Checked.Sound<T>(T value) -> value;
            case Checked.Flawed<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> flaws(Checked<?> read) {
        return switch (read) {
            case Checked.Sound<?> sound -> throw new AssertionError("nothing was wrong");
            case Checked.Flawed<?>(List<Problem> problems) ->
                problems.stream().map(Problem::pointer).toList();
        };
    }

    private Checked<Proposal> draft(UnaryOperator<String> change, Instant now) {
        return book.draft(RuleBookTest.example("rule", change), "ada", now);
    }

    private Version propose(UnaryOperator<String> change, Instant now) {
        int version = sound(draft(change, now)).rule().version();
        return book.submit(NAME, version, ada, now);
    }

    private Version approve(UnaryOperator<String> change, Instant now, Signer... signers) {
        Version version = propose(change, now);
        for (Signer signer : signers) {
            version = book.approve(NAME, version.rule().version(), signer, now);
        }
        return version;
    }

    private void running() {
        assertEquals(Life.ACTIVE, approve(text -> text, NOW, ben).life());
    }

    private static UnaryOperator<String> from(Instant start) {
        return text -> text.replace("\"from\": \"2026-08-01\"", "\"from\": \"" + start + "\"");
    }

    private static UnaryOperator<String> wider(Instant start) {
        return text -> from(start).apply(text).replace("[\"03\", \"04\"]", "[\"03\", \"04\", \"05\"]");
    }

    private int gives(Instant now) {
        return book.decide(USERS, now) instanceof Decision.Allow allow
                ? allow.rule().version()
                : 0;
    }

    private Life life(int version, Instant now) {
        return book.version(NAME, version, now).orElseThrow().life();
    }

    private static RulesFault.Code fault(Runnable act) {
        return assertThrows(RulesFault.class, act::run).code();
    }

    private void restart() {
        int before = gives(NOW);
        book = open();
        assertEquals(before, gives(NOW), "a restart changed the decision");
    }

    @Test
    @DisplayName("data up to the last second of the rule and none from its end on (F02)")
    void boundary() {
        running();
        Instant until = Instant.parse("2027-07-31T00:00:00Z");
        assertEquals(1, gives(until.minusSeconds(1)));
        assertEquals(new Decision.Deny(Reason.RULE_EXPIRED), book.decide(USERS, until));
        assertEquals(Life.EXPIRED, life(1, until));
        assertEquals(1, gives(NOW));
        assertEquals(
                new Decision.Deny(Reason.RULE_NOT_STARTED),
                book.decide(USERS, NOW.minusSeconds(1)),
                "nothing is in force before the last signature");
    }

    @Nested
    @DisplayName("notice")
    class Notice {
        private final Instant start = NOW.plus(NOTICE, ChronoUnit.DAYS);

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "people | [\"03\", \"04\"] | [\"03\", \"04\", \"05\"]",
                    "schools | [\"school-1\"] | [\"school-1\", \"school-2\"]",
                    "everybody below | \"subOrgs\": false | \"subOrgs\": true",
                    "roles | \"student\", \"teacher\" | \"student\", \"teacher\", \"aide\"",
                    "a purpose | instruction_content | library",
                    "a whole name | \"familyName\": \"initial\" | \"familyName\": \"as-is\"",
                })
        @DisplayName("a change that adds something to a running rule is announced for the days of the data file")
        void material(String what, String before, String after) {
            running();
            UnaryOperator<String> change = text -> text.replace(before, after);
            assertEquals(List.of("/from"), flaws(draft(change, NOW)), what);
            assertEquals(
                    List.of("/from"),
                    flaws(draft(text -> from(start.minusSeconds(1)).apply(change.apply(text)), NOW)));
            Version two = approve(text -> from(start).apply(change.apply(text)), NOW, ben);
            assertEquals(Life.NOTICE, two.life());
            assertEquals(Optional.of(start), two.starts());
            assertFalse(book.widening(NAME, 2, NOW).isEmpty());
        }

        @Test
        @DisplayName("what takes away needs none, and is in force at once when it is cleared")
        void narrower() {
            running();
            Version two = approve(text -> text.replace("[\"03\", \"04\"]", "[\"03\"]"), NOW, ben);
            assertEquals(Life.HELD, two.life());
            book.clear(two.rule(), "appliance", NOW);
            assertEquals(2, gives(NOW));
            restart();
        }

        @Test
        @DisplayName("the old version goes on to the last second of the notice, and the new one takes over then")
        void goesOn() {
            running();
            Version two = approve(wider(start), NOW, ben);
            book.clear(two.rule(), "appliance", NOW);
            assertEquals(1, gives(start.minusSeconds(1)));
            assertEquals(2, gives(start));
            restart();
            assertEquals(Life.SUPERSEDED, life(1, start));
        }

        @Test
        @DisplayName("counts from the last signature: whoever approves later starts it later")
        void late() {
            running();
            Version two = propose(wider(start), NOW);
            Instant late = NOW.plus(3, ChronoUnit.DAYS);
            assertEquals(
                    Optional.of(late.plus(NOTICE, ChronoUnit.DAYS)),
                    book.approve(NAME, two.rule().version(), ben, late).starts());
        }

        @Test
        @DisplayName("is not given when something else took over meanwhile and the change became one that adds")
        void overtaken() {
            running();
            propose(text -> text.replace("[\"03\", \"04\"]", "[\"03\"]"), NOW);
            Version three = propose(text -> text, NOW);
            book.approve(NAME, 2, ben, NOW);
            assertEquals(Life.SUBMITTED, three.life());
            assertEquals(RulesFault.Code.NO_LONGER_ALLOWED, fault(() -> book.approve(NAME, 3, ben, NOW)));
        }
    }

    @Nested
    @DisplayName("signatures")
    class Signatures {
        private final Signer officer = person("dora", OFFICER, "approver");

        private Signer person(String name, String... roles) {
            return people.person(name, EnumSet.allOf(Endorsement.Act.class), Set.of(roles));
        }

        @Test
        @DisplayName(
                "one more when the rule is about more children than the data file's share, or nobody can count them")
        void population() {
            population = (rule, now) -> Optional.of(new Population.Share(10, 100));
            assertEquals(1, propose(text -> text, NOW).approversNeeded());
            population = (rule, now) -> Optional.of(new Population.Share(11, 100));
            assertEquals(RulesFault.Code.NO_LONGER_ALLOWED, fault(() -> book.approve(NAME, 1, ben, NOW)));
            assertEquals(2, propose(text -> text, NOW).approversNeeded());
            population = Population.UNKNOWN;
            Version three = propose(text -> text, NOW);
            assertEquals(2, three.approversNeeded());
            assertEquals(Life.SUBMITTED, book.approve(NAME, 3, ben, NOW).life());
            assertEquals(Life.ACTIVE, book.approve(NAME, 3, cleo, NOW).life());
        }

        @Test
        @DisplayName("the data protection officer never approves, whatever other roles they have")
        void officer() {
            propose(text -> text, NOW);
            assertEquals(RulesFault.Code.OPINION_ONLY, fault(() -> book.approve(NAME, 1, officer, NOW)));
            assertEquals(0, gives(NOW));
            book.approve(NAME, 1, ben, NOW);
            assertEquals(1, gives(NOW));
        }

        @Test
        @DisplayName("an approval that was signed as officer does not count even when it is found on the shelf")
        void officerOnShelf() {
            propose(text -> text, NOW);
            Filed filed = Filed.read(shelf.get(Filed.KIND, NAME + "@00001").orElseThrow())
                    .orElseThrow();
            Endorsement signed =
                    new Signing(people).endorse(Endorsement.Act.APPROVE, Canonical.hash(filed.text()), officer, NOW);
            shelf.put(Filed.KIND, filed.id(), filed.with(signed).document());
            book = open();
            assertEquals(Life.SUBMITTED, life(1, NOW));
            assertEquals(0, gives(NOW));
        }

        @Test
        @DisplayName("the officer's opinion is signed, recorded, kept over a restart, and hinders nothing")
        void opinion() {
            propose(text -> text, NOW);
            var of = new Opinion.Of(NAME, 1);
            assertEquals(RulesFault.Code.OPINION_LENGTH, fault(() -> book.opine(of, true, "fine", officer, NOW)));
            book.opine(of, false, "The names are not needed for this.", officer, NOW);
            assertTrue(journal.kinds().contains("rule.opinion"));
            book = open();
            Opinion kept = book.newest(NAME, NOW).opinions().getFirst();
            assertEquals("dora", kept.endorsement().operator());
            assertFalse(kept.favourable());
            book.approve(NAME, 1, ben, NOW);
            assertEquals(1, gives(NOW));
            String id = kept.id();
            String text = new String(shelf.get(Opinion.KIND, id).orElseThrow(), StandardCharsets.UTF_8);
            shelf.put(Opinion.KIND, id, text.replace("false", "true").getBytes(StandardCharsets.UTF_8));
            book = open();
            assertEquals(List.of(), book.newest(NAME, NOW).opinions(), "somebody turned the officer's word");
            assertEquals(1, gives(NOW));
        }
    }

    @Nested
    @DisplayName("a new version of a running rule")
    class Clears {
        private Version two;

        @BeforeEach
        void waits() {
            running();
            two = approve(text -> text.replace("[\"03\", \"04\"]", "[\"03\"]"), NOW, ben);
        }

        @Test
        @DisplayName("waits until it is cleared; the older one decides, after a restart too")
        void held() {
            assertEquals(Life.HELD, two.life());
            assertEquals(1, gives(NOW));
            assertEquals(
                    List.of(2),
                    book.held(NOW).stream()
                            .map(one -> one.waiting().rule().version())
                            .toList());
            restart();
            assertEquals(Life.HELD, life(2, NOW));
        }

        @Test
        @DisplayName("is released by a second person, never by its author")
        void released() {
            assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.release(NAME, ada, NOW)));
            assertEquals(1, gives(NOW));
            assertEquals(Life.ACTIVE, book.release(NAME, cleo, NOW).life());
            assertEquals(2, gives(NOW));
            restart();
            assertEquals(RulesFault.Code.NOT_HELD, fault(() -> book.release(NAME, cleo, NOW)));
        }

        @Test
        @DisplayName("is not cleared by a document about another text, or by a release its author signed")
        void forged() {
            String hash = Canonical.hash(two.proposal().text());
            for (Clearing forged : List.of(
                    new Clearing(NAME, 2, "0".repeat(64), NOW, Optional.empty()),
                    new Clearing(
                            NAME,
                            2,
                            hash,
                            NOW,
                            Optional.of(new Signing(people)
                                    .endorse(Endorsement.Act.RELEASE, Clearing.subject(hash), ada, NOW))))) {
                shelf.put(Clearing.KIND, forged.id(), forged.document());
                book = open();
                assertEquals(1, gives(NOW));
            }
        }

        @Test
        @DisplayName("does not keep the old one alive: it expires, is suspended and is revoked while the new one waits")
        void neverWaits() {
            Instant until = Instant.parse("2027-07-31T00:00:00Z");
            assertEquals(0, gives(until));
            book.suspend(NAME, "ben", NOW);
            assertEquals(0, gives(NOW));
            book.resume(NAME, ada, NOW);
            book.resume(NAME, ben, NOW);
            assertEquals(1, gives(NOW));
            book.revoke(NAME, "ben");
            assertEquals(0, gives(NOW));
            assertEquals(List.of(), book.held(NOW));
        }

        @Test
        @DisplayName("needs no clearing when the old one was revoked or has been over for a while")
        void first() {
            book.revoke(NAME, "ben");
            assertEquals(Life.ACTIVE, approve(text -> text, NOW, ben).life());
            assertEquals(3, gives(NOW));
        }

        @Test
        @DisplayName("nothing is cleared that cannot be recorded")
        void recordsFirst() {
            journal.blocked(true);
            assertThrows(IllegalStateException.class, () -> book.release(NAME, cleo, NOW));
            assertEquals(1, gives(NOW));
        }
    }

    @Test
    @DisplayName(
            "a vendor that reaches one country more gives nothing until a version that names it is approved (T-XFER-6)")
    void newCountry() {
        running();
        sound(book.papers()
                .putVendor(
                        RuleBookTest.example(
                                "vendor", text -> text.replace("\"country\": \"US\"", "\"country\": \"CA\"")),
                        "ada"));
        assertEquals(new Decision.Deny(Reason.DESTINATION_NOT_ALLOWED), book.decide(USERS, NOW));
        assertEquals(
                new Version.Hindrance.Because(Reason.DESTINATION_NOT_ALLOWED),
                book.newest(NAME, NOW).hindrance());
        Instant start = NOW.plus(NOTICE, ChronoUnit.DAYS);
        Version two = approve(from(start), NOW, ben, cleo);
        assertEquals(Life.NOTICE, two.life());
        assertEquals(
                Optional.of(Set.of("US", "CA")),
                two.proposal().grounds().found().reach());
        book.clear(two.rule(), "appliance", NOW);
        assertEquals(0, gives(start.minusSeconds(1)));
        assertEquals(2, gives(start));
        sound(book.papers().putVendor(RuleBookTest.example("vendor"), "ada"));
        assertEquals(1, gives(NOW), "without the country the old version is what was signed");
    }

    @Test
    @DisplayName("no single bit of an approved document can be changed and leave it a rule that gives")
    void everyBit() {
        running();
        String id = NAME + "@00001";
        byte[] document = shelf.get(Filed.KIND, id).orElseThrow();
        int survived = 0;
        for (int at = 0; at < document.length; at++) {
            byte[] changed = document.clone();
            changed[at] ^= (byte) (1 << at % 7);
            shelf.put(Filed.KIND, id, changed);
            survived += open().decide(USERS, NOW) instanceof Decision.Allow ? 1 : 0;
        }
        assertEquals(0, survived);
        shelf.put(Filed.KIND, id, document);
        assertInstanceOf(Decision.Allow.class, open().decide(USERS, NOW));
        assertNotEquals(0, document.length);
    }
}
