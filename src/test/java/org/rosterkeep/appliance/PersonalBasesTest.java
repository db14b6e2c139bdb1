package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rights.Entry.Consent.To;
import org.rosterkeep.rights.Giving;
import org.rosterkeep.rights.Rights;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Checked;

/// Rules that ask something of each person, as two vendors meet them over HTTPS: the one rests on what the person
/// decided, the other, beside it, does not.
@DisplayName("A lawful basis that rests on single people")
class PersonalBasesTest {
    private static final String BASE = "/ims/oneroster/rostering/v1p2";
    private static final String PLAIN = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA"]}\
        """;
    private static final String DIRECTORY = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "packs": ["US-FERPA"],
         "directory": {"by": "the board", "on": "2026-08-03", "notice": "web site", "noticed": "2026-08-10",
                       "optOutUntil": "2026-09-15",
                       "elements": ["name.given", "name.family", "role.role", "org.membership", "enrol.grade"]}}\
        """;
    private static final String CHILDREN = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US",
         "packs": ["US-FERPA", "US-COPPA"], "statements": {"retention_policy": "web site, page 3"}}\
        """;

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
    private final StirredRoster roster = new StirredRoster();
    private LiveDistrict district;
    private Map<String, String> secrets = Map.of();

    @BeforeEach
    void furnish(@TempDir Path directory) throws IOException {
        district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
        roster.write(directory.resolve("roster"));
        district.take(directory.resolve("roster"), Set.of());
    }

    @AfterEach
    void close() {
        assertEquals(List.of(), district.faults());
        district.close();
    }

    private TrialDocuments.Sharing sharing() {
        return TrialDocuments.sharings(List.of(new Schools.School("north", "North", 1)), true, clock.instant())
                .getFirst();
    }

    /// Two vendors with equal rules for North but for what they rest on.
    private void rules(String profile, String basis, Optional<Boolean> integral) {
        var one = vendor("first", integral);
        var other = vendor("second", integral.map(any -> true));
        district.sign(profile, one, renamed(sharing().agreementFile(), "first"));
        district.sign(profile, other, renamed(sharing().agreementFile(), "second"));
        var secrets = district.activate(List.of(rule("first", basis), rule("second", "school_official")));
        this.secrets = Map.of("first", secrets.getFirst(), "second", secrets.getLast());
    }

    private String vendor(String id, Optional<Boolean> integral) {
        var file = Json.createObjectBuilder(json(renamed(sharing().vendorFile(), id)));
        integral.ifPresent(word -> file.add("integral", word)
                .add(
                        "statements",
                        Json.createObjectBuilder()
                                .add("written_assurance", "letter of 2026-08-01")
                                .add("security_attestation", "letter of 2026-08-02")));
        return file.build().toString();
    }

    private static String renamed(String file, String vendor) {
        return file.replace("reading-app", vendor).replace("reading-names", "r-" + vendor);
    }

    private String rule(String vendor, String basis) {
        var file = json(renamed(sharing().ruleFile(), vendor));
        var fields = basis.equals("directory_information")
                ? Json.createObjectBuilder()
                        .add(
                                "user",
                                Json.createObjectBuilder()
                                        .add("givenName", "as-is")
                                        .add("familyName", "initial")
                                        .add("roles", "as-is")
                                        .add("grades", "as-is"))
                        .add("org", file.getJsonObject("fields").getJsonObject("org"))
                        .build()
                : file.getJsonObject("fields");
        var evidence = Json.createObjectBuilder(file.getJsonObject("evidence"))
                .add("delete_by", "60 days after the school year");
        var next = Json.createObjectBuilder(file)
                .add("basis", Json.createObjectBuilder().add("US-FERPA", basis))
                .add("fields", fields)
                .add("evidence", evidence);
        if (basis.equals("directory_information")) {
            next.remove("justifications");
        }
        return next.build().toString();
    }

    private Rights rights() {
        return district.rooms().rights();
    }

    private Act act() {
        return new Act("anna", clock.instant());
    }

    private static List<SourcedId> ids(int... people) {
        return IntStream.of(people)
                .mapToObj(one -> SourcedId.of(StirredRoster.id(one)))
                .toList();
    }

    private void consent(To to, Duration life, int... people) {
        rights().giving()
                .consent(
                        ids(people),
                        new Giving.Given(
                                to,
                                "guardian",
                                "in person",
                                "v1",
                                clock.instant(),
                                clock.instant().plus(life)),
                        act());
    }

    private static Set<String> names(int... people) {
        return IntStream.of(people).mapToObj(one -> "Given" + one).collect(Collectors.toCollection(TreeSet::new));
    }

    /// The given names a vendor sees, of everybody who is active.
    private Set<String> seen(String vendor) throws Exception {
        return page(get(token(vendor), "/users?limit=1000"), "active").collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> page(HttpResponse<String> answer, String status) {
        assertEquals(200, answer.statusCode(), answer.body());
        return json(answer.body()).getJsonArray("users").getValuesAs(JsonObject.class).stream()
                .filter(user -> user.getString("status").equals(status))
                .map(user -> user.getString("givenName", ""));
    }

    private String token(String vendor) throws Exception {
        var pair = Base64.getEncoder()
                .encodeToString((vendor + ":" + secrets.get(vendor)).getBytes(StandardCharsets.UTF_8));
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

    private HttpResponse<String> get(String token, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(district.origin() + BASE + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return district.http().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private String explained(String client, int person) {
        return Explained.of(
                        district.rooms(),
                        client,
                        SourcedId.of(StirredRoster.id(person)),
                        Field.USER_GIVEN_NAME,
                        clock.instant())
                .sentence();
    }

    /// By floor, how many users a preview says are kept out.
    private Map<String, Integer> previewed(String vendor) {
        var rule =
                district.rooms().book().newest("r-" + vendor, clock.instant()).rule();
        return district.rooms().withholdings().of(rule, clock.instant()).stream()
                .collect(Collectors.toMap(Withholdings.Kept::floor, Withholdings.Kept::users));
    }

    private static Set<String> without(Set<String> all, int... people) {
        var rest = new TreeSet<>(all);
        rest.removeAll(names(people));
        return rest;
    }

    @Test
    @DisplayName("F11: gives exactly who has consented to this rule, or to this vendor and purpose, while it lasts")
    void consent() throws Exception {
        rules(PLAIN, "written_consent", Optional.empty());
        var all = seen("second");
        assertTrue(all.size() > 20, all::toString);
        assertEquals(Set.of(), seen("first"));
        assertEquals(Map.of("F11", all.size()), previewed("first"));
        var day = Duration.ofDays(1);
        consent(new To.OneRule("r-first"), day, 1, 2, 5);
        consent(new To.VendorFor("first", "instruction_content"), day.multipliedBy(2), 4);
        consent(new To.OneRule("r-second"), day, 6);
        consent(new To.VendorFor("second", "instruction_content"), day, 7);
        consent(new To.VendorFor("first", "library"), day, 10);
        assertEquals(names(1, 2, 4, 5), seen("first"));
        assertEquals(all, seen("second"));
        assertEquals(Map.of("F11", all.size() - 4), previewed("first"));
        assertTrue(explained("first", 1).startsWith("Yes"), explained("first", 1));
        assertTrue(explained("first", 6).contains("F11, no consent in force"), explained("first", 6));
        assertTrue(explained("second", 6).startsWith("Yes"), explained("second", 6));
        rights().taking().withdrawConsents(ids(1, 4), to -> to.equals(new To.OneRule("r-first")), act());
        assertEquals(names(2, 4, 5), seen("first"));
        clock.now = clock.now.plus(day).minusSeconds(1);
        assertEquals(names(2, 4, 5), seen("first"));
        clock.now = clock.now.plusSeconds(1);
        assertEquals(names(4), seen("first"));
        assertEquals(all, seen("second"));
    }

    @Test
    @DisplayName("F11: taken back in the middle of a paging run, nothing of the person is on the pages that follow")
    void midRun() throws Exception {
        rules(PLAIN, "written_consent", Optional.empty());
        consent(new To.OneRule("r-first"), Duration.ofDays(30), 0, 1, 2, 4, 6, 7);
        var token = token("first");
        var first = get(token, "/users?limit=2&offset=0");
        var told = page(first, "active").collect(Collectors.toSet());
        var next = first.headers().firstValue("Link").map(link -> link.split(",\\s*(?=<)")).stream()
                .flatMap(Stream::of)
                .filter(one -> one.contains("rel=\"next\""))
                .map(one -> one.substring(one.indexOf(BASE) + BASE.length(), one.indexOf('>')))
                .findFirst()
                .orElseThrow();
        int gone = IntStream.of(0, 1, 2, 4, 6, 7)
                .filter(one -> !told.contains("Given" + one))
                .findFirst()
                .orElseThrow();
        rights().taking().withdrawConsents(ids(gone), any -> true, act());
        var rest = get(token, next.replace("limit=2", "limit=1000"));
        assertFalse(rest.body().contains("Given" + gone + "\""), rest.body());
        assertEquals(3, page(rest, "active").count(), rest.body());
        assertEquals(1, page(rest, "tobedeleted").count(), rest.body());
        assertEquals(5, seen("first").size());
        consent(new To.OneRule("r-first"), Duration.ofDays(30), gone);
        assertEquals(6, seen("first").size());
    }

    @Test
    @DisplayName("F09: who has opted out is in no rule on directory information, and stays in the one that is not")
    void directory() throws Exception {
        rules(DIRECTORY, "directory_information", Optional.empty());
        var all = seen("second");
        assertEquals(all, seen("first"));
        rights().taking().optOut(ids(1, 2), Optional.empty(), act());
        assertEquals(without(all, 1, 2), seen("first"));
        assertEquals(all, seen("second"));
        assertEquals(Map.of("F09", 2), previewed("first"));
        assertEquals(Map.of(), previewed("second"));
        assertTrue(explained("first", 1).contains("F09, directory opt-out"), explained("first", 1));
        assertTrue(explained("second", 1).startsWith("Yes"), explained("second", 1));
        rights().giving().withdrawOptOut(SourcedId.of(StirredRoster.id(1)), act());
        assertEquals(without(all, 2), seen("first"));
        rights().taking().beStrict(act());
        assertEquals(without(all, 2), seen("second"));
        var essential = Json.createObjectBuilder(json(vendor("second", Optional.empty())))
                .add("essential", true)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
        assertInstanceOf(Checked.Sound.class, district.rooms().book().papers().putVendor(essential, "anna"));
        assertEquals(all, seen("second"));
        assertEquals(without(all, 2), seen("first"));
    }

    @Test
    @DisplayName("F06: a designation whose window is open again stops the rule, and the other vendor's goes on")
    void window() throws Exception {
        rules(DIRECTORY, "directory_information", Optional.empty());
        var all = seen("second");
        assertEquals(all, seen("first"));
        var longer = DIRECTORY.replace("2026-09-15", "2026-10-05").getBytes(StandardCharsets.UTF_8);
        assertInstanceOf(Checked.Sound.class, district.rooms().book().papers().putController(longer, "anna"));
        assertEquals(403, get(token("first"), "/users").statusCode());
        assertEquals(all, seen("second"));
        clock.now = Instant.parse("2026-10-06T00:00:00Z");
        assertEquals(all, seen("first"));
    }

    @Test
    @DisplayName("F11: a vendor that could do without the data gets who may be a child only with consent")
    void children() throws Exception {
        rules(CHILDREN, "school_official", Optional.of(false));
        var all = seen("second");
        // In this roster every other pupil is known to be old enough, and all teachers are.
        var young = IntStream.range(0, StirredRoster.PERSONS)
                .filter(one -> one % 2 == 1 && !StirredRoster.teaches(one))
                .toArray();
        var old = without(all, young);
        assertTrue(old.size() < all.size());
        assertTrue(old.contains("Given5"), "a teacher");
        assertEquals(old, seen("first"));
        assertEquals(Map.of("F11", all.size() - old.size()), previewed("first"));
        assertEquals(Map.of(), previewed("second"));
        assertTrue(explained("first", 1).contains("F11, may be a child"), explained("first", 1));
        consent(new To.OneRule("r-first"), Duration.ofDays(30), 1);
        var with = new TreeSet<>(old);
        with.add("Given1");
        assertEquals(with, seen("first"));
        rights().taking().withdrawConsents(ids(1), any -> true, act());
        assertEquals(old, seen("first"));
        assertInstanceOf(
                Checked.Sound.class,
                district.rooms()
                        .book()
                        .papers()
                        .putVendor(vendor("first", Optional.of(true)).getBytes(StandardCharsets.UTF_8), "anna"));
        assertEquals(all, seen("first"), "its service cannot work without the data");
    }
}
