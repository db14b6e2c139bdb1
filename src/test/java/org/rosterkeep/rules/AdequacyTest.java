package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Destinations (privacy.md section 2.5), asked through a whole decision.
class AdequacyTest {
    private static final Ask USERS = new Ask(new Recipient.Vendor("reading"), Entity.USER, Set.of(), Set.of());
    private static final Map<String, String> FRAMEWORK = Map.of(
            "dpf_list_entry", "2026-02-01 entry 12345",
            "dpf_scope", "2026-02-01 non-HR data",
            "dpf_checked_on", "2026-02-01 list",
            "dpf_uk_extension", "2026-02-01 yes");

    private final Book book = new Book();

    @BeforeEach
    void european() {
        home("DE", "EU");
        country("DE");
        book.basis = Map.of("EU", "public_task");
    }

    private void home(String country, String... regimes) {
        book.controller = Book.district(Controller.Kind.PUBLIC_AUTHORITY, country, false, Set.of(regimes));
        book.basis = Map.of(regimes[0], "public_task");
    }

    private void country(String country) {
        book.country = country;
        Vendor old = book.vendor;
        book.vendor = new Vendor(
                old.id(),
                old.name(),
                old.standing(),
                Set.of(country),
                old.subProcessors(),
                old.securityContact(),
                old.terms());
    }

    private void allowed(Instant now) {
        assertInstanceOf(Decision.Allow.class, book.snapshot().decide(USERS, now));
    }

    private void refused(Instant now) {
        assertEquals(
                new Decision.Deny(Reason.DESTINATION_NOT_ALLOWED),
                book.snapshot().decide(USERS, now));
    }

    private void allowed() {
        allowed(Book.NOW);
    }

    private void refused() {
        refused(Book.NOW);
    }

    @Test
    @DisplayName("home, and its area, need nothing")
    void near() {
        allowed();
        country("FR");
        allowed();
        country("NO");
        allowed();
        country("IN");
        refused();
    }

    @Test
    @DisplayName("a decision with an end ends with the first second of that day, UTC (T-XFER-1)")
    void ends() {
        country("GB");
        book.from = Instant.parse("2031-07-01T00:00:00Z");
        book.until = Instant.parse("2032-01-01T00:00:00Z");
        book.agreement = new Agreement(
                book.agreement.id(),
                book.agreement.vendor(),
                book.agreement.type(),
                Book.FROM,
                Book.FROM,
                book.until,
                book.agreement.clauses(),
                book.agreement.schedule(),
                "x",
                "00",
                1,
                1);
        allowed(Instant.parse("2031-12-26T00:00:00Z"));
        allowed(Instant.parse("2031-12-26T23:59:59Z"));
        refused(Instant.parse("2031-12-27T00:00:00Z"));
        refused(Instant.parse("2031-12-28T00:00:00Z"));
    }

    @Test
    @DisplayName("evidence about the recipient grows old (T-XFER-2)")
    void evidence() {
        country("US");
        refused();
        book.evidence.putAll(FRAMEWORK);
        Instant seen = Instant.parse("2026-02-01T00:00:00Z");
        allowed(seen.plusSeconds(90 * 86_400 - 1));
        refused(seen.plusSeconds(90 * 86_400));
        refused(seen.plusSeconds(91 * 86_400));
        refused(seen.minusSeconds(1));
        book.evidence.remove("dpf_scope");
        refused();
        book.evidence.put("dpf_scope", "we looked");
        refused();
    }

    @Test
    @DisplayName("the same country is adequate from one home and not from another (T-XFER-4)")
    void homes() {
        country("JP");
        book.evidence.put("recipient_in_scope_statement", "2026-02-20 statement of the vendor");
        allowed();
        home("CH", "CH");
        refused();
    }

    @Test
    @DisplayName(
            "a decision on businesses alone does not reach a Canadian school board, which cannot say it is in scope"
                    + " (T-XFER-5)")
    void partial() {
        country("CA");
        refused();
        book.evidence.putAll(FRAMEWORK);
        refused();
        book.evidence.put("recipient_in_scope_statement", "a public school board");
        refused();
        book.evidence.put("recipient_in_scope_statement", "2026-02-20 statement of the company");
        allowed();
        home("GB", "UK");
        book.evidence.remove("recipient_in_scope_statement");
        refused();
    }

