package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Entity;

class RuleBookTest {
    private static final String NAME = "reading-app-names";
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final Ask USERS = new Ask(new Recipient.Vendor(NAME), Entity.USER, Set.of(), Set.of());

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private final Signer ada = people.person("ada");
    private final Signer ben = people.person("ben");
    private final Signer cleo = people.person("cleo");
    private RuleBook book = open();

    private RuleBook open() {
        return new RuleBook(
                shelf,
                journal,
                Charter.shipped(),
                Elements.of(org.rosterkeep.roster.Catalogue.shipped()),
                people,
                Children.FEW);
    }

    static byte[] example(String name) {
        return example(name, text -> text);
    }

    static byte[] example(String name, UnaryOperator<String> change) {
        try (var in = RuleBook.class.getResourceAsStream(name + ".example.json")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return change.apply(text).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void papers() {
        sound(book.papers().putController(example("district"), "ada"));
        sound(book.papers().putVendor(example("vendor"), "ada"));
        sound(book.papers().putAgreement(example("agreement"), "ada"));
    }

    private static <T> T sound(Checked<T> read) {
        return switch (read) {
            case Checked.Sound<T>(T value) -> value;
            case Checked.Flawed<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<Problem> flaws(Checked<?> read) {
        return switch (read) {
            case Checked.Sound<?> sound -> throw new AssertionError("nothing was wrong");
            case Checked.Flawed<?>(List<Problem> problems) -> problems;
        };
    }

    private int draft() {
        return sound(book.draft(example("rule"), "ada", NOW)).rule().version();
    }

    private void activate() {
        int version = draft();
        book.submit(NAME, version, ada, NOW);
        book.approve(NAME, version, ben, NOW);
    }

    private Life life(int version) {
        return book.version(NAME, version, NOW).orElseThrow().life();
    }

    private boolean gives(RuleBook from) {
        return from.decide(USERS, NOW) instanceof Decision.Allow;
    }

    private static RulesFault.Code fault(Runnable act) {
        return assertThrows(RulesFault.class, act::run).code();
    }

    @Test
    @DisplayName("a rule is drafted by one person, approved by another, and then gives; after a restart too")
    void lives() {
        assertEquals(1, draft());
        assertEquals(Life.DRAFT, life(1));
        assertFalse(gives(book));
        assertEquals(Life.SUBMITTED, book.submit(NAME, 1, ada, NOW).life());
        assertFalse(gives(book));
        assertEquals(Life.ACTIVE, book.approve(NAME, 1, ben, NOW).life());
        assertTrue(gives(book));
        assertTrue(gives(open()));
        assertEquals(
                List.of("rule.drafted", "rule.submitted", "rule.approved"),
                journal.kinds().subList(3, 6));
        assertEquals(Set.of("ben"), book.newest(NAME, NOW).approvers());
    }

    @Test
    @DisplayName("the decision carries the version and the hash of the text that was signed")
    void hash() {
        activate();
        var allow = assertInstanceOf(Decision.Allow.class, book.decide(USERS, NOW));
        var version = book.version(NAME, 1, NOW).orElseThrow();
        assertEquals(Canonical.hash(version.proposal().text()), allow.rule().hash());
        assertEquals(64, allow.rule().hash().length());
    }

    @Nested
    @DisplayName("two people")
    class TwoPeople {
        @Test
        @DisplayName("the author cannot approve")
        void author() {
            draft();
            book.submit(NAME, 1, ada, NOW);
            assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.approve(NAME, 1, ada, NOW)));
        }

        @Test
        @DisplayName("nobody submits somebody else's draft, or approves what was not submitted")
        void order() {
            draft();
            assertEquals(RulesFault.Code.NOT_THE_AUTHOR, fault(() -> book.submit(NAME, 1, ben, NOW)));
            assertEquals(RulesFault.Code.NOT_SUBMITTED, fault(() -> book.approve(NAME, 1, ben, NOW)));
            book.submit(NAME, 1, ada, NOW);
            assertEquals(RulesFault.Code.NOT_A_DRAFT, fault(() -> book.submit(NAME, 1, ada, NOW)));
            assertEquals(RulesFault.Code.NOT_A_DRAFT, fault(() -> book.discard(NAME, 1, "ada")));
        }

        @Test
        @DisplayName("whoever lacks the role does not sign")
        void role() {
            draft();
            book.submit(NAME, 1, ada, NOW);
            Signer clerk = people.person("clerk", EnumSet.of(Endorsement.Act.PROPOSE));
            assertEquals(RulesFault.Code.ROLE_MISSING, fault(() -> book.approve(NAME, 1, clerk, NOW)));
        }

        @Test
        @DisplayName("a signature by another key than the operator's is refused")
        void impostor() {
            draft();
            book.submit(NAME, 1, ada, NOW);
            Signer impostor = people.impostor("ben");
            assertEquals(RulesFault.Code.SIGNATURE_WRONG, fault(() -> book.approve(NAME, 1, impostor, NOW)));
            assertFalse(gives(book));
        }

        @Test
        @DisplayName("a vendor that reaches into another country needs a second approver")
        void foreign() {
            sound(book.papers()
                    .putVendor(example("vendor", text -> text.replace("[\"US\"]", "[\"US\", \"CA\"]")), "ada"));
            activate();
            assertEquals(Life.SUBMITTED, life(1));
            assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.approve(NAME, 1, ben, NOW)));
            assertEquals(Life.ACTIVE, book.approve(NAME, 1, cleo, NOW).life());
        }
    }

