package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What is decided about one person at the command line, as two vendors meet it over HTTPS: away when it is
/// decided, back
/// when only that is lifted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleThroughTheDoorTest {
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private Home home;
    private Appliance appliance;
    private TrialFile trial;
    private HttpClient http;
    private String pupil;
    private String klass;

    @BeforeAll
    void furnish(@TempDir Path directory) throws Exception {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), false);
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        trial = new Trial(home, _ -> {}, new SecureRandom(), Clock.systemUTC()).furnish(Optional.empty());
        http = client();
        pupil = sample("roles.csv", "student", "s02", 1);
        klass = sample("classes.csv", "k-s02", "s02", 0);
    }

    @AfterAll
    void close() {
        http.close();
        appliance.close();
        assertFalse(logged.toString(StandardCharsets.UTF_8).contains("\"level\":\"error\""), logged::toString);
    }

    @Test
    @DisplayName("F10: an objection takes the person from that vendor alone, until it is dismissed")
    void objection() throws Exception {
        awayFor(List.of("person", pupil, "vendor", "reading-app", "grounds", "made up"), "person object", -1, 0);
    }

    @Test
    @DisplayName("F10: a restriction takes the person from every vendor, until it is lifted")
    void restriction() throws Exception {
        awayFor(List.of("person", pupil, "reason", "made up"), "person restrict", -1, -1);
    }

    @Test
    @DisplayName("F19: who has left is given to nobody, until it turns out that they stay")
    void departure() throws Exception {
        awayFor(List.of("person", pupil), "person leave", -1, -1);
    }

    @Test
    @DisplayName("F09: a directory opt-out does not touch a rule that rests on something else")
    void optOut() throws Exception {
        awayFor(List.of("person", pupil), "person optout", 0, 0);
    }

    @Test
    @DisplayName("F16: a protected person is in no rule that tells where somebody is; it takes two to lift that")
    void protection() throws Exception {
        var hidden = sample("roles.csv", "student", "s02", 3);
        long before = students(0);
        ask("person protect", as("anna").with("person", hidden).with("reason", "made up"));
        assertEquals(before - 1, students(0));
        // Only who is named for it may see the dossier, and nobody was.
        assertEquals(
                Exit.REFUSED,
                refused("person show", as("anna").with("person", hidden)).exit());
        var listed = ask("person list", as("anna")).getJsonArray("people").getValuesAs(JsonObject.class);
        assertTrue(listed.stream().noneMatch(one -> one.getString("person").equals(hidden)));
    }

    @Test
    @DisplayName("F16: one signature does not lift a protection, the second does")
    void lifting() throws Exception {
        var other = sample("roles.csv", "student", "s02", 2);
        long before = students(0);
        ask(
                "person protect",
                as("anna").with("person", other).with("reason", "made up").with("named", List.of("anna", "ben")));
        assertEquals(before - 1, students(0));
        int number = last(other);
        assertEquals(
                Exit.NEEDS_ANOTHER,
                refused("person lift", lift("anna", other, number)).exit());
        assertEquals(before - 1, students(0));
        assertEquals(
                Exit.NEEDS_ANOTHER,
                refused("person lift", lift("anna", other, number)).exit());
        ask("person lift", lift("ben", other, number));
        assertEquals(before, students(0));
    }

    @Test
    @DisplayName("F18: a contested field is withheld of that person, the person stays")
    void contest() throws Exception {
        long before = students(0);
        long withheld = withheldNames();
        ask(
                "person contest",
                as("anna").with("person", pupil).with("field", "user.givenName").with("grounds", "made up"));
        assertEquals(before, students(0));
        assertEquals(withheld + 1, withheldNames());
        ask("person lift", lift("anna", pupil, last(pupil)));
        assertEquals(withheld, withheldNames());
    }

    @Test
    @DisplayName("F17: a class that reveals something is absent from rules without that element")
    void revealing() throws Exception {
        long before = count(0, "/classes");
        var one = as("anna").with("id", klass);
        ask("class reveal", one.with("element", "special.services").with("reason", "made up"));
        assertEquals(before - 1, count(0, "/classes"));
        ask("class conceal", as("anna").with("id", klass).with("number", 1).with("reason", "made up"));
        assertEquals(before, count(0, "/classes"));
    }

    @Test
    @DisplayName("somebody the roster never had is not found, and a list of opt-outs is taken whole or not at all")
    void unknown() {
        var nobody = as("anna").with("person", "nobody-of-that-name").with("reason", "made up");
        assertEquals(Exit.NOT_FOUND, refused("person restrict", nobody).exit());
        var list = as("anna").with("people", List.of(pupil, "nobody-of-that-name"));
        var trouble = refused("person optout", list);
        assertEquals(Exit.NOT_FOUND, trouble.exit());
        assertFalse(trouble.toString().contains("nobody-of-that-name"), trouble::toString);
    }

    @Test
    @DisplayName("F11: a consent is kept with everything about it in one step, and taken back in one")
    void consent() throws IOException {
        var other = sample("roles.csv", "student", "s02", 4);
        var soon = LocalDate.now(ZoneOffset.UTC).plusDays(9).toString();
        assertEquals(
                Exit.REFUSED, refused("person consent", given(other, "2099-01-01")).exit(), "far too long");
        assertEquals(2, ask("person consent", given(other, soon)).getInt("people"));
        var kept = entry(pupil);
        assertEquals("consent", kept.getString("what"));
        assertEquals("open", kept.getString("state"));
        assertEquals("reading-names", kept.getString("rule"));
        assertEquals("guardian", kept.getString("givenBy"));
        assertEquals("in person", kept.getString("identity"));
        assertEquals("v7", kept.getString("text"));
        assertTrue(kept.containsKey("given") && kept.containsKey("expires"));
        // Kept for the rule; taken back by the vendor and purpose the rule has.
        assertEquals(
                Exit.NOT_FOUND, refused("person withdraw", back("library")).exit());
        ask("person withdraw", back("instruction_content"));
        assertEquals("withdrawn", entry(pupil).getString("state"));
        assertEquals(
                Exit.NOT_FOUND,
                refused("person withdraw", back("instruction_content")).exit());
        assertEquals(
                Exit.WRONG_USE,
                refused("person consent", given(other, soon).with("vendor", "library"))
                        .exit());
        assertEquals(
                Exit.NOT_FOUND,
                refused(
                                "person withdraw",
                                as("anna").with("person", "nobody-of-that-name").with("all", true))
                        .exit());
    }

    private Common.Args given(String other, String until) {
        return as("anna")
                .with("people", List.of(pupil, other))
                .with("rule", "reading-names")
                .with("by", "guardian")
                .with("identity", "in person")
                .with("text", "v7")
                .with("until", until);
    }

    private Common.Args back(String purpose) {
        return as("anna").with("person", pupil).with("vendor", "reading-app").with("purpose", purpose);
    }

    private JsonObject entry(String person) {
        return ask("person show", as("anna").with("person", person))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .getLast();
    }

    private void awayFor(List<String> args, String verb, int first, int second) throws Exception {
        long reading = students(0);
        long library = students(1);
        var given = as("anna");
        for (int n = 0; n < args.size(); n += 2) {
            given.with(args.get(n), args.get(n + 1));
        }
        ask(verb, given);
        assertEquals(reading + first, students(0), verb);
        assertEquals(library + second, students(1), verb);
        ask("person lift", lift("anna", pupil, last(pupil)));
        assertEquals(reading, students(0), verb);
        assertEquals(library, students(1), verb);
    }

    private Common.Args lift(String operator, String person, int number) {
        return as(operator).with("person", person).with("number", number).with("reason", "made up");
    }

    /// The number of the newest entry about a person.
    private int last(String person) {
        return ask("person show", as("anna").with("person", person))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .getLast()
                .getInt("number");
    }

    private long withheldNames() throws Exception {
        var body = get(token(0), "/students?limit=10000").body();
        return json(body).getJsonArray("users").getValuesAs(JsonObject.class).stream()
                .filter(user -> user.getString("givenName").equals("Withheld"))
                .count();
    }

    private long students(int vendor) throws Exception {
        return count(vendor, "/students");
    }

    private long count(int vendor, String path) throws Exception {
        var answer = get(token(vendor), path + "?limit=10000");
        assertEquals(200, answer.statusCode(), answer.body());
        var records = json(answer.body()).values().iterator().next().asJsonArray();
        return records.getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("status").equals("active"))
                .count();
    }

    private Common.Args as(String operator) {
        var one = trial.operators().stream()
                .filter(known -> known.name().equals(operator))
                .findFirst()
                .orElseThrow();
        return new Common.Args().with("operator", one.name()).with("password", one.password());
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private Trouble refused(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args));
    }

    /// The first cell of the nth row that has these words.
    private static String sample(String file, String word, String org, int nth) throws IOException {
        try (var zip =
                new ZipInputStream(Objects.requireNonNull(Trial.class.getResourceAsStream("sample-roster.zip")))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(file)) {
                    var rows = new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8))
                            .lines()
                            .filter(row -> row.contains(word) && row.contains(org))
                            .toList();
                    var cells = rows.get(nth).replace("\"", "").split(",", -1);
                    return file.equals("roles.csv") ? cells[3] : cells[0];
                }
            }
        }
        throw new IOException(file);
    }

    private String token(int vendor) throws Exception {
        var one = trial.vendors().get(vendor);
        var basic = Base64.getEncoder()
                .encodeToString((one.clientId() + ":" + one.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(trial.tokenUrl()))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return json(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getString("access_token");
    }

    private HttpResponse<String> get(String token, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(trial.oneroster12() + path))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private HttpClient client() throws Exception {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        try (var in = Files.newInputStream(Path.of(trial.caFile()))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        assertTrue(trial.vendors().size() == 2);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
