package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;

@DisplayName("A vendor that is kept from everything")
class RestraintTest {
    private static final String VENDOR = "reading-app";
    private static final String RULE = "reading-app-names";
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final Ask USERS = new Ask(new Recipient.Vendor(RULE), Entity.USER, Set.of(), Set.of());

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private final Signer ada = people.person("ada");
    private final Signer ben = people.person("ben");
    private RuleBook book = open();

    private RuleBook open() {
        return new RuleBook(shelf, journal, Charter.shipped(), Elements.of(Catalogue.shipped()), people, Children.FEW);
    }

    @BeforeEach
    void running() {
        book.papers().putController(RuleBookTest.example("district"), "ada");
        book.papers().putVendor(RuleBookTest.example("vendor"), "ada");
        book.papers().putAgreement(RuleBookTest.example("agreement"), "ada");
        var drafted = (Checked.Sound<Proposal>) book.draft(RuleBookTest.example("rule"), "ada", NOW);
        int version = drafted.value().rule().version();
        book.submit(RULE, version, ada, NOW);
        book.approve(RULE, version, ben, NOW);
        gives(NOW);
    }

    private void gives(Instant at) {
        assertInstanceOf(Decision.Allow.class, book.decide(USERS, at));
    }

    private void refuses(Reason reason, Instant at) {
        assertEquals(new Decision.Deny(reason), book.decide(USERS, at));
    }

    private static RulesFault.Code fault(Runnable act) {
        return assertThrows(RulesFault.class, act::run).code();
    }

    private Stopped restrain(Restraint.Kind kind) {
        return book.papers().restrain(VENDOR, kind, Instant.MAX, "ada", NOW);
    }

