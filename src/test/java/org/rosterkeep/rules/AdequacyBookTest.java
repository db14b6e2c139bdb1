package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;

/// The district's own list of adequate countries, and what hangs on it (privacy.md section 2.5).
class AdequacyBookTest {
    private static final String NAME = "reading-app-names";
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final Ask USERS = new Ask(new Recipient.Vendor(NAME), Entity.USER, Set.of(), Set.of());

    private static final String CONTACT = "{\"name\": \"An Office\", \"address\": \"office@district.example\"}, ";
    private static final String CONTACTS =
            "\"privacyContact\": " + CONTACT + "\"dataProtectionOfficer\": " + CONTACT + "\"regulator\": " + CONTACT;
    private static final String ASSESSMENT =
            "\"assessment\": {\"reference\": \"no. 7\", \"made\": \"2026-08-01\", \"consultation\": \"not-needed\"}, ";

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final People people = new People();
    private final Signer ada = people.person("ada");
    private final Signer ben = people.person("ben");
    private final Signer cleo = people.person("cleo");
    private RuleBook book = open();

    private RuleBook open() {
        return new RuleBook(shelf, journal, Charter.shipped(), Elements.of(Catalogue.shipped()), people, Children.FEW);
    }

    /// A German district whose vendor is British.
    @BeforeEach
    void abroad() {
        String clauses = Charter.shipped().clauses().stream()
                .map(one -> '"' + one + '"')
                .collect(Collectors.joining(",", "\"clauses\": [", "]"));
        sound(book.papers()
                .putController(
                        RuleBookTest.example(
                                "district",
                                text -> text.replace("US-FERPA", "EU")
                                        .replace("\"US\"", "\"DE\"")
                                        .replace("\"localised\"", CONTACTS + "\"localised\"")),
                        "ada"));
        sound(book.papers().putVendor(RuleBookTest.example("vendor", text -> text.replace("\"US\"", "\"GB\"")), "ada"));
        sound(book.papers()
                .putAgreement(
                        RuleBookTest.example(
                                "agreement", text -> text.replaceAll("(?s)\"clauses\": \\[.*?\\]", clauses)),
                        "ada"));
        Rule rule = sound(book.draft(
                        RuleBookTest.example(
                                "rule",
                                text -> text.replace("{\"US-FERPA\": \"school_official\"}", "{\"EU\": \"public_task\"}")
                                        .replace("\"from\"", ASSESSMENT + "\"from\"")
                                        .replace("{\"country\": \"US\"}", "{\"country\": \"GB\"}")),
                        "ada",
                        NOW))
                .rule();
        book.submit(NAME, rule.version(), ada, NOW);
        book.approve(NAME, rule.version(), ben, NOW);
        book.approve(NAME, rule.version(), cleo, NOW);
        assertTrue(gives());
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

    private boolean gives() {
        return book.decide(USERS, NOW) instanceof Decision.Allow;
    }

    private void refused() {
        assertEquals(new Decision.Deny(Reason.DESTINATION_NOT_ALLOWED), book.decide(USERS, NOW));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A list with this at one place instead of that, in force.
    private void change(String from, String to) {
        String text = book.adequacy().file();
        assertTrue(text.contains(from), from);
        sound(book.adequacy().draft(bytes(text.replace(from, to)), "ada"));
        book.adequacy().submit(ada, NOW);
        book.adequacy().approve(ben, NOW);
    }

    private static RulesFault.Code fault(Runnable act) {
        return assertThrows(RulesFault.class, act::run).code();
    }

    @Test
    @DisplayName("the shipped list is version 0, and a file printed and handed in again changes nothing")
    void shipped() {
        assertEquals(0, book.adequacy().version());
        change("\"version\":0", "\"version\":0");
        assertEquals(1, book.adequacy().version());
        assertTrue(gives());
        book = open();
        assertEquals(1, book.adequacy().version());
        assertTrue(gives());
    }

    @Test
    @DisplayName("a new list takes two people, and the officer is none of them (T-XFER-8)")
    void twoPeople() {
        AdequacyBook list = book.adequacy();
        String empty = "{\"version\":0,\"areas\":{},\"defaults\":{\"evidence_max_age_days\":90},\"entries\":[]}";
        sound(list.draft(bytes(empty), "ada"));
        assertTrue(gives());
        assertEquals(RulesFault.Code.NOT_THE_AUTHOR, fault(() -> list.submit(ben, NOW)));
        assertEquals(RulesFault.Code.NOT_SUBMITTED, fault(() -> list.approve(ben, NOW)));
        list.submit(ada, NOW);
        assertEquals(RulesFault.Code.SAME_PERSON, fault(() -> list.approve(ada, NOW)));
        Signer officer = people.person("dora", EnumSet.allOf(Endorsement.Act.class), Set.of("data-protection-officer"));
        assertEquals(RulesFault.Code.OPINION_ONLY, fault(() -> list.approve(officer, NOW)));
        assertEquals(RulesFault.Code.SIGNATURE_WRONG, fault(() -> list.approve(people.impostor("ben"), NOW)));
        assertTrue(gives());
        list.approve(ben, NOW);
        refused();
        assertTrue(journal.kinds().containsAll(List.of("adequacy.drafted", "adequacy.submitted", "adequacy.approved")));
    }

    @Test
    @DisplayName("an empty list: everything outside home is refused, and home goes on (T-XFER-7)")
    void empty() {
        twoPeople();
        book = open();
        refused();
        assertEquals(List.of(), book.adequacy().damaged());
        assertTrue(book.adequacy().current().near("DE", "DE"));
        assertFalse(book.adequacy().current().near("DE", "FR"));
    }

    @Test
    @DisplayName("a list never goes back: not by an older file, not by an older draft, not by a copy on the shelf"
            + " (T-XFER-8)")
    void rollback() {
        String old = book.adequacy().file();
        change("\"evidence_max_age_days\":90", "\"evidence_max_age_days\":60");
        assertEquals(List.of("/version"), flaws(book.adequacy().draft(bytes(old), "ada")));
        byte[] first = shelf.get(AdequacyBook.KIND, "adequacy@00001").orElseThrow();
        change("\"evidence_max_age_days\":60", "\"evidence_max_age_days\":30");
        shelf.put(AdequacyBook.KIND, "adequacy@00003", first);
        book = open();
        assertEquals(List.of("adequacy@00003"), book.adequacy().damaged());
        refused();
        change("\"evidence_max_age_days\":30", "\"evidence_max_age_days\":20");
        assertEquals(4, book.adequacy().version());
        assertTrue(gives(), "a newer signed list puts it right");
    }

    @Test
    @DisplayName("a list in which one bit was changed leaves nothing adequate")
    void tampered() {
        change("\"evidence_max_age_days\":90", "\"evidence_max_age_days\":60");
        byte[] document = shelf.get(AdequacyBook.KIND, "adequacy@00001").orElseThrow();
        for (int at = 0; at < document.length; at += 97) {
            byte[] changed = document.clone();
            changed[at] ^= 1;
            shelf.put(AdequacyBook.KIND, "adequacy@00001", changed);
            book = open();
            refused();
        }
    }

    @Test
    @DisplayName("before an entry is switched off one sees who relies on it; one person does it at once (T-XFER-3)")
    void killed() {
        assertEquals(
                List.of(NAME),
                book.relyingOn(Set.of("EEA:GB"), NOW).stream().map(Rule::id).toList());
        assertEquals(List.of(), book.relyingOn(Set.of("EEA:JP"), NOW));
        assertTrue(gives(), "looking changes nothing");
        assertTrue(book.adequacy().disable("EEA:GB", "ada").settled());
        refused();
        assertEquals(List.of(), book.relyingOn(Set.of("EEA:GB"), NOW));
        book = open();
        refused();
        assertEquals(Set.of("EEA:GB"), book.adequacy().disabled());
        assertEquals(RulesFault.Code.ENTRY_UNKNOWN, fault(() -> book.adequacy().disable("EEA:XX", "ada")));
    }

    @Test
    @DisplayName("the switch works with a full disk and a broken ledger, and is written down later")
    void killedOnFullDisk() {
        shelf.full(true);
        journal.blocked(true);
        assertEquals(new Stopped(false, false), book.adequacy().disable("EEA:GB", "ada"));
        refused();
        assertFalse(book.settle());
        shelf.full(false);
        journal.blocked(false);
        assertTrue(book.settle());
        book = open();
        refused();
        assertTrue(journal.kinds().contains("adequacy.disabled"));
    }

    @Test
    @DisplayName("only a list drafted after the switch was thrown switches it on again, by two people")
    void on() {
        AdequacyBook list = book.adequacy();
        sound(list.draft(bytes(list.file()), "ada"));
        list.submit(ada, NOW);
        list.disable("EEA:GB", "cleo");
        list.approve(ben, NOW);
        assertEquals(1, list.version());
        refused();
        assertTrue(list.file().contains("\"enabled\":false"), "what is off is off in the file that is edited");
        sound(list.draft(bytes(list.file()), "ada"));
        list.submit(ada, NOW);
        list.approve(ben, NOW);
        refused();
        String on = list.file()
                .replaceAll(
                        "(\"country\":\"GB\",\"enabled\":)false(,\"evidence\":\\[\\],\"exporter\":\"EEA\")",
                        "$1true$2");
        sound(list.draft(bytes(on), "ada"));
        list.submit(ada, NOW);
        refused();
        list.approve(ben, NOW);
        assertTrue(gives());
    }

    @Test
    @DisplayName("a switch that cannot be read any more stays thrown")
    void damagedSwitch() {
        shelf.put(AdequacyBook.STOP, "EEA:GB", bytes("rubbish"));
        book = open();
        refused();
    }

    @Test
    @DisplayName("a list that was approved over another than it was drafted on is refused")
    void overtaken() {
        AdequacyBook list = book.adequacy();
        String file = list.file();
        sound(list.draft(bytes(file), "ada"));
        list.submit(ada, NOW);
        sound(list.draft(bytes(file.replace("\"evidence_max_age_days\":90", "\"evidence_max_age_days\":10")), "ada"));
        list.submit(ada, NOW);
        list.approve(ben, NOW);
        assertEquals(2, list.version());
        assertEquals(RulesFault.Code.NOT_SUBMITTED, fault(() -> list.approve(cleo, NOW)));
    }

    @Test
    @DisplayName("everything that is wrong with a list is told with its place")
    void wrong() {
        String file = "{\"version\":0,\"areas\":{\"A\":[\"XX\"]},\"defaults\":{},\"entries\":[{\"exporter\":\"EEA\","
                + "\"country\":\"QQ\",\"source\":\"s\",\"since\":\"soon\",\"until\":null,\"evidence\":[]}],\"more\":1}";
        assertEquals(
                Set.of(
                        "/areas/A/0",
                        "/defaults/evidence_max_age_days",
                        "/entries/0/country",
                        "/entries/0/since",
                        "/entries/0/enabled",
                        "/more"),
                Set.copyOf(flaws(book.adequacy().draft(bytes(file), "ada"))));
        assertEquals(List.of(), shelf.ids(AdequacyBook.KIND));
    }

    @Test
    @DisplayName("nothing of a list is kept that cannot be recorded")
    void recordsFirst() {
        byte[] file = bytes(book.adequacy().file());
        journal.blocked(true);
        assertThrows(IllegalStateException.class, () -> book.adequacy().draft(file, "ada"));
        assertEquals(List.of(), shelf.ids(AdequacyBook.KIND));
    }
}
