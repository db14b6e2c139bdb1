package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.rules.Agreement;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.vendors.Route;

@DisplayName("The end of an agreement, through the listener")
class AgreementEndTest {
    private static final Instant END = Instant.parse("2026-10-05T07:30:00Z");
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA"]}\
        """;

    private final HandClock clock = new HandClock();

    @Test
    @DisplayName("every route gives until its last second, and answers 403 with one entry each from its end on (F03)")
    void ends(@TempDir Path directory) throws IOException {
        try (var district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            var sharing = furnished(district, directory);
            var secret = district.activate(List.of(sharing.ruleFile())).getFirst();
            shortened(district, sharing.agreementFile());
            clock.stand(END.minusSeconds(1));
            var pull = Pull.as(district, sharing.client(), secret);
            var ids = new TreeMap<String, Integer>();
            for (var route : Route.all()) {
                ids.merge(get(pull, route).statusCode() == 200 ? "given" : "not", 1, Integer::sum);
            }
            assertEquals(11, ids.get("given"), "every list but demographics, which this rule does not give");
            clock.stand(END);
            refused(district, pull);
            clock.stand(END.plusSeconds(1));
            refused(district, pull);
            assertEquals(
                    Agreement.Status.EXPIRED,
                    papers(district).status(papers(district).agreements().getFirst(), END));
            assertEquals(List.of(), district.faults());
        }
    }

    private void refused(LiveDistrict district, Pull pull) {
        for (var route : Route.all()) {
            int before = answers(district);
            var answer = get(pull, route);
            assertEquals(403, answer.statusCode(), route.pattern());
            assertFalse(answer.headers().firstValue("X-Total-Count").isPresent(), route.pattern());
            assertEquals(before + 1, answers(district), route.pattern());
            var newest = district.rooms()
                    .ledger()
                    .pages()
                    .newest(LedgerRecord.Disclosed.class::isInstance, 1)
                    .getFirst();
            var entry = assertInstanceOf(LedgerRecord.Disclosed.class, newest).entry();
            assertEquals("AGREEMENT_NOT_LIVE", entry.reason(), route.pattern());
            assertEquals(403, entry.status(), route.pattern());
        }
    }

    /// How many answers to vendors are on record; the ledger signs itself now and then besides.
    private static int answers(LiveDistrict district) {
        return district.rooms()
                .ledger()
                .pages()
                .newest(LedgerRecord.Disclosed.class::isInstance, 10_000)
                .size();
    }

    private static org.rosterkeep.rules.Papers papers(LiveDistrict district) {
        return district.rooms().book().papers();
    }

    private TrialDocuments.Sharing furnished(LiveDistrict district, Path directory) throws IOException {
        Path roster = directory.resolve("roster.zip");
        try (var in = Trial.class.getResourceAsStream("sample-roster.zip")) {
            Files.write(roster, in.readAllBytes());
        }
        district.take(roster, Set.of());
        var sharing = TrialDocuments.sharings(Schools.largestFirst(roster), true, clock.instant())
                .getFirst();
        district.sign(DISTRICT, sharing.vendorFile(), sharing.agreementFile());
        return sharing;
    }

    /// The rule goes on for months; its agreement does not.
    private static void shortened(LiveDistrict district, String agreement) {
        var file = Json.createObjectBuilder(json(agreement))
                .add("ends", END.toString())
                .build()
                .toString();
        assertInstanceOf(
                Checked.Sound.class, papers(district).putAgreement(file.getBytes(StandardCharsets.UTF_8), "test"));
    }

    /// Asks for a route; ids are those of nobody, so that only lists give something while the agreement lasts.
    private static HttpResponse<String> get(Pull pull, Route route) {
        return pull.get(Pull.V1P2 + route.pattern().replaceAll("\\{[^}]*}", "nobody"));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            JsonValue value = reader.readValue();
            return value.asJsonObject();
        }
    }
}
