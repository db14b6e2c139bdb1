package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.intake.FindingCode;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.ReportJson;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.rights.Entry;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Treatment;

/// Every cause for which something does not leave (privacy.md section 2.1), in a running district: what the vendor is
/// told, what the district's people are told, and that the same question is answered alike once that cause alone is
/// gone. `floors.txt` is what was seen.
@DisplayName("Each floor, cause by cause, over HTTPS:")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryFloorTest {
    private static final String HERE = "EveryFloorTest";
    private static final String NEVER = "nothing, ever: it cannot be saved";
    private static final String LIKE_NOBODY = "403 on every path, in the bytes of a client that has no rule";

    static final String LISTING = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA"],
         "directory": {"by": "the board", "on": "2026-08-03", "notice": "web site", "noticed": "2026-08-10",
                       "optOutUntil": "2026-09-15",
                       "elements": ["name.given", "name.family", "role.role", "org.membership", "enrol.grade"]}}\
        """;

    private final FloorText text = new FloorText();
    private FloorDistrict town;
    private FloorDistrict abroad;
    private Path directories;
    /// The last view of a district in which nothing stands against anything.
    private final Map<FloorDistrict, Map<String, String>> last = new IdentityHashMap<>();

    @BeforeAll
    void furnish(@TempDir Path directory) throws IOException {
        directories = directory;
        town = new FloorDistrict(
                directory.resolve("town"),
                Map.of("district", Papers.DISTRICT, "vendor", Papers.VENDOR, "agreement", Papers.agreement()),
                UnaryOperator.identity());
        town.activate(FloorDistrict.everything(FloorDistrict.VENDOR), Map.of());
        abroad = AbroadCases.district(directory.resolve("abroad"));
    }

    @AfterAll
    void close() throws IOException {
        town.close();
        abroad.close();
        text.check("floors.txt");
    }

    static Stream<FloorCase> home() {
        return FloorCases.all();
    }

    static Stream<FloorCase> away() {
        return AbroadCases.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("home")
    @DisplayName("refuses, tells the vendor no reason and the district the code, and gives again when it is gone")
    void home(FloorCase one) throws IOException {
        holds(town, one);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("away")
    @DisplayName("the same for destinations, in a district whose law asks where the data go")
    void away(FloorCase one) throws IOException {
        holds(abroad, one);
    }

    private void refusedLikeNobody(String client) {
        FloorSight.same(town.neutral(), town.view(client));
    }

    /// What the district's people are told of a client that was refused just now.
    private String told(String client, String floor) {
        var sentence = town.explained(client, Field.USER_GIVEN_NAME).sentence();
        assertTrue(sentence.contains(floor), sentence);
        assertEquals(floor, town.floor(client));
        return sentence;
    }

    private static boolean gives(String answer) {
        return answer.startsWith("200");
    }

    @Test
    @DisplayName("F01, F02: no rule, one that has not started, one that expires in the middle of a paging run")
    void rules() {
        town.client("late");
        refusedLikeNobody("late");
        text.add("F01", "no rule", LIKE_NOBODY, told("late", "F01"), HERE);
        var starts = town.clock.instant().plusSeconds(60);
        var ends = starts.plusSeconds(60);
        var rules = FloorDistrict.everything("late");
        town.live.approve(town.file(rules, Map.of("from", FloorCases.text(starts), "until", FloorCases.text(ends))));
        refusedLikeNobody("late");
        text.add("F02", "rule not started", LIKE_NOBODY, told("late", "F02"), HERE);
        town.clock.stand(starts);
        assertTrue(gives(town.ask("late", "/users")));
        town.clock.stand(ends.minusSeconds(1));
        var pull = town.as("late");
        assertTrue(gives(FloorDistrict.told(pull, Pull.V1P2 + "/users?limit=2")));
        town.clock.stand(ends);
        var next = "/users?limit=2&offset=2";
        assertEquals(town.ask(FloorDistrict.NOBODY, next), FloorDistrict.told(pull, Pull.V1P2 + next));
        refusedLikeNobody("late");
        text.add("F02", "rule expired, in the middle of a paging run too", LIKE_NOBODY, told("late", "F02"), HERE);
        town.further(rules, Map.of());
        assertTrue(gives(town.ask("late", "/users")));
        town.rooms().book().revoke("late", "test");
        refusedLikeNobody("late");
        text.add("F02", "rule revoked; no version of it comes back", LIKE_NOBODY, told("late", "F02"), HERE);
    }

    @Test
    @DisplayName("F05, F06, F13, F14, F15: what the law never allows cannot even be saved")
    void saved() throws IOException {
        var rules = FloorDistrict.everything("saved");
        var good = town.file(rules, Map.of());
        assertEquals(List.of(), town.problems(good));
        for (var code : FloorSaved.prohibitedPurposes()) {
            FloorSaved.problem(town, FloorSaved.purpose(good, code), "/purpose/code");
        }
        var sale = FloorSaved.problem(town, FloorSaved.purpose(good, "sale"), "/purpose/code");
        text.add("F05", "prohibited purpose, each of them", NEVER, sale, HERE);
        var fun = FloorSaved.problem(town, FloorSaved.purpose(good, "fun"), "/purpose/code");
        text.add("F05", "purpose that is on no list", NEVER, fun, HERE);
        assertEquals(List.of(), abroad.problems(abroad.file(rules, AbroadCases.fresh(abroad))));
        var interests = FloorSaved.basis(abroad.file(rules, AbroadCases.fresh(abroad)), "legitimate_interests");
        text.add(
                "F06",
                "a public authority that rests on legitimate interests",
                NEVER,
                FloorSaved.problem(abroad, interests, "/basis/EU"),
                HERE);
        text.add("F07", "destination that is not adequate", NEVER, FloorSaved.country(abroad, "IN"), HERE);
        text.add("F13", "agreement that schedules what never leaves", NEVER, FloorSaved.scheduled(town), HERE);
        var library = FloorSaved.purpose(good, "library");
        text.add(
                "F14",
                "phones for another purpose than the safety of accounts",
                NEVER,
                FloorSaved.problem(town, library, "F14"),
                HERE);
        var race = town.file(rules.with(Field.DEMOGRAPHICS_ASIAN, new Treatment.AsIs()), Map.of());
        assertEquals(List.of(), town.problems(race));
        text.add(
                "F15",
                "special element without a condition and an assessment",
                NEVER,
                FloorSaved.problem(town, FloorSaved.without(race, "special"), "F15"),
                HERE);
    }

    @Test
    @DisplayName("F08: from an address the rule does not name a good secret is a wrong one, and a token no token")
    void addresses() {
        var rules = FloorDistrict.everything("fenced");
        town.activate(rules, Map.of("networks", FloorCases.list("127.0.0.0/8")));
        var before = town.view("fenced");
        var held = town.as("fenced");
        town.further(rules, Map.of("networks", FloorCases.list("192.0.2.0/24")));
        assertEquals(
                FloorDistrict.told(Pull.withSecret(town.live, "fenced", "a wrong secret")
                        .token()
                        .join()),
                FloorDistrict.told(town.secret("fenced").token().join()));
        var question = "/users?limit=1000";
        assertEquals(town.ask(FloorDistrict.NOBODY, question), FloorDistrict.told(held, Pull.V1P2 + question));
        assertEquals("F08", town.floor("fenced"));
        text.add(
                "F08",
                "the client asks from an address the rule does not name",
                "401 for a token, as with a wrong secret; 403 for one it has, in the bytes of a client without a rule",
                "ledger: F08 " + town.entry("fenced"),
                HERE);
        town.further(rules, Map.of("networks", FloorCases.list("127.0.0.0/8")));
        FloorSight.same(before, town.view("fenced"));
    }

    @Test
    @DisplayName("one vendor's two rules stay apart: the token of the one with names never brings an address (T-OBJ-2)")
    void twoPurposes() {
        town.activate(FloorDistrict.everything("names").without(Field.USER_EMAIL), Map.of());
        var nameless = FloorDistrict.everything("addresses").without(Field.USER_GIVEN_NAME, Field.USER_FAMILY_NAME);
        town.activate(nameless, Map.of());
        var names = town.view("names").toString();
        var addresses = town.view("addresses").toString();
        assertTrue(names.contains("Family0"));
        assertFalse(names.contains("@school.example"));
        assertTrue(addresses.contains("u0@school.example"));
        assertFalse(addresses.contains("Family1"));
        assertFalse(addresses.contains("Given0"));
    }

    private boolean named(String client) {
        var answer = town.ask(client, "/users?limit=1000");
        assertTrue(gives(answer), answer);
        return answer.contains("Family0");
    }

    @Test
    @DisplayName("F11: a rule on consent gives the pupil while a consent is in force, and not a second longer")
    void consents() {
        var basis =
                Json.createObjectBuilder().add("US-FERPA", "written_consent").build();
        town.activate(FloorDistrict.everything("consented"), Map.of("basis", basis));
        assertFalse(named("consented"));
        text.add("F11", "no consent", "absent", told("consented"), HERE);
        var ends = town.clock.instant().plus(Duration.ofHours(1));
        consent("consented", ends);
        assertTrue(named("consented"));
        town.clock.stand(ends.minusMillis(1));
        assertTrue(named("consented"));
        town.clock.stand(ends);
        assertFalse(named("consented"));
        text.add("F11", "consent expired", "a tombstone, from that second on", told("consented"), HERE);
        consent("consented", ends.plus(Duration.ofHours(1)));
        assertTrue(named("consented"));
        var pupil = SourcedId.of(FloorRoster.PUPIL);
        town.rooms().rights().taking().withdrawConsents(List.of(pupil), _ -> true, town.act());
        assertFalse(named("consented"));
        text.add("F11", "consent withdrawn", "a tombstone, at once", told("consented"), HERE);
        assertTrue(named(FloorDistrict.VENDOR), "which does not rest on it");
    }

    private void consent(String rule, Instant ends) {
        var to = new Entry.Consent.To.OneRule(rule);
        var given = new Giving.Given(to, "guardian", "in person", "v1", town.clock.instant(), ends);
        town.rooms().rights().giving().consent(List.of(SourcedId.of(FloorRoster.PUPIL)), given, town.act());
    }

    /// What the district's people are told of the pupil, whom F11 keeps from this client.
    private String told(String client) {
        var explained = town.explained(client, Field.USER_FAMILY_NAME);
        assertFalse(explained.given());
        assertTrue(explained.sentence().contains("F11"), explained::sentence);
        return explained.sentence();
    }

    @Test
    @DisplayName("F09: who has opted out is in no rule on directory information, and stays in the others")
    void directory() throws IOException {
        try (var listing = new FloorDistrict(
                directories.resolve("listing"),
                Map.of("district", LISTING, "vendor", Papers.VENDOR, "agreement", Papers.agreement()),
                UnaryOperator.identity())) {
            var rules = Rules.least("north").roles("student", "teacher").named("listed");
            for (var entity : Entity.values()) {
                rules = entity == Entity.USER || entity == Entity.ORG ? rules : rules.without(entity);
            }
            var basis = Json.createObjectBuilder()
                    .add("US-FERPA", "directory_information")
                    .build();
            var person = rules.with(Field.USER_FAMILY_NAME, new Treatment.AsIs());
            listing.activate(person, Map.of("basis", basis));
            listing.activate(FloorDistrict.everything(FloorDistrict.VENDOR), Map.of());
            var question = "/users?limit=1000";
            assertTrue(listing.ask("listed", question).contains("Family0"));
            var pupil = SourcedId.of(FloorRoster.PUPIL);
            listing.rooms().rights().taking().optOut(List.of(pupil), Optional.empty(), listing.act());
            assertFalse(listing.ask("listed", question).contains("Family0"));
            assertTrue(listing.pupilIsGiven());
            var sentence = listing.explained("listed", Field.USER_FAMILY_NAME).sentence();
            assertTrue(sentence.contains("F09"), sentence);
            text.add(
                    "F09",
                    "directory opt-out, and the rule rests on directory information",
                    "a tombstone where it was, without a value; afterwards absent. Other rules go on",
                    sentence,
                    HERE);
            listing.rooms().rights().giving().withdrawOptOut(pupil, listing.act());
            assertTrue(listing.ask("listed", question).contains("Family0"));
        }
    }

    @Test
    @DisplayName("F25: the person above the rule's number for the day is not given, nor who comes with them")
    void ceiling() {
        var rules = FloorDistrict.everything("few");
        town.activate(
                rules,
                Map.of(
                        "ceiling",
                        Json.createObjectBuilder().add("personsPerDay", 3).build()));
        assertTrue(gives(town.ask("few", "/users?limit=3")));
        assertEquals(town.ask(FloorDistrict.NOBODY, "/users?limit=4"), town.ask("few", "/users?limit=4"));
        assertEquals("F25", town.floor("few"));
        assertEquals(1, town.rooms().ceilings().reached(town.clock.instant()).size());
        assertTrue(gives(town.ask("few", "/users?limit=3")), "those it has had may come again");
        text.add(
                "F25",
                "more persons in a day than the rule's number",
                "403, in the bytes of a client that has no rule; whom it has had that day may come again",
                "ledger: F25 PERSONS_PER_DAY; and the status names the rule",
                HERE);
        town.further(rules, Map.of());
        assertEquals(
                FloorSight.timeless(Map.of("", town.ask(FloorDistrict.VENDOR, "/users?limit=4"))),
                FloorSight.timeless(Map.of("", town.ask("few", "/users?limit=4"))));
    }

    @Test
    @DisplayName(
            "F22: a filter, a sort or a selection by a field that is not given is one by a field that does not exist")
    void consulted() {
        var rules = FloorDistrict.everything("less").without(Field.USER_EMAIL);
        town.activate(rules, Map.of());
        for (var service : List.of(Pull.V1P2, Pull.V1P1)) {
            for (var form : List.of(
                    "filter=%s%%3D'u0@school.example'",
                    "filter=%s%%3D'nobody'",
                    "filter=familyName%%3D'x'%%20AND%%20%s%%3D'nobody'",
                    "sort=%s",
                    "sort=%s&orderBy=desc",
                    "fields=%s",
                    "fields=familyName,%s")) {
                var unknown = town.unnamed("less", service + "/users?" + form, "shoeSize");
                var withheld = town.unnamed("less", service + "/users?" + form, "email");
                assertEquals(unknown, withheld, service + form);
                if (withheld.startsWith("400")) {
                    assertEquals("F22", town.floor("less", "FIELD_NOT_GIVEN"));
                }
                // Version 1.1 asks to go on unsorted, with all fields it may give.
                assertEquals(form.startsWith("filter") || service.equals(Pull.V1P2), withheld.startsWith("400"), form);
                var given = service + "/users?" + form.formatted("email");
                assertTrue(gives(FloorDistrict.told(town.as(FloorDistrict.VENDOR), given)), given);
            }
        }
        text.add(
                "F22",
                "filter, sort or selection by a field the rule does not give, whether or not it would match",
                "400 for the whole request, in the bytes for a field that does not exist; 1.1 sorts and selects not at"
                        + " all",
                "ledger: F22 FIELD_NOT_GIVEN",
                HERE);
    }

    @Test
    @DisplayName("F16: an exception of two people gives a protected person to one vendor, to the second it ends")
    void exception() {
        var rights = town.rooms().rights();
        var pupil = SourcedId.of(FloorRoster.PUPIL);
        rights.taking().protect(pupil, "made up", Set.of(), town.act());
        int protection = FloorCases.newest(town, pupil);
        assertTrue(town.explained(FloorDistrict.VENDOR, Field.USER_GIVEN_NAME)
                .sentence()
                .contains("F16"));
        var staff = town.live.staff();
        int asked = rights.giving()
                .askException(pupil, FloorCases.VENDOR, 1, "made up", staff.get(1), town.clock.instant())
                .number();
        assertFalse(town.pupilIsGiven());
        rights.giving().signException(pupil, asked, staff.get(2), town.clock.instant());
        var ends = town.clock.instant().plus(Duration.ofDays(1));
        town.clock.stand(ends.minusMillis(1));
        assertTrue(town.pupilIsGiven());
        town.clock.stand(ends);
        assertFalse(town.pupilIsGiven());
        var sentence =
                town.explained(FloorDistrict.VENDOR, Field.USER_GIVEN_NAME).sentence();
        text.add("F16", "an exception to a protection has ended", "a tombstone, from that second on", sentence, HERE);
        town.two(one -> rights.giving().liftProtection(pupil, protection, "made up", one, town.clock.instant()));
        assertTrue(town.pupilIsGiven());
        last.remove(town);
    }

    @Test
    @DisplayName("F19: a leaver is given until the second the grace ends")
    void grace() {
        var pupil = SourcedId.of(FloorRoster.PUPIL);
        town.rooms().rights().taking().leave(pupil, town.clock.instant(), Optional.of(2), town.act());
        var ends = town.clock.instant().plus(Duration.ofDays(2));
        town.clock.stand(ends.minusMillis(1));
        assertTrue(town.pupilIsGiven());
        town.clock.stand(ends);
        assertFalse(town.pupilIsGiven());
        town.rooms().rights().giving().stay(pupil, FloorCases.newest(town, pupil), "made up", town.act());
        assertTrue(town.pupilIsGiven());
        last.remove(town);
    }

    @Test
    @DisplayName("F21: a column and a property that are in no catalogue are not read, and counted")
    void unknownColumns() throws IOException {
        var before = town.view(FloorDistrict.VENDOR);
        var report = town.deliverWith("shoeSize,metadata.faith", "CANARY44,CANARYfaith");
        assertEquals(2L, report.totals().get(FindingCode.COLUMN_UNKNOWN), report.totals()::toString);
        assertEquals(Report.Outcome.UNCHANGED, report.outcome());
        assertFalse(new String(ReportJson.bytes(report), StandardCharsets.UTF_8).contains("CANARY"));
        FloorSight.same(before, town.view(FloorDistrict.VENDOR));
        text.add(
                "F21",
                "column or extension property that is in no catalogue",
                "nothing, ever: it is not read",
                "import: COLUMN_UNKNOWN, " + report.totals().get(FindingCode.COLUMN_UNKNOWN) + " of them",
                HERE);
    }

    @Test
    @DisplayName("F20, F24: a ledger that cannot be written, a clock that went back: 503 on every path, and no record")
    void unrecordable() throws IOException {
        abroad.clock.forward(Duration.ofMinutes(5));
        var before = abroad.view(FloorDistrict.VENDOR);
        var token = abroad.as(FloorDistrict.VENDOR);
        abroad.clock.forward(Duration.ofSeconds(-61));
        var during = abroad.view(FloorDistrict.VENDOR);
        FloorSight.unavailable(during);
        FloorSight.same(during, abroad.view(FloorDistrict.NOBODY));
        text.add(
                "F24",
                "clock moved back by more than the ledger tolerates",
                "503 on every path, whoever asks",
                abroad.explained(FloorDistrict.VENDOR, Field.USER_GIVEN_NAME).sentence(),
                HERE);
        abroad.rooms().ledger().confirmClock("signer-b");
        FloorSight.same(before, abroad.view(FloorDistrict.VENDOR));
        abroad.rooms().ledger().close();
        var unwritten = abroad.view(token);
        FloorSight.unavailable(unwritten);
        FloorSight.same(during, unwritten);
        text.add(
                "F20",
                "the ledger cannot be written",
                "503 on every path, whoever asks",
                "ledger: " + abroad.rooms().ledger().state(),
                HERE);
        abroad.restart();
        FloorSight.same(before, abroad.view(FloorDistrict.VENDOR));
    }

    @Test
    @DisplayName("F20: a disk that is really full: 503 and no value of anybody, until there is room again")
    void fullDisk() throws IOException {
        var cause = "the disk is full to the last byte, and the reserve is spent";
        var mounted = FullDisk.at(directories.resolve("disk"));
        if (mounted.isEmpty()) {
            System.out.println("NOT SEEN: F20 on a full disk, for this user may mount none; its row stays as it was");
            text.asItWas("F20", cause, "floors.txt");
            return;
        }
        try (var disk = mounted.get();
                var small = new FloorDistrict(
                        disk.path().resolve("small"),
                        Map.of("district", Papers.DISTRICT, "vendor", Papers.VENDOR, "agreement", Papers.agreement()),
                        UnaryOperator.identity())) {
            small.activate(FloorDistrict.everything(FloorDistrict.VENDOR), Map.of());
            var before = small.view(FloorDistrict.VENDOR);
            var vendor = small.as(FloorDistrict.VENDOR);
            var nobody = small.as(FloorDistrict.NOBODY);
            disk.fill();
            for (int asked = 0; gives(FloorDistrict.told(vendor, Pull.V1P2 + "/users?limit=1")); asked++) {
                assertTrue(asked < 20, "the reserve is for the last answers only");
                disk.fill();
            }
            disk.fill();
            var during = small.view(vendor);
            FloorSight.unavailable(during);
            FloorSight.same(during, small.view(nobody));
            text.add(
                    "F20",
                    cause,
                    "503 on every path, whoever asks",
                    "ledger: " + small.rooms().ledger().state(),
                    HERE);
            disk.empty();
            small.clock.forward(Duration.ofSeconds(31));
            FloorSight.same(before, small.view(FloorDistrict.VENDOR));
        }
    }

    @Test
    @DisplayName("F03: an agreement that is not there")
    void agreementMissing() throws IOException {
        var file =
                town.file(FloorDistrict.everything("saved"), Map.of("agreement", FloorCases.text("no-such-agreement")));
        var said = FloorSaved.problem(town, file, "/agreement");
        text.add("F03", "a rule under an agreement that nobody has put", NEVER, said, HERE);
        var before = town.view(FloorDistrict.VENDOR);
        town.rooms().vault().remove("agreement", "an-agreement");
        town.restart();
        refusedLikeNobody(FloorDistrict.VENDOR);
        text.add(
                "F03",
                "agreement missing: the store has lost it",
                LIKE_NOBODY,
                told(FloorDistrict.VENDOR, "F03"),
                HERE);
        town.agreement(Papers.agreement());
        FloorSight.same(before, town.view(FloorDistrict.VENDOR));
        last.remove(town);
    }

    @Test
    @DisplayName("F16: each element that tells of a place keeps a protected pupil out, and nothing else does")
    void places() throws IOException {
        var places = new FloorPlaces(town);
        places.placeless();
        for (var element : FloorPlaces.elements()) {
            var seen = places.seen(element);
            text.add(
                    "F16",
                    "protected person, and the rule gives " + element,
                    seen.isEmpty()
                            ? "nothing, ever: no field of a record about pupils and their places carries it"
                            : "absent, by " + String.join("; by ", seen),
                    seen.isEmpty() ? "there is nothing to ask about" : "No: F16, protected person.",
                    HERE);
        }
        last.remove(town);
    }

    private void holds(FloorDistrict district, FloorCase one) throws IOException {
        var before = last.containsKey(district) ? last.get(district) : district.view(one.client());
        assertTrue(before.get(FloorDistrict.QUESTIONS.getFirst()).startsWith("200"), "it is given at first");
        one.set().in(district);
        var during = district.view(one.client());
        var explained = district.explained(one.client(), one.asked());
        var seen = FloorSight.of(district, before, during, one.loss());
        assertFalse(explained.given(), explained::sentence);
        assertTrue(explained.sentence().contains(one.floor()), explained::sentence);
        if (one.loss() instanceof FloorCase.Loss.Everything) {
            assertEquals(one.floor(), district.floor(one.client()));
        }
        one.clear().in(district);
        var after = district.view(one.client());
        last.put(district, after);
        if (one.loss() instanceof FloorCase.Loss.Everything) {
            FloorSight.same(before, after);
        } else {
            FloorSight.same(FloorSight.timeless(before), FloorSight.timeless(after));
        }
        assertTrue(district.explained(one.client(), one.asked()).given());
        text.add(one.floor(), one.cause(), seen, explained.sentence(), HERE);
    }
}