    @Test
    @DisplayName("every regime has to agree")
    void regimes() {
        home("GB", "UK");
        country("DE");
        allowed();
        book.controller = Book.district(Controller.Kind.PUBLIC_AUTHORITY, "GB", false, Set.of("UK", "EU"));
        book.basis = Map.of("EU", "public_task", "UK", "public_task");
        country("AD");
        allowed();
        country("KE");
        refused();
    }

    @Test
    @DisplayName("a sub-processor in a country that is not adequate stops the rule (T-XFER-6)")
    void subProcessor() {
        Vendor old = book.vendor;
        book.vendor = new Vendor(
                old.id(),
                old.name(),
                old.standing(),
                old.countries(),
                List.of(new Vendor.SubProcessor("Example", "IN", "support")),
                old.securityContact(),
                old.terms());
        refused();
    }

    private static Grounds.Safeguard clauses(LocalDate assessed, String... special) {
        return new Grounds.Safeguard(
                "standard_clauses",
                LocalDate.of(2025, 12, 1),
                Optional.of("controller to processor"),
                "assessment 3",
                assessed,
                "encryption under a key of the district's",
                Set.of(special));
    }

    @Test
    @DisplayName("a safeguard carries ordinary elements while its assessment is fresh, and special ones never")
    void safeguard() {
        country("IN");
        book.safeguard = Optional.of(clauses(LocalDate.of(2026, 1, 1)));
        allowed();
        book.safeguard = Optional.of(clauses(LocalDate.of(2024, 1, 1)));
        refused();
        book.safeguard = Optional.of(clauses(LocalDate.of(2026, 1, 1)));
        book.elements =
                id -> Optional.of(new Elements.Element(id, id, Elements.Sensitivity.SPECIAL, Elements.Forward.BY_RULE));
        book.special = Optional.of(new Grounds.Special("condition", "assessment"));
        refused();
    }

    @Test
    @DisplayName("what a safeguard lacks stands against a draft only where no other way is open")
    void oneWayIsEnough() {
        book.grants.put(Field.USER_PRONOUNS, new Treatment.AsIs());
        book.safeguard = Optional.of(clauses(LocalDate.of(2026, 1, 1)));
        country("FR");
        assertEquals(List.of(), places());
        country("IN");
        assertEquals(List.of("/destination/safeguard/special", "/destination"), places());
        book.safeguard = Optional.of(clauses(LocalDate.of(2026, 1, 1), "name.pronouns"));
        assertEquals(List.of(), places());
    }

    /// Where in the rule's file something stands against its destination.
    private List<String> places() {
        return RuleCheck.problems(book.snapshot().bench(), book.proposal(1, book.from, book.until), Book.NOW).stream()
                .map(Problem::pointer)
                .filter(place -> place.startsWith("/destination"))
                .toList();
    }

    @Test
    @DisplayName("an empty list means that nothing outside home is adequate, and the rest works (T-XFER-7)")
    void emptyList() {
        book.charter = new Charter(name -> name.equals("adequacy.json")
                ? new ByteArrayInputStream("{\"areas\":{},\"entries\":[],\"defaults\":{\"evidence_max_age_days\":90}}"
                        .getBytes(StandardCharsets.UTF_8))
                : file(name, text -> text));
        allowed();
        country("FR");
        refused();
    }

    @Test
    @DisplayName("an entry that is switched off counts no more (T-XFER-3)")
    void switchedOff() {
        country("GB");
        allowed();
        book.charter = new Charter(name -> file(name, text -> text.replace("\"enabled\": true", "\"enabled\": false")));
        refused();
    }

    @Test
    @DisplayName("a district that keeps its data at home gives nothing to its own neighbours")
    void localised() {
        book.controller = Book.district(Controller.Kind.PUBLIC_AUTHORITY, "DE", true, Set.of("EU"));
        allowed();
        country("FR");
        refused();
    }

    private static InputStream file(String name, UnaryOperator<String> change) {
        try (var in = Charter.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new ByteArrayInputStream(change.apply(text).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