    @Nested
    @DisplayName("a document somebody changed behind our back is not active:")
    class Tampering {
        private void change(UnaryOperator<String> change) {
            activate();
            String id = "reading-app-names@00001";
            String text = new String(shelf.get(Filed.KIND, id).orElseThrow(), StandardCharsets.UTF_8);
            String changed = change.apply(text);
            assertFalse(changed.equals(text), "the break-in changed nothing");
            shelf.put(Filed.KIND, id, changed.getBytes(StandardCharsets.UTF_8));
            book = open();
            assertFalse(gives(book));
        }

        @Test
        @DisplayName("one character of the text")
        void text() {
            change(text -> text.replace("\\\"initial\\\"", "\\\"as-is\\\""));
            assertEquals(Life.UNTRUSTED, life(1));
        }

        @Test
        @DisplayName("the name of an approver")
        void approver() {
            change(text -> text.replace("\"ben\"", "\"cleo\""));
            assertEquals(Life.UNTRUSTED, life(1));
        }

        @Test
        @DisplayName("the author, so that the approver was the author")
        void author() {
            change(text -> text.replace("\"author\":\"ada\"", "\"author\":\"ben\""));
        }

        @Test
        @DisplayName("the time of a signature")
        void time() {
            change(text -> text.replace("\"at\":\"2026-09-01", "\"at\":\"2026-08-01"));
            assertEquals(Life.UNTRUSTED, life(1));
        }

        @Test
        @DisplayName("an approval turned from a proposal")
        void act() {
            change(text -> text.replace("\"APPROVE\"", "\"PROPOSE\""));
        }

        @Test
        @DisplayName("the whole document")
        void rubbish() {
            change(text -> "{}");
            assertEquals(List.of(), book.versions(NOW));
        }

        @Test
        @DisplayName("a copy under another version's name")
        void copy() {
            activate();
            book.revoke(NAME, "ada");
            shelf.put(
                    Filed.KIND,
                    "reading-app-names@00002",
                    shelf.get(Filed.KIND, "reading-app-names@00001").orElseThrow());
            book = open();
            assertFalse(gives(book));
        }
    }

