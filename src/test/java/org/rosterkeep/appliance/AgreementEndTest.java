package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.rules.Agreement;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.vendors.Route;

@DisplayName("The end of an agreement, through the listener")
class AgreementEndTest {
    private static final Instant END = Instant.parse("2026-10-05T07:30:00Z");
    private static final String BASE = "/ims/oneroster/rostering/v1p2";
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA"]}\
        """;

    /// A clock that stands still until it is told.
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-10-05T06:30:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hands clock = new Hands();

    @Test
    @DisplayName("every route gives until its last second, and answers 403 with one entry each from its end on (F03)")
    void ends(@TempDir Path directory) throws IOException, InterruptedException {
        try (var district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            var sharing = furnished(district, directory);
            var secret = district.activate(List.of(sharing.ruleFile())).getFirst();
            shortened(district, sharing.agreementFile());
            clock.now = END.minusSeconds(1);
            var token = token(district, sharing.client(), secret);
            var ids = new TreeMap<String, Integer>();
            for (var route : Route.all()) {
                ids.merge(get(district, token, route).statusCode() == 200 ? "given" : "not", 1, Integer::sum);
            }
            assertEquals(11, ids.get("given"), "every list but demographics, which this rule does not give");
            clock.now = END;
            refused(district, token);
            clock.now = END.plusSeconds(1);
            refused(district, token);
            assertEquals(
                    Agreement.Status.EXPIRED,
                    papers(district).status(papers(district).agreements().getFirst(), END));
            assertEquals(List.of(), district.faults());
        }
    }

    private void refused(LiveDistrict district, String token) throws IOException, InterruptedException {
        for (var route : Route.all()) {
            int before = answers(district);
            var answer = get(district, token, route);
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

    private static String token(LiveDistrict district, String client, String secret)
            throws IOException, InterruptedException {
        var pair = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(district.origin() + "/ims/oneroster/token"))
                .header("Authorization", "Basic " + pair)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return json(district.http()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .getString("access_token");
    }

    /// Asks for a route; ids are those of nobody, so that only lists give something while the agreement lasts.
    private static HttpResponse<String> get(LiveDistrict district, String token, Route route)
            throws IOException, InterruptedException {
        var path = route.pattern().replaceAll("\\{[^}]*}", "nobody");
        var request = HttpRequest.newBuilder(URI.create(district.origin() + BASE + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return district.http().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            JsonValue value = reader.readValue();
            return value.asJsonObject();
        }
    }
}
