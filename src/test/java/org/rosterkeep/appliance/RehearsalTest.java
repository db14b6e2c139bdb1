package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.log.Log;
import org.rosterkeep.oracle.OfficialApi;

/// A vendor's client at a rehearsal, from the secret it is given to the report about it. The real roster is made of
/// canaries: every value of a person begins with the same word.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayName("A rehearsal")
class RehearsalTest {
    private static final String CANARY = "CANARY";
    private static final String RULE = "reading-names";
    private static final List<String> GIVEN =
            List.of("orgs", "academicSessions", "courses", "classes", "users", "enrollments");

    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private final OfficialApi official = official();
    private Home home;
    private Appliance appliance;
    private TrialFile trial;
    private HttpClient http;
    private JsonObject begun;
    private String token;

    private static OfficialApi official() {
        try {
            return new OfficialApi();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeAll
    void furnish(@TempDir Path directory) throws Exception {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), false);
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        var roster = directory.resolve("roster.zip");
        new MadeUpDistrict(MadeUpDistrict.Shape.of(60).schools(2).guardians(1).canary(true)).zip(roster);
        trial = new Trial(home, line -> {}, new SecureRandom(), Clock.systemUTC()).furnish(Optional.of(roster));
        http = Trusting.only(Path.of(trial.caFile()));
        begun = ask("rehearsal start", anna().with("id", RULE));
        token = token(begun.getString("client"), begun.getString("secret")).orElseThrow();
    }

