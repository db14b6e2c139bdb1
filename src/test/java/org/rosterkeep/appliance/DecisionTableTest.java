package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Ask;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.vendors.Golden;

/// Who gets what for which purpose, of the two rules of the trial, as a table a lawyer can read. Each cell is an answer
/// of the decider that stands in front of every release.
@DisplayName("The decision table")
class DecisionTableTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-05T06:30:00Z"), ZoneOffset.UTC);
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US",
         "packs": ["US-FERPA", "US-COPPA"], "statements": {"retention_policy": "web site, page 3"}}\
        """;
    private static final String ROW = "%-50s %-34s %-34s %-34s %s";

    private static final String CELL = "%-28s";
    private static final String CONSENTED = "consented";

    @TempDir
    Path directory;

    @Test
    @DisplayName("of the trial's rules is the golden one: recipient, purpose, field")
    void golden() throws Exception {
        var schools = List.of(new Schools.School("north", "One", 10), new Schools.School("south", "Two", 5));
        var sharings = TrialDocuments.sharings(schools, true, CLOCK.instant()).stream()
                .map(DecisionTableTest::answerable)
                .toList();
        var all = Stream.concat(sharings.stream(), Stream.of(consented(sharings.getFirst())))
                .toList();
        try (var district = LiveDistrict.make(directory.resolve("home"), CLOCK, new SecureRandom())) {
            for (var sharing : all) {
                district.sign(DISTRICT, sharing.vendorFile(), sharing.agreementFile());
            }
            district.activate(all.stream().map(TrialDocuments.Sharing::ruleFile).toList());
            var book = district.rooms().book();
            var lines = new ArrayList<String>();
            lines.add(
                    "Who receives what, and why. \"yes\" is the value itself. Everything else is said as it happens.");
            lines.add("");
            lines.add(ROW.formatted(
                    "RECIPIENT",
                    "",
                    sharings.getFirst().name(),
                    sharings.getLast().name(),
                    "anybody else"));
            lines.add(ROW.formatted(
                    "PURPOSE", "", purpose(district, 0, sharings), purpose(district, 1, sharings), "none"));
            lines.add(ROW.formatted("FIELD", "WHAT IT IS", "", "", "").stripTrailing());
            for (var field : Field.values()) {
                if (field.need() == Field.Need.INTERNAL) {
                    continue;
                }
                var cells = new ArrayList<String>();
                for (var client :
                        List.of(sharings.getFirst().client(), sharings.getLast().client(), "anybody")) {
                    var ask = new Ask(new Recipient.Vendor(client), field.entity(), Set.of(), Set.of());
                    cells.add(cell(field, book.decide(ask, CLOCK.instant())));
                    // A question that looks at a field is refused exactly when the field is not given as it is or
                    // treated.
                    var looking = new Ask(new Recipient.Vendor(client), field.entity(), Set.of(), Set.of(field));
                    boolean given = book.decide(ask, CLOCK.instant()) instanceof Decision.Allow allow
                            && allow.fields().containsKey(field);
                    if (field.need() != Field.Need.ENVELOPE) {
                        assertEquals(
                                given, book.decide(looking, CLOCK.instant()) instanceof Decision.Allow, field.path());
                    }
                }
                var label =
                        Catalogue.shipped().find(field.element()).orElseThrow().label();
                lines.add(ROW.formatted(
                                field.path(),
                                label.substring(0, Math.min(33, label.length())),
                                cells.get(0),
                                cells.get(1),
                                cells.get(2))
                        .stripTrailing());
            }
            lines.addAll(circumstances(district, all));
            Golden.check("decisions.txt", String.join("\n", lines) + "\n");
        }
    }

    /// With what the law on children asks of a vendor and a rule.
    private static TrialDocuments.Sharing answerable(TrialDocuments.Sharing one) {
        var statements = Json.createObjectBuilder()
                .add("written_assurance", "letter of 2026-08-01")
                .add("security_attestation", "letter of 2026-08-02")
                .build();
        var evidence = Json.createObjectBuilder(Pull.json(one.ruleFile()).getJsonObject("evidence"))
                .add("delete_by", "60 days after the school year")
                .build();
        return new TrialDocuments.Sharing(
                one.name(),
                one.rule(),
                one.client(),
                FloorDistrict.change(one.vendorFile(), Map.of("integral", JsonValue.TRUE, "statements", statements)),
                one.agreementFile(),
                FloorDistrict.change(one.ruleFile(), Map.of("evidence", evidence)));
    }

    /// The same for another vendor, of those who have consented.
    private static TrialDocuments.Sharing consented(TrialDocuments.Sharing like) {
        UnaryOperator<String> renamed =
                file -> file.replace(like.rule(), CONSENTED).replace(like.client(), "asking-first");
        var basis =
                Json.createObjectBuilder().add("US-FERPA", "written_consent").build();
        return new TrialDocuments.Sharing(
                "a vendor like " + like.name() + ", on consent,",
                CONSENTED,
                "asking-first",
                renamed.apply(like.vendorFile()),
                renamed.apply(like.agreementFile()),
                FloorDistrict.change(renamed.apply(like.ruleFile()), Map.of("basis", basis)));
    }

    /// What of that changes when something is the case: for a pupil of the first school.
    private List<String> circumstances(LiveDistrict district, List<TrialDocuments.Sharing> sharings) {
        var one = new Circumstance.Case(
                district,
                CLOCK,
                sharings.stream().map(TrialDocuments.Sharing::vendorFile).toList(),
                sharings.stream().map(TrialDocuments.Sharing::agreementFile).toList(),
                CONSENTED,
                directory);
        one.deliver(2009);
        one.consent();
        var lines = new ArrayList<String>();
        for (var sharing : sharings) {
            var given = district.rooms()
                    .book()
                    .newest(sharing.rule(), CLOCK.instant())
                    .rule()
                    .grants();
            var rows = new TreeMap<Field, StringBuilder>();
            given.keySet().stream()
                    .filter(field -> field.entity() == Entity.USER || field.entity() == Entity.ENROLLMENT)
                    .forEach(field -> rows.put(field, new StringBuilder(CELL.formatted(field.path()))));
            var head = new StringBuilder(CELL.formatted("WHEN"));
            for (var circumstance : Circumstance.values()) {
                circumstance.comes(one);
                head.append(CELL.formatted(circumstance.words()));
                rows.forEach((field, row) -> row.append(CELL.formatted(one.given(sharing.client(), field))));
                circumstance.goes(one);
                rows.keySet().forEach(field -> assertEquals("yes", one.given(sharing.client(), field), field.path()));
            }
            lines.add("");
            lines.add("What " + sharing.name()
                    + " is given of one pupil when one thing is the case: \"yes\" is as its rule says, \"no\" comes"
                    + " with the floor that keeps it back:");
            lines.add(head.toString().stripTrailing());
            rows.values().forEach(row -> lines.add(row.toString().stripTrailing()));
        }
        return lines;
    }

    private static String purpose(LiveDistrict district, int n, List<TrialDocuments.Sharing> sharings) {
        return district.rooms()
                .book()
                .newest(sharings.get(n).rule(), CLOCK.instant())
                .rule()
                .purpose();
    }

    private static String cell(Field field, Decision decision) {
        return switch (decision) {
            case Decision.Deny deny -> "no";
            case Decision.Allow allow -> {
                var treatment = allow.fields().get(field);
                yield treatment == null ? withheld(field, allow) : treated(treatment);
            }
        };
    }

    private static String withheld(Field field, Decision.Allow allow) {
        return switch (field.need()) {
            case ENVELOPE -> allow.rule().passThroughIds() ? "yes" : "a pseudonym for this vendor";
            case OPTIONAL, INTERNAL -> "no";
            case STAND_IN -> "no; a constant stands in";
            case ALIAS -> "no; its pseudonym stands in";
            case GRANT -> "no, nor any such record";
        };
    }

    private static String treated(Treatment treatment) {
        return switch (treatment) {
            case Treatment.AsIs() -> "yes";
            case Treatment.Initial() -> "its first letter only";
            case Treatment.Pseudonym() -> "a pseudonym in its place";
            case Treatment.Constant(String text) -> "always \"" + text + "\"";
            case Treatment.Coarse() -> "its year only";
            case Treatment.Preferred() -> "the preferred name, if there is one";
        };
    }
}
