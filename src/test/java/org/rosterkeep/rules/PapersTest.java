package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;

@DisplayName("Vendors and agreements")
class PapersTest {
    private static final String VENDOR = """
        {"id": "reading-app", "name": "Reading App", "countries": ["US"], "remoteAccess": ["IE", "US"],
         "subProcessors": [{"name": "Host", "country": "DE", "purpose": "runs the servers"}],
         "securityContact": "security@reading.example", "essential": true, "integral": false,
         "needs": ["user.givenName"],
         "insurance": {"insurer": "Example Mutual", "policy": "P-7", "until": "2027-01-31"},
         "statements": {"written_assurance": "letter of 2026-05-01"},
         "terms": {"version": 1, "by": "the privacy lead", "on": "2026-06-15"}}
        """;
    private static final String AGREEMENT = """
        {"id": "reading-2026", "vendor": "reading-app", "type": "LOCAL", "starts": "2026-07-01", "ends": "2027-07-31",
         "clauses": ["no_sale", "pupil_content"], "schedule": ["name.given", "contact.email"],
         "document": {"name": "dpa.pdf", "sha256": "%1$s"},
         "documents": [{"name": "annex-1.pdf", "sha256": "%1$s"}, {"name": "annex-2.pdf", "sha256": "%1$s"}],
         "publicCopy": {"name": "public.pdf", "sha256": "%1$s"}, "auditRight": "once a year, on 30 days' notice",
         "insurance": {"insurer": "Example Mutual", "policy": "P-7", "until": "2027-01-31"},
         "statements": {"supplemental_information": "web site, page 7"},
         "breachNoticeHours": 48, "disposalDays": 30}
        """.formatted("ab".repeat(32));

    private final FakeShelf shelf = new FakeShelf();
    private Papers papers = open();

    private Papers open() {
        return new RuleBook(
                        shelf,
                        new FakeJournal(),
                        Charter.shipped(),
                        Elements.of(Catalogue.shipped()),
                        new People(),
                        Children.FEW)
                .papers();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T sound(Checked<T> read) {
        return switch (read) {
            case Checked.Sound<T>(T value) -> value;
            case Checked.Flawed<T>(List<Problem> problems) -> throw new AssertionError(problems.toString());
        };
    }

    private static List<String> flaws(Checked<?> read) {
        return switch (read) {
            case Checked.Sound<?> sound -> List.of();
            case Checked.Flawed<?>(List<Problem> problems) ->
                problems.stream().map(Problem::pointer).toList();
        };
    }

    @BeforeEach
    void vendor() {
        sound(papers.putVendor(bytes(VENDOR), "ada"));
    }

    @Test
    @DisplayName("keep everything they say: what is shown can be put again, and is the same after a restart")
    void roundTrip() {
        Vendor vendor = papers.vendor("reading-app").orElseThrow();
        assertEquals(vendor, sound(papers.putVendor(bytes(papers.text(vendor)), "ada")));
        Agreement agreement = sound(papers.putAgreement(bytes(AGREEMENT), "ada"));
        assertEquals(agreement, sound(papers.putAgreement(bytes(papers.text(agreement)), "ada")));
        assertEquals(2, agreement.particulars().documents().size());
        assertTrue(agreement.signed().isEmpty());
        papers = open();
        assertEquals(vendor, papers.vendor("reading-app").orElseThrow());
        assertEquals(agreement, papers.agreement("reading-2026").orElseThrow());
        assertEquals(List.of(), papers.damaged());
    }

    @Test
    @DisplayName("of an older form are read as they were")
    void older() {
        assertEquals(
                Set.of("DE", "IE", "US"),
                papers.vendor("reading-app").orElseThrow().reach());
        sound(papers.putVendor(RuleBookTest.example("vendor"), "ada"));
        Vendor old = papers.vendor("reading-app").orElseThrow();
        assertEquals(Set.of(), old.remoteAccess());
        assertEquals(Vendor.Particulars.NONE, old.particulars());
        Agreement agreement = sound(papers.putAgreement(RuleBookTest.example("agreement"), "ada"));
        assertEquals(Agreement.Particulars.NONE, agreement.particulars());
        assertTrue(agreement.signed().isPresent());
    }

    @Test
    @DisplayName("say where they are wrong")
    void wrong() {
        assertEquals(
                List.of("/remoteAccess/0"), flaws(papers.putVendor(bytes(VENDOR.replace("\"IE\"", "\"XX\"")), "ada")));
        assertEquals(
                List.of("/statements/written_promise"),
                flaws(papers.putVendor(bytes(VENDOR.replace("written_assurance", "written_promise")), "ada")));
        assertEquals(
                List.of("/documents/1/sha256"),
                flaws(papers.putAgreement(
                        bytes(AGREEMENT.replace(
                                "annex-2.pdf\", \"sha256\": \"" + "ab".repeat(32),
                                "annex-2.pdf\", \"sha256\": \"" + "xy".repeat(32))),
                        "ada")));
        assertEquals(
                List.of("/insurance/until"),
                flaws(papers.putAgreement(bytes(AGREEMENT.replace("2027-01-31", "January")), "ada")));
    }
}