    @AfterAll
    void close() {
        http.close();
        appliance.close();
        assertFalse(logged.toString(StandardCharsets.UTF_8).contains("\"level\":\"error\""), logged::toString);
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private Common.Args anna() {
        var anna = trial.operators().getFirst();
        return new Common.Args().with("operator", anna.name()).with("password", anna.password());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private Optional<String> token(String client, String secret) throws Exception {
        return token(begun.getString("tokenUrl"), client, secret);
    }

    private Optional<String> token(String url, String client, String secret) throws Exception {
        var basic = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var response = http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return response.statusCode() == 200
                ? Optional.of(json(response.body()).getString("access_token"))
                : Optional.empty();
    }

    private HttpResponse<String> get(String url) throws Exception {
        return get(url, token);
    }

    private HttpResponse<String> get(String url, String bearer) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + bearer)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String at12(String path) {
        return begun.getString("oneroster12") + path;
    }

    /// Every record of a collection, by id, by following the links.
    private Map<String, JsonObject> all(String collection, String query) throws Exception {
        var records = new LinkedHashMap<String, JsonObject>();
        var next = Optional.of(at12("/" + collection + "?limit=40" + query));
        while (next.isPresent()) {
            var answer = get(next.get());
            assertEquals(200, answer.statusCode(), answer.body());
            assertFalse(answer.body().contains(CANARY), answer.body());
            assertEquals(List.of(), official.errors("/" + collection, 200, answer.body(), false));
            json(answer.body())
                    .getJsonArray(collection)
                    .getValuesAs(JsonObject.class)
                    .forEach(record -> {
                        records.put(record.getString("sourcedId"), record);
                    });
            next = answer.headers().firstValue("Link").flatMap(RehearsalTest::next);
        }
        return records;
    }

    private static Optional<String> next(String link) {
        return Stream.of(link.split(",\\s*(?=<)"))
                .filter(one -> one.contains("rel=\"next\""))
                .map(one -> one.substring(one.indexOf('<') + 1, one.indexOf('>')))
                .findFirst();
    }

    @Test
    @Order(1)
    @DisplayName("gives a client exactly what the rule gives, in both versions, and every field of it is filled")
    void pulls() throws Exception {
        var fields = json(ask("rule show", new Common.Args().with("id", RULE)).getString("text"))
                .getJsonObject("fields");
        for (var collection : GIVEN) {
            var records = all(collection, "");
            assertFalse(records.isEmpty(), collection);
            var entity = collection.equals("classes") ? "class" : collection.substring(0, collection.length() - 1);
            var seen = new TreeSet<String>();
            records.values().forEach(record -> seen.addAll(record.keySet()));
            assertTrue(
                    seen.containsAll(fields.getJsonObject(entity).keySet()),
                    collection + " lacks some of "
                            + fields.getJsonObject(entity).keySet() + ": " + seen);
        }
        var users = all("users", "");
        assertTrue(users.size() > 60, "users: " + users.size());
        assertTrue(users.values().stream().noneMatch(user -> user.containsKey("email")));
        assertTrue(users.values().stream()
                .allMatch(user -> user.getString("familyName")
                                .codePointCount(0, user.getString("familyName").length())
                        <= 2));
        assertEquals(Set.of("student", "teacher"), roles(users));
        assertEquals(403, get(at12("/demographics")).statusCode());
        var old = get(begun.getString("oneroster11") + "/users?limit=5000");
        assertEquals(200, old.statusCode(), old.body());
        assertFalse(old.body().contains(CANARY));
        assertEquals(users.size(), json(old.body()).getJsonArray("users").size());
    }

    private static Set<String> roles(Map<String, JsonObject> users) {
        return users.values().stream()
                .flatMap(user -> user.getJsonArray("roles").getValuesAs(JsonObject.class).stream())
                .map(role -> role.getString("role"))
                .collect(Collectors.toSet());
    }

    @Test
    @Order(2)
    @DisplayName("holds nothing of the real roster: the scope's organisation is in it, and no canary anywhere")
    void canaries() throws Exception {
        var schools = all("orgs", "");
        assertEquals(1, schools.size());
        var twin = home.rehearsals(new DistrictName(Trial.DISTRICT)).resolve(RULE);
        try (var files = Files.walk(twin)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY),
                        file.toString());
            }
        }
        var real = get(
                trial.oneroster12() + "/orgs",
                token(
                                trial.tokenUrl(),
                                trial.vendors().getFirst().clientId(),
                                trial.vendors().getFirst().clientSecret())
                        .orElseThrow());
        assertNotEquals(
                json(real.body()).getJsonArray("orgs").getJsonObject(0).getString("sourcedId"),
                schools.keySet().iterator().next(),
                "pseudonyms of the twin are its own");
    }

    @Test
    @Order(3)
    @DisplayName("changes nothing for the real district: nameless addresses still answer, credentials do not cross")
    void apart() throws Exception {
        var vendor = trial.vendors().getFirst();
        var real = token(trial.tokenUrl(), vendor.clientId(), vendor.clientSecret())
                .orElseThrow();
        var nameless = trial.baseUrl() + "/ims/oneroster/rostering/v1p2/users?limit=1";
        assertEquals(200, get(nameless, real).statusCode());
        assertEquals(401, get(nameless, token).statusCode());
        assertEquals(401, get(at12("/users"), real).statusCode());
        assertEquals(Optional.empty(), token(vendor.clientId(), vendor.clientSecret()));
        assertEquals(
                1,
                ask("district list", new Common.Args())
                        .getJsonArray("districts")
                        .size());
        var refused = assertThrows(
                Trouble.class,
                () -> ask(
                        "district make",
                        new Common.Args()
                                .with("name", "rehearsal-x")
                                .with("country", "US")
                                .with("regimes", List.of("US-FERPA"))
                                .with("keyFile", true)));
        assertEquals(Exit.WRONG_USE, refused.exit());
    }

    @Test
    @Order(4)
    @DisplayName("goes on to a second day, and a delta brings who came, who changed and who left")
    void secondDay() throws Exception {
        var before = all("users", "");
        var newest = before.values().stream()
                .map(user -> user.getString("dateLastModified"))
                .max(String::compareTo)
                .orElseThrow();
        assertEquals(2, ask("rehearsal day", anna().with("id", RULE)).getInt("day"));
        var since = "&filter=" + URLEncoder.encode("dateLastModified>'" + newest + "'", StandardCharsets.UTF_8);
        var changed = all("users", since);
        var gone = ids(changed, "tobedeleted");
        var active = ids(changed, "active");
        assertTrue(before.keySet().containsAll(gone) && gone.size() >= 3, gone.size() + " left");
        assertTrue(active.stream().anyMatch(id -> !before.containsKey(id)), "somebody came");
        assertTrue(active.stream().anyMatch(before::containsKey), "somebody changed");
        assertFalse(ids(all("enrollments", since), "tobedeleted").isEmpty());
    }

    private static Set<String> ids(Map<String, JsonObject> records, String status) {
        return records.values().stream()
                .filter(one -> one.getString("status").equals(status))
                .map(one -> one.getString("sourcedId"))
                .collect(Collectors.toSet());
    }

    @Test
    @Order(5)
    @DisplayName("counts what never reached the door, names withheld fields, and says what to do instead")
    void report() throws Exception {
        token(begun.getString("client"), "wrong");
        get(at12("/users"), "wrong");
        get(at12("/users?filter=" + URLEncoder.encode("email='a@b'", StandardCharsets.UTF_8)));
        get(at12("/users?fields=givenName,phone"));
        get(at12("/users?sort=secretWord"));
        get(at12("/users?limit=none"));
        get(at12("/lineItems"));
        get(at12("/users/00000000-0000-0000-0000-000000000000"));
        get(at12("/classes?limit=1"));
        assertEquals(400, malformed());
        var report = ask("rehearsal report", new Common.Args().with("id", RULE));
        assertEquals("wrong", report.getString("verdict"));
        var codes = codes(report);
        assertTrue(
                codes.containsAll(List.of("field-refused", "calls-failed", "tombstones", "delta", "paging-complete")),
                codes.toString());
        assertFalse(codes.contains("paging-incomplete"), codes.toString());
        var asked = report.getJsonObject("fields").getJsonArray("askedNotGiven").getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("field") + " in " + one.getString("in"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("user.email in filter", "user.phone in fields", "another name in sort"), asked);
        var troubles = report.getJsonArray("calls").getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("trouble", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(
                troubles.containsAll(List.of(
                        "invalid_client",
                        "NOT_AUTHORISED",
                        "FILTER_FIELD",
                        "SELECTION_FIELD",
                        "SORT_FIELD",
                        "BAD_LIMIT",
                        "BAD_REQUEST",
                        "UNKNOWN_PATH",
                        "UNKNOWN_OBJECT",
                        "ENTITY_NOT_GIVEN")),
                troubles.toString());
        var text = report.toString();
        assertFalse(text.contains("secretWord"), text);
        all("users", "").keySet().forEach(id -> assertFalse(text.contains(id), id));
        long answered = report.getJsonArray("calls").getValuesAs(JsonObject.class).stream()
                .filter(one ->
                        one.getInt("status") == 200 && one.getString("place").startsWith("/"))
                .mapToLong(one -> one.getInt("times"))
                .sum();
        assertEquals(answered, report.getJsonObject("ledger").getInt("answered"), text);
    }

    /// Sends what is no request: a line break inside a header's name.
    private int malformed() throws Exception {
        var at = URI.create(at12("/users"));
        try (var socket =
                Trusting.tls(Path.of(trial.caFile())).getSocketFactory().createSocket(at.getHost(), at.getPort())) {
            var text = "GET " + at.getPath() + " HTTP/1.1\r\nHost: " + at.getHost() + "\r\nBad Header\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
            return Integer.parseInt(line.split(" ")[1]);
        }
    }

    private static List<String> codes(JsonObject report) {
        return report.getJsonArray("findings").getValuesAs(JsonObject.class).stream()
                .map(one -> one.getString("code"))
                .toList();
    }

    @Test
    @Order(6)
    @DisplayName("tells which fields the vendor says it needs and does not get, or gets changed")
    void needs() {
        var vendor = json(ask(
                        "vendor show",
                        new Common.Args().with("id", trial.vendors().getFirst().clientId()))
                .toString());
        var document = Json.createObjectBuilder(
                        vendor.containsKey("vendor") && vendor.get("vendor") instanceof JsonObject
                                ? vendor.getJsonObject("vendor")
                                : vendor)
                .add("needs", Json.createArrayBuilder(List.of("user.email", "user.familyName", "user.givenName")))
                .build()
                .toString();
        ask("vendor put", anna().with("document", document));
        var report = ask("rehearsal report", new Common.Args().with("id", RULE));
        var fields = report.getJsonObject("fields");
        assertEquals("[\"user.email\"]", fields.getJsonArray("neededNotGiven").toString());
        assertEquals(
                Set.of("user.familyName"), fields.getJsonObject("neededTreated").keySet());
        assertTrue(codes(report).containsAll(List.of("needed-not-given", "needed-treated")));
    }

    @Test
    @Order(7)
    @DisplayName("goes on after a restart, with its tokens, its day and what was seen of it")
    void restart() throws Exception {
        var before = ask("rehearsal report", new Common.Args().with("id", RULE));
        appliance.close();
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        var after = ask("rehearsal report", new Common.Args().with("id", RULE));
        assertEquals(before.getJsonArray("calls"), after.getJsonArray("calls"));
        assertEquals(before.getJsonObject("fetched"), after.getJsonObject("fetched"));
        assertEquals(2, after.getInt("day"));
        var base = ask("status", new Common.Args()).getString("baseUrl");
        var list = ask("rehearsal list", new Common.Args()).getJsonArray("rehearsals");
        assertEquals(1, list.size());
        assertEquals("on", list.getJsonObject(0).getString("state"));
        begun = Json.createObjectBuilder(begun)
                .add("oneroster12", begun.getString("oneroster12").replace(trial.baseUrl(), base))
                .add("tokenUrl", begun.getString("tokenUrl").replace(trial.baseUrl(), base))
                .build();
        token = token(begun.getString("client"), begun.getString("secret")).orElseThrow();
        assertEquals(200, get(at12("/users?limit=1")).statusCode());
    }

    @Test
    @Order(8)
    @DisplayName("is stopped by the vendor's suspension like the rule itself, and goes on with it")
    void followsThePapers() throws Exception {
        var vendor = trial.vendors().getFirst().clientId();
        ask("vendor suspend", new Common.Args().with("id", vendor).with("reason", "test"));
        assertEquals(403, get(at12("/users?limit=1")).statusCode());
        ask("vendor resume", anna().with("id", vendor));
        assertEquals(200, get(at12("/users?limit=1")).statusCode());
    }

    @Test
    @Order(9)
    @DisplayName("cannot be begun twice, nor for a rule that is not there, nor without a person")
    void refusals() {
        assertEquals(
                Exit.REFUSED,
                assertThrows(Trouble.class, () -> ask("rehearsal start", anna().with("id", RULE)))
                        .exit());
        assertEquals(
                Exit.NOT_FOUND,
                assertThrows(Trouble.class, () -> ask("rehearsal start", anna().with("id", "no-such-rule")))
                        .exit());
        assertEquals(
                Exit.WRONG_USE,
                assertThrows(
                                Trouble.class,
                                () -> ask("rehearsal start", new Common.Args().with("id", "library-nameless")))
                        .exit());
    }

    @Test
    @Order(10)
    @DisplayName("ends at once: its addresses are gone, its keys and directory too, its last report stays")
    void ends() throws Exception {
        ask("rehearsal end", new Common.Args().with("id", RULE));
        assertEquals(404, get(at12("/users?limit=1")).statusCode());
        assertFalse(
                Files.exists(home.rehearsals(new DistrictName(Trial.DISTRICT)).resolve(RULE)));
        var last = ask("rehearsal report", new Common.Args().with("id", RULE));
        assertEquals(2, last.getInt("day"));
        assertTrue(ask("rehearsal list", new Common.Args())
                .getJsonArray("rehearsals")
                .isEmpty());
        var kinds = new ArrayList<String>();
        ask("ledger list", new Common.Args().with("last", 200))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .forEach(entry -> kinds.add(entry.getString("kind")));
        assertTrue(kinds.containsAll(List.of("rehearsal.started", "rehearsal.ended")), kinds.toString());
    }
}