    @Nested
    @DisplayName("stopping")
    class Stopping {
        @Test
        @DisplayName("suspends at once, and takes two people to go on")
        void suspends() {
            activate();
            assertTrue(book.suspend(NAME, "ada", NOW).settled());
            assertFalse(gives(book));
            assertFalse(gives(open()));
            assertEquals(Life.SUSPENDED, life(1));
            assertEquals(1, book.resume(NAME, ada, NOW));
            assertFalse(gives(book));
            assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.resume(NAME, ada, NOW)));
            book = open();
            assertEquals(0, book.resume(NAME, ben, NOW));
            assertTrue(gives(book));
            assertTrue(gives(open()));
            assertEquals(RulesFault.Code.NOT_SUSPENDED, fault(() -> book.resume(NAME, ben, NOW)));
        }

        @Test
        @DisplayName("a second stop voids the signatures of a first resumption")
        void stopsAgain() {
            activate();
            book.suspend(NAME, "ada", NOW);
            book.resume(NAME, ada, NOW);
            book.suspend(NAME, "cleo", NOW.plusSeconds(1));
            assertEquals(1, book.resume(NAME, ben, NOW.plusSeconds(2)));
        }

        @Test
        @DisplayName("revokes for ever; only a new version, approved anew, gives again")
        void revokes() {
            activate();
            book.revoke(NAME, "ada");
            assertFalse(gives(book));
            assertEquals(Life.REVOKED, life(1));
            assertEquals(2, draft());
            assertFalse(gives(book));
            book.submit(NAME, 2, ada, NOW);
            book.approve(NAME, 2, ben, NOW);
            assertTrue(gives(book));
            assertEquals(Life.REVOKED, life(1));
        }

        @Test
        @DisplayName("works on a full disk and with a blocked ledger, and is written down later")
        void fullDisk() {
            activate();
            shelf.full(true);
            journal.blocked(true);
            assertEquals(new Stopped(false, false), book.revoke(NAME, "ada"));
            assertFalse(gives(book));
            assertEquals(new Stopped(false, false), book.papers().suspendVendor("reading-app", "ada"));
            assertFalse(book.settle());
            shelf.full(false);
            journal.blocked(false);
            assertTrue(book.settle());
            assertFalse(gives(open()));
            assertTrue(journal.kinds().containsAll(List.of("rule.revoked", "vendor.suspended")));
        }

        @Test
        @DisplayName("a terminated agreement does not come back by its older file, not after a restart either")
        void terminatedForGood() {
            activate();
            book.papers().terminate("reading-app-2026", "ada", NOW);
            for (RuleBook one : List.of(book, open())) {
                var again = one.papers().putAgreement(example("agreement"), "ada");
                assertTrue(again instanceof Checked.Flawed<?>(var problems)
                        && problems.getFirst().pointer().equals("/ends"));
                assertEquals(new Decision.Deny(Reason.AGREEMENT_NOT_LIVE), one.decide(USERS, NOW));
            }
        }

        @Test
        @DisplayName("a vendor suspended, or an agreement terminated, stops its rules")
        void papersStop() {
            activate();
            book.papers().suspendVendor("reading-app", "ada");
            assertEquals(new Decision.Deny(Reason.VENDOR_NOT_ACTIVE), book.decide(USERS, NOW));
            book.papers().resumeVendor("reading-app", "ada");
            assertTrue(gives(book));
            book.papers().terminate("reading-app-2026", "ada", NOW);
            assertEquals(new Decision.Deny(Reason.AGREEMENT_NOT_LIVE), book.decide(USERS, NOW));
            assertEquals(new Decision.Deny(Reason.AGREEMENT_NOT_LIVE), open().decide(USERS, NOW));
            assertEquals(
                    new Version.Hindrance.Because(Reason.AGREEMENT_NOT_LIVE),
                    book.newest(NAME, NOW).hindrance());
        }
    }

    @Nested
    @DisplayName("versions")
    class Versions {
        @Test
        @DisplayName("the old one stays until the new one is approved and has started")
        void takesOver() {
            activate();
            Instant later = Instant.parse("2026-10-01T00:00:00Z");
            int two = sound(book.draft(example("rule", text -> text.replace("2026-08-01", "2026-10-01")), "ben", NOW))
                    .rule()
                    .version();
            assertEquals(2, two);
            book.submit(NAME, 2, ben, NOW);
            assertEquals(1, book.snapshot().inForce(NAME, later).orElseThrow().version());
            book.approve(NAME, 2, ada, NOW);
            book.clear(book.version(NAME, 2, NOW).orElseThrow().rule(), "appliance", NOW);
            assertEquals(Life.APPROVED, life(2));
            assertEquals(Life.ACTIVE, life(1));
            assertEquals(
                    1,
                    book.snapshot()
                            .inForce(NAME, later.minusMillis(1))
                            .orElseThrow()
                            .version());
            assertEquals(2, book.snapshot().inForce(NAME, later).orElseThrow().version());
            assertEquals(
                    Life.SUPERSEDED, book.version(NAME, 1, later).orElseThrow().life());
        }

        @Test
        @DisplayName("a draft is replaced by the next one and can be thrown away")
        void drafts() {
            assertEquals(1, draft());
            assertEquals(1, draft());
            book.discard(NAME, 1, "ada");
            assertEquals(List.of(), book.versions(NOW));
            assertEquals(1, draft());
        }

        @Test
        @DisplayName("keep their vendor and their client, and a client has one rule (T-OBJ-1)")
        void identity() {
            activate();
            var other = flaws(book.draft(
                    example("rule", text -> text.replace("\"client\": \"reading-app-names\"", "\"client\": \"x\"")),
                    "ada",
                    NOW));
            assertEquals(
                    List.of("/client"), other.stream().map(Problem::pointer).toList());
            var second = flaws(book.draft(
                    example("rule", text -> text.replace("\"id\": \"reading-app-names\"", "\"id\": \"second\"")),
                    "ada",
                    NOW));
            assertEquals(
                    List.of("/client"), second.stream().map(Problem::pointer).toList());
        }

        @Test
        @DisplayName("what became wrong between draft and approval is not approved")
        void overtaken() {
            draft();
            book.submit(NAME, 1, ada, NOW);
            book.papers().terminate("reading-app-2026", "ada", NOW);
            assertEquals(RulesFault.Code.NO_LONGER_ALLOWED, fault(() -> book.approve(NAME, 1, ben, NOW)));
            assertFalse(book.problems(NAME, 1, NOW).isEmpty());
        }
    }

    @Test
    @DisplayName("nothing is kept that cannot be recorded")
    void recordsFirst() {
        journal.blocked(true);
        assertThrows(IllegalStateException.class, this::draft);
        assertEquals(List.of(), shelf.ids(Filed.KIND));
        journal.blocked(false);
        draft();
        book.submit(NAME, 1, ada, NOW);
        journal.blocked(true);
        assertThrows(IllegalStateException.class, () -> book.approve(NAME, 1, ben, NOW));
        assertFalse(gives(book));
        assertFalse(gives(open()));
    }

    @Test
    @DisplayName("a preview answers the district's people before anybody has approved")
    void rehearses() {
        draft();
        var official = new Ask(new Recipient.Official("ada", NAME), Entity.USER, Set.of(), Set.of());
        Decider rehearsal = book.rehearsal(NAME, 1);
        assertInstanceOf(Decision.Allow.class, rehearsal.decide(official, NOW));
        assertEquals(new Decision.Deny(Reason.RULE_NOT_ACTIVE), rehearsal.decide(USERS, NOW));
        assertFalse(gives(book));
    }
}
