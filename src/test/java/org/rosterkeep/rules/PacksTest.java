package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.roster.Entity;

@DisplayName("A pack")
class PacksTest {
    private static final Ask USERS = new Ask(new Recipient.Vendor("reading"), Entity.USER, Set.of(), Set.of());

    private final Book book = new Book();

    private static InputStream file(String name, UnaryOperator<String> change) {
        try (InputStream in = Charter.class.getResourceAsStream(name)) {
            String text = change.apply(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Charter charter(String name, UnaryOperator<String> change) {
        Function<String, InputStream> files = one -> file(one, one.equals(name) ? change : text -> text);
        return new Charter(files);
    }

    private void on(String... overlays) {
        book.controller = Book.district(Controller.Kind.PUBLIC_AUTHORITY, "US", false, Set.of("US-FERPA"), overlays);
    }

    private Optional<Reason> refusal() {
        return switch (book.snapshot().decide(USERS, Book.NOW)) {
            case Decision.Allow allow -> Optional.empty();
            case Decision.Deny(Reason reason) -> Optional.of(reason);
        };
    }

    private List<String> places() {
        return RuleCheck.problems(book.snapshot().bench(), book.proposal(1, book.from, book.until), Book.NOW).stream()
                .map(Problem::pointer)
                .toList();
    }

    private void vendor(Optional<Boolean> integral, String... words) {
        var statements = new java.util.TreeMap<String, String>();
        List.of(words).forEach(word -> statements.put(word, "stated on 2026-01-01"));
        Vendor old = book.vendor;
        book.vendor = new Vendor(
                old.id(),
                old.name(),
                old.standing(),
                old.countries(),
                old.remoteAccess(),
                old.subProcessors(),
                old.securityContact(),
                old.terms(),
                old.needs(),
                new Vendor.Particulars(false, integral, Optional.empty(), statements));
    }

    private void agreement(Set<String> clauses, Agreement.Particulars particulars) {
        Agreement old = book.agreement;
        book.agreement = new Agreement(
                old.id(),
                old.vendor(),
                old.type(),
                old.signed(),
                old.starts(),
                old.ends(),
                clauses,
                old.schedule(),
                old.document(),
                old.documentHash(),
                old.breachNoticeHours(),
                old.disposalDays(),
                particulars);
    }

    private static Agreement.Particulars stating(Map<String, String> statements) {
        return new Agreement.Particulars(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), statements);
    }

    @Test
    @DisplayName("that is off has no effect; all twelve are there, each entry with its source")
    void shipped() {
        assertEquals(Optional.empty(), refusal());
        assertEquals(12, Book.CHARTER.packs().size());
        assertEquals(Set.of("CH", "EU", "LOCAL", "UK", "US-FERPA"), Book.CHARTER.regimes());
        assertThrows(
                RulesFault.class,
                () -> charter("packs/EU.json", text -> text.replaceFirst("\"source\": \"C\"", "\"source\": \"\"")));
        assertThrows(
                RulesFault.class, () -> charter("packs/EU.json", text -> text.replaceFirst("\"needs\"", "\"wants\"")));
        assertThrows(RulesFault.class, () -> charter("packs/EU.json", text -> text.replace("\"PT72H\"", "\"PT0H\"")));
    }

    @ParameterizedTest
    @CsvSource({
        "US-NY, accuracy_challenge",
        "US-CA, pupil_content",
        "US-CA, deletion_certified",
        "US-CO, sub_processors",
        "US-CT, restored_deletion",
        "US-FERPA, direct_control"
    })
    @DisplayName("refuses an agreement that lacks one of its clauses, and only then (F03)")
    void clauses(String pack, String clause) {
        on(pack.equals("US-FERPA") ? new String[0] : new String[] {pack});
        var statements = Map.of("supplemental_information", "web site", "publication", "web site, 2026-01-05");
        var copy = new Agreement.Document("public.pdf", "00".repeat(32));
        var particulars =
                new Agreement.Particulars(List.of(), Optional.of(copy), Optional.empty(), Optional.empty(), statements);
        agreement(book.agreement.clauses(), particulars);
        assertEquals(Optional.empty(), refusal());
        var fewer = new HashSet<>(book.agreement.clauses());
        fewer.remove(clause);
        agreement(fewer, particulars);
        assertEquals(Optional.of(Reason.AGREEMENT_NOT_LIVE), refusal());
        assertTrue(places().contains("/agreement"));
    }

    @Test
    @DisplayName("refuses an agreement that does not state what it asks for, and only then (F03)")
    void agreementStatements() {
        on("US-NY");
        assertEquals(Optional.of(Reason.AGREEMENT_NOT_LIVE), refusal());
        assertEquals(List.of("/agreement"), places());
        agreement(book.agreement.clauses(), stating(Map.of("supplemental_information", "web site, page 7")));
        assertEquals(Optional.empty(), refusal());
        on("US-CO");
        assertEquals(Optional.of(Reason.AGREEMENT_NOT_LIVE), refusal());
    }

    @Test
    @DisplayName("refuses a vendor and a rule that do not state what it asks for, and only then (F04, F06)")
    void vendorStatements() {
        on("US-COPPA");
        assertEquals(Optional.of(Reason.VENDOR_NOT_ACTIVE), refusal());
        vendor(Optional.of(true), "written_assurance", "security_attestation");
        assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal());
        assertEquals(List.of("/evidence/delete_by"), places());
        book.evidence.put("delete_by", "60 days after the end of the school year");
        assertEquals(Optional.empty(), refusal());
    }

    private Set<Charter.Basis.Person> asks() {
        return book.snapshot().lookup(book.rule(1, book.from, book.until)).of();
    }

    @Test
    @DisplayName("asks for the consent of children for every vendor that is not marked integral, and lets the rule run")
    void children() {
        assertEquals(Set.of(), asks());
        on("US-COPPA");
        vendor(Optional.of(true), "written_assurance", "security_attestation");
        book.evidence.put("delete_by", "60 days after the end of the school year");
        assertEquals(Set.of(), asks());
        vendor(Optional.of(false), "written_assurance", "security_attestation");
        assertEquals(Optional.empty(), refusal());
        assertEquals(List.of(), places());
        assertEquals(Set.of(Charter.Basis.Person.CHILD_CONSENT), asks());
        vendor(Optional.empty(), "written_assurance", "security_attestation");
        assertEquals(Set.of(Charter.Basis.Person.CHILD_CONSENT), asks());
        assertEquals(Optional.of(Reason.VENDOR_NOT_ACTIVE), refusal(), "nobody has said whether it is integral");
    }

    @Test
    @DisplayName("cannot ask for an age the roster does not tell, nor make a pupil an adult by silence")
    void ages() {
        assertThrows(
                RulesFault.class,
                () -> charter("packs/US-COPPA.json", text -> text.replace("\"below\": 13", "\"below\": 14")));
        assertThrows(
                RulesFault.class,
                () -> charter("packs/US-COPPA.json", text -> text.replace("\"integral\",", "\"essential\",")));
        on("US-COPPA");
        var adults = book.snapshot().lookup(book.rule(1, book.from, book.until)).adultRoles();
        assertTrue(adults.contains("teacher") && !adults.contains("student") && !adults.contains("relative"));
        var both =
                new Pack.Children(Set.of("teacher", "aide")).stricter(new Pack.Children(Set.of("teacher", "parent")));
        assertEquals(Set.of("teacher"), both.adultRoles());
    }

    @ParameterizedTest
    @CsvSource({"EU, consent", "UK, consent", "CH, consent", "US-FERPA, written_consent"})
    @DisplayName("has a basis that asks for the consent of each person, and holds without anything stated (F11)")
    void consentBases(String pack, String basis) {
        book.controller = Book.district(
                Controller.Kind.PUBLIC_AUTHORITY, pack.equals("US-FERPA") ? "US" : "DE", false, Set.of(pack));
        book.basis = Map.of(pack, basis);
        assertEquals(Set.of(Charter.Basis.Person.CONSENT), asks());
        assertTrue(places().stream().noneMatch(one -> one.startsWith("/basis")));
    }

    @Test
    @DisplayName("with others: each has its basis, and what any of them asks of a person is asked")
    void several() {
        book.controller =
                Book.district(Controller.Kind.PUBLIC_AUTHORITY, "US", false, Set.of("US-FERPA", "EU"), "US-COPPA");
        book.basis = Map.of("US-FERPA", "written_consent");
        assertTrue(places().contains("/basis"));
        vendor(Optional.of(false));
        book.basis = Map.of("US-FERPA", "directory_information", "EU", "consent");
        assertEquals(Set.of(Charter.Basis.Person.values()), asks());
        book.basis = Map.of("US-FERPA", "school_official", "EU", "public_task");
        assertEquals(Set.of(Charter.Basis.Person.CHILD_CONSENT), asks());
    }

    private void directory(Designation designation, String... overlays) {
        book.basis = Map.of("US-FERPA", "directory_information");
        book.elements = id -> Optional.of(new Elements.Element(
                id,
                id,
                Elements.Sensitivity.ORDINARY,
                Elements.Forward.BY_RULE,
                id.equals("contact.email") ? Elements.Designable.NEVER : Elements.Designable.YES));
        book.controller = Optional.of(new Controller(
                "Example",
                Controller.Kind.PUBLIC_AUTHORITY,
                "US",
                Set.of("US-FERPA"),
                Set.of(overlays),
                false,
                Book.PROFILE,
                Optional.ofNullable(designation)));
    }

    private static Designation designated(Set<String> elements, Optional<Designation.Limit> limit, String... words) {
        var statements = new java.util.TreeMap<String, String>();
        List.of(words).forEach(word -> statements.put(word, "stated"));
        return new Designation(
                "the board",
                LocalDate.of(2026, 1, 10),
                "web site",
                LocalDate.of(2026, 1, 20),
                LocalDate.of(2026, 2, 28),
                elements,
                Map.of(),
                limit,
                statements);
    }

    @Test
    @DisplayName("lets directory information go only as designated, told, limited and after the window (F06)")
    void directory() {
        var all = Set.of("name.given", "name.family", "role.role", "org.membership");
        directory(null);
        assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal());
        assertEquals(List.of("/basis"), places());
        directory(designated(all, Optional.empty()));
        assertEquals(Optional.empty(), refusal());
        assertEquals(Set.of(Charter.Basis.Person.DIRECTORY), asks());
        Instant closed = Instant.parse("2026-03-01T00:00:00Z");
        assertInstanceOf(Decision.Allow.class, book.snapshot().decide(USERS, closed));
        assertInstanceOf(Decision.Deny.class, book.snapshot().decide(USERS, closed.minusSeconds(1)));
        directory(designated(Set.of("name.given", "role.role", "org.membership"), Optional.empty()));
        assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal());
        for (var limit : List.of(
                new Designation.Limit(Set.of("another"), Set.of()),
                new Designation.Limit(Set.of(), Set.of("library")))) {
            directory(designated(all, Optional.of(limit)));
            assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal());
        }
        directory(designated(
                all, Optional.of(new Designation.Limit(Set.of("reading-app"), Set.of("instruction_content")))));
        assertEquals(Optional.empty(), refusal());
        book.grants.put(org.rosterkeep.roster.Field.USER_EMAIL, new Treatment.AsIs());
        directory(designated(
                Set.of("name.given", "name.family", "role.role", "org.membership", "contact.email"), Optional.empty()));
        assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal(), "the catalogue has closed the element since");
    }

    @Test
    @DisplayName("or none: a field outside the agreement's schedule is refused, naming the clause (F03, T-PACK-1)")
    void schedule() {
        book.grants.put(org.rosterkeep.roster.Field.USER_USERNAME, new Treatment.AsIs());
        assertEquals(Optional.of(Reason.AGREEMENT_NARROWER), refusal());
        var problem = RuleCheck.problems(book.snapshot().bench(), book.proposal(1, book.from, book.until), Book.NOW)
                .getFirst();
        assertEquals("/fields/user/username", problem.pointer());
        assertTrue(problem.what().contains("clause element_schedule"), problem.what());
        book.grants.remove(org.rosterkeep.roster.Field.USER_USERNAME);
        assertEquals(Optional.empty(), refusal());
    }

    @Test
    @DisplayName("may ask for the meeting of the board that designated (F06)")
    void boardMeeting() {
        var all = Set.of("name.given", "name.family", "role.role", "org.membership");
        vendor(Optional.empty(), "service_review");
        directory(designated(all, Optional.empty()), "US-FL");
        assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal());
        directory(designated(all, Optional.empty(), "boardMeeting"), "US-FL");
        assertEquals(Optional.empty(), refusal());
    }

    @Test
    @DisplayName("refuses a district whose profile lacks what it asks for, and only then (F06)")
    void profile() {
        book.controller = Optional.of(new Controller(
                "Example",
                Controller.Kind.PUBLIC_AUTHORITY,
                "US",
                Set.of("US-FERPA"),
                Set.of("US-UT"),
                false,
                Profile.NONE,
                Optional.empty()));
        assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal());
        on("US-UT");
        assertEquals(Optional.empty(), refusal());
        assertEquals(
                Set.of("student-data-manager"),
                Book.CHARTER.demands(book.controller.orElseThrow()).approverRoles());
    }

    @Test
    @DisplayName("prohibits elements while it is on (F13)")
    void prohibited() {
        book.charter = charter("packs/US-FL.json", text -> text.replace("demo.biometric", "name.given"));
        assertEquals(Optional.empty(), refusal());
        on("US-FL");
        vendor(Optional.empty(), "service_review");
        assertEquals(Optional.of(Reason.ELEMENT_BARRED), refusal());
        assertTrue(places().contains("/fields/user/givenName"));
        book.charter = Book.CHARTER;
        assertEquals(Optional.empty(), refusal());
    }

    @Test
    @DisplayName("with others: the strictest of each counts")
    void strictest() {
        book.charter = charter(
                "packs/US-FL.json",
                text -> text.replaceFirst(
                        "\"clocks\"",
                        "\"noticeDays\": {\"fresh\": 3, \"material\": 45, \"source\": \"A\"}, \"clocks\""));
        on("US-FL", "US-UT", "US-NY");
        var demands = book.charter.demands(book.controller.orElseThrow());
        assertEquals(new Pack.Notice(3, 45), demands.notice());
        assertEquals(Optional.of(5), demands.debarredYearsMin());
        assertEquals(
                Set.of("id.ssn", "demo.biometric", "demo.religion_politics"),
                demands.prohibited().keySet());
        assertTrue(demands.clauses().containsAll(Set.of("direct_control", "encryption")));
    }

    @Test
    @DisplayName("may ask for an impact assessment, and waits while the authority has not answered (F15)")
    void assessment() {
        book.controller = Book.district(Controller.Kind.PUBLIC_AUTHORITY, "DE", false, Set.of("EU"));
        book.basis = Map.of("EU", "public_task");
        book.country = "DE";
        vendor(Optional.empty());
        LocalDate day = LocalDate.of(2026, 1, 5);
        book.safeguard = Optional.of(new Grounds.Safeguard(
                "standard_clauses", day, Optional.of("2"), "transfer assessment 3", day, "none needed", Set.of()));
        assertEquals(Optional.empty(), refusal());
        var made = book.assessment;
        book.assessment = Optional.empty();
        assertEquals(Optional.of(Reason.ASSESSMENT_MISSING), refusal());
        assertTrue(places().contains("/assessment"));
        book.assessment = Optional.of(new Grounds.Assessment("7", LocalDate.of(2026, 3, 2), done()));
        assertEquals(Optional.of(Reason.ASSESSMENT_MISSING), refusal());
        book.assessment =
                Optional.of(new Grounds.Assessment("7", LocalDate.of(2026, 3, 1), Grounds.Consultation.PENDING));
        assertEquals(Optional.of(Reason.ASSESSMENT_MISSING), refusal());
        assertTrue(places().contains("/assessment/consultation"));
        book.assessment = Optional.of(new Grounds.Assessment("7", LocalDate.of(2026, 3, 1), done()));
        assertEquals(Optional.empty(), refusal());
        book.assessment = made;
        assertEquals(Optional.empty(), refusal());
    }

    private static Grounds.Consultation done() {
        return Grounds.Consultation.DONE;
    }

    @ParameterizedTest
    @ValueSource(strings = {"school_official", "audit_evaluation", "studies", "transfer", "health_safety", "judicial"})
    @DisplayName("its bases hold only with everything they need stated (F06)")
    void preconditions(String basis) {
        book.basis = Map.of("US-FERPA", basis);
        var needed =
                Book.CHARTER.regime("US-FERPA").orElseThrow().bases().get(basis).evidence();
        assertFalse(needed.isEmpty());
        book.evidence.clear();
        needed.forEach(word -> book.evidence.put(word, "stated on 2026-01-01"));
        assertEquals(Optional.empty(), refusal());
        for (String word : needed) {
            String said = book.evidence.remove(word);
            assertEquals(Optional.of(Reason.BASIS_NOT_ALLOWED), refusal(), word);
            assertEquals(List.of("/evidence/" + word), places());
            book.evidence.put(word, said);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sale",
                "targeted_advertising",
                "advertising",
                "marketing",
                "profiling",
                "model_training",
                "product_improvement",
                "data_broking",
                "credit",
                "insurance",
                "employment",
                "biometric_identification",
                "social_media_monitoring"
            })
    @DisplayName("or none: a prohibited purpose cannot be saved, and is called by its name (F05)")
    void prohibitedPurposes(String purpose) {
        byte[] file = RuleBookTest.example("rule", text -> text.replace("instruction_content", purpose));
        var flawed = assertInstanceOf(Checked.Flawed.class, new RuleFile(Book.CHARTER).read(file, any -> 1));
        assertEquals(1, flawed.problems().size());
        assertTrue(flawed.problems().getFirst().toString().contains("prohibited (F05)"));
        book.purpose = purpose;
        assertEquals(Optional.of(Reason.PURPOSE_NOT_ALLOWED), refusal());
    }

    @Test
    @DisplayName("or none: the list of purposes is the closed one")
    void purposes() {
        assertEquals(17, Book.CHARTER.purposes().size());
        for (String purpose : new TreeSet<>(Book.CHARTER.purposes())) {
            book.purpose = purpose;
            book.evidence.put("threat", "a flood, stated by the fire service");
            assertEquals(Optional.empty(), refusal(), purpose);
        }
        book.purpose = "health_safety_emergency";
        book.evidence.remove("threat");
        assertEquals(Optional.of(Reason.PURPOSE_NOT_ALLOWED), refusal());
    }

    @Test
    @DisplayName("or none: an agreement is a draft, pending, live and expired by what it says and the clock")
    void statuses() {
        Agreement one = book.agreement;
        Instant second = one.starts().minusSeconds(1);
        assertEquals(Agreement.Status.DRAFT, one.status(false, Book.NOW));
        assertEquals(Agreement.Status.LIVE, one.status(true, Book.NOW));
        assertEquals(Agreement.Status.LIVE, one.status(true, one.ends().minusSeconds(1)));
        assertEquals(Agreement.Status.EXPIRED, one.status(true, one.ends()));
        assertEquals(Agreement.Status.EXPIRED, one.status(false, one.ends()));
        assertEquals(Agreement.Status.DRAFT, one.status(true, second));
        Agreement early = new Agreement(
                one.id(),
                one.vendor(),
                one.type(),
                second.minusSeconds(1),
                one.starts(),
                one.ends(),
                one.clauses(),
                one.schedule(),
                one.document(),
                one.documentHash(),
                1,
                1);
        assertEquals(Agreement.Status.PENDING, early.status(true, second));
        assertEquals(Agreement.Status.LIVE, early.status(true, early.starts()));
    }
}