    @ParameterizedTest
    @EnumSource(Restraint.Kind.class)
    @DisplayName(
            "gets nothing from that moment, after a restart neither, and again what it got once two people lifted it")
    void twoPeople(Restraint.Kind kind) {
        assertTrue(restrain(kind).settled());
        refuses(kind.reason(), NOW);
        book = open();
        refuses(kind.reason(), NOW);
        if (kind == Restraint.Kind.CHANGE_OF_CONTROL) {
            book.papers().acknowledge(VENDOR, new Vendor.Terms(1, "the successor", NOW.plusSeconds(1)), "ada");
        }
        Instant later = NOW.plusSeconds(60);
        assertEquals(1, book.lift(VENDOR, kind, ada, later));
        refuses(kind.reason(), later);
        assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> book.lift(VENDOR, kind, ada, later)));
        book = open();
        assertEquals(0, book.lift(VENDOR, kind, ben, later));
        gives(later);
        book = open();
        gives(later);
        assertEquals(RulesFault.Code.NOT_RESTRAINED, fault(() -> book.lift(VENDOR, kind, ben, later)));
        assertTrue(
                journal.kinds().contains("vendor." + kind.word() + "-lifted"),
                journal.kinds().toString());
    }

    @ParameterizedTest
    @EnumSource(Restraint.Kind.class)
    @DisplayName("is stopped with a full disk and a broken ledger, and both are told later")
    void stops(Restraint.Kind kind) {
        shelf.full(true);
        journal.blocked(true);
        assertEquals(new Stopped(false, false), restrain(kind));
        refuses(kind.reason(), NOW);
        assertFalse(book.settle());
        shelf.full(false);
        journal.blocked(false);
        assertTrue(book.settle());
        book = open();
        refuses(kind.reason(), NOW);
        assertEquals("vendor." + kind.word(), journal.kinds().getLast());
    }

    @Test
    @DisplayName("stays so when its file is handed in again")
    void file() {
        restrain(Restraint.Kind.HOLD);
        assertInstanceOf(Checked.Sound.class, book.papers().putVendor(RuleBookTest.example("vendor"), "ada"));
        refuses(Reason.VENDOR_HELD, NOW);
    }

    @Test
    @DisplayName("by its file goes on by a verb with two people, not by another file and not by resuming")
    void inFile() {
        for (String standing : List.of("\"debarred\", \"debarredUntil\": \"2031-09-01\"", "\"change-of-control\"")) {
            var stopped = RuleBookTest.example(
                    "vendor", text -> text.replaceFirst("\\{", "{\"standing\": " + standing + ", "));
            assertInstanceOf(Checked.Sound.class, book.papers().putVendor(stopped, "ada"));
            refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
            assertInstanceOf(Checked.Flawed.class, book.papers().putVendor(RuleBookTest.example("vendor"), "ada"));
            refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
            assertEquals(
                    RulesFault.Code.LIFTING_TAKES_TWO, fault(() -> book.papers().resumeVendor(VENDOR, "ada")));
            var kind = book.papers().restraints(VENDOR, NOW).getFirst().kind();
            assertEquals(1, book.lift(VENDOR, kind, ada, NOW));
            refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
            assertEquals(0, book.lift(VENDOR, kind, ben, NOW));
            gives(NOW);
        }
    }

    @Test
    @DisplayName("by misuse is free again when the time is over, and no sooner by a second debarment")
    void debarred() {
        Instant until = NOW.plus(Duration.ofDays(2000));
        book.papers().restrain(VENDOR, Restraint.Kind.DEBARMENT, until, "ada", NOW);
        book.papers().restrain(VENDOR, Restraint.Kind.DEBARMENT, NOW.plusSeconds(1), "ada", NOW);
        assertEquals(until, book.papers().restraints(VENDOR, NOW).getFirst().until());
        assertEquals(
                new Decision.Deny(Reason.VENDOR_NOT_ACTIVE), book.snapshot().decide(USERS, until.minusSeconds(1)));
        assertEquals(List.of(), book.papers().restraints(VENDOR, until));
        assertFalse(new Decision.Deny(Reason.VENDOR_NOT_ACTIVE).equals(book.decide(USERS, until)));
    }

    @Test
    @DisplayName("because of a new owner waits for the new owner's word on the terms")
    void changeOfControl() {
        restrain(Restraint.Kind.CHANGE_OF_CONTROL);
        assertEquals(
                RulesFault.Code.TERMS_NOT_ACCEPTED,
                fault(() -> book.lift(VENDOR, Restraint.Kind.CHANGE_OF_CONTROL, ada, NOW)));
        book.papers().acknowledge(VENDOR, new Vendor.Terms(1, "the successor", NOW.plusSeconds(1)), "ada");
        assertEquals(1, book.lift(VENDOR, Restraint.Kind.CHANGE_OF_CONTROL, ada, NOW.plusSeconds(2)));
    }

    @Test
    @DisplayName("because the terms were not acknowledged in their version gets what it got once they are")
    void terms() {
        book.papers().acknowledge(VENDOR, new Vendor.Terms(2, "somebody", NOW.minusSeconds(60)), "ada");
        refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
        book.papers().acknowledge(VENDOR, new Vendor.Terms(1, "somebody", NOW.plusSeconds(60)), "ada");
        refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
        gives(NOW.plusSeconds(60));
        book = open();
        gives(NOW.plusSeconds(60));
    }

    @Test
    @DisplayName("by suspension gets what it got once it is resumed")
    void suspended() {
        book.papers().suspendVendor(VENDOR, "ada");
        refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
        book.papers().resumeVendor(VENDOR, "ada");
        gives(NOW);
    }

    @Test
    @DisplayName("by several things is told the most pressing, and each is lifted by itself")
    void several() {
        restrain(Restraint.Kind.DEBARMENT);
        restrain(Restraint.Kind.HOLD);
        refuses(Reason.VENDOR_HELD, NOW);
        book.lift(VENDOR, Restraint.Kind.HOLD, ada, NOW);
        book.lift(VENDOR, Restraint.Kind.HOLD, ben, NOW);
        refuses(Reason.VENDOR_NOT_ACTIVE, NOW);
    }

    @Test
    @DisplayName("is not let go by a signature that is not the person's, or by somebody whose role does not allow it")
    void genuine() {
        restrain(Restraint.Kind.HOLD);
        assertEquals(
                RulesFault.Code.SIGNATURE_WRONG,
                fault(() -> book.lift(VENDOR, Restraint.Kind.HOLD, people.impostor("cleo"), NOW)));
        assertEquals(
                RulesFault.Code.ROLE_MISSING,
                fault(() -> book.lift(
                        VENDOR,
                        Restraint.Kind.HOLD,
                        people.person("dan", EnumSet.noneOf(Endorsement.Act.class)),
                        NOW)));
        // Signatures under another restraint are worth nothing, even when somebody writes them into the document.
        book.lift(VENDOR, Restraint.Kind.HOLD, ada, NOW);
        String signed = new String(shelf.get(Restraint.KIND, VENDOR + "@hold").orElseThrow(), StandardCharsets.UTF_8);
        shelf.put(
                Restraint.KIND,
                VENDOR + "@hold",
                signed.replace("2026-09-01T08:00:00Z\",\"until", "2026-09-01T08:00:01Z\",\"until")
                        .getBytes(StandardCharsets.UTF_8));
        book = open();
        assertEquals(1, book.lift(VENDOR, Restraint.Kind.HOLD, ben, NOW));
        refuses(Reason.VENDOR_HELD, NOW);
    }

    @Test
    @DisplayName("stays kept when the document about it is damaged")
    void damaged() {
        restrain(Restraint.Kind.HOLD);
        shelf.put(Restraint.KIND, VENDOR + "@hold", "?".getBytes(StandardCharsets.UTF_8));
        book = open();
        refuses(Reason.VENDOR_HELD, NOW);
    }

    @Test
    @DisplayName("that is unknown cannot be restrained")
    void unknown() {
        assertEquals(
                RulesFault.Code.VENDOR_UNKNOWN,
                fault(() -> book.papers().restrain("nobody", Restraint.Kind.HOLD, Instant.MAX, "ada", NOW)));
    }
}
