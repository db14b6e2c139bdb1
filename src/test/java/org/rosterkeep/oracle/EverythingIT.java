package org.rosterkeep.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.ledger.ExportVerifier;
import org.rosterkeep.ledger.Verdict;

/// The whole way, from outside: a made-up district goes in, two vendors pull everything there is over HTTPS,
/// and what each
/// received is, person by person and field by field, what the second opinion says and what the ledger says.
///
/// How many students: the system property `rosterkeep.students`; 400 if not given.
@DisplayName("Two vendors who pull everything")
class EverythingIT {
    private static final String LAUNCHER =
            Path.of(System.getProperty("rosterkeep.image"), "bin", "rosterkeep").toString();
    private static final List<String> COLLECTIONS = List.of(
            "orgs",
            "schools",
            "academicSessions",
            "terms",
            "gradingPeriods",
            "courses",
            "classes",
            "users",
            "students",
            "teachers",
            "enrollments",
            "demographics");
    private static final int LIMIT = 700;
    private static final int PERSONS_ASKED = 5;

    @TempDir
    static Path home;

    private static Path zip;
    private static JsonObject trial;
    private static HttpClient http;

    @BeforeAll
    static void start() throws Exception {
        zip = home.resolve("roster.zip");
        int students = Integer.getInteger("rosterkeep.students", 400);
        new MadeUpDistrict(MadeUpDistrict.Shape.of(students).schools(3)).zip(zip);
        keep("try", "--detach", "--port", "0", "--roster", zip.toString());
        trial = json(Files.readString(home.resolve("home").resolve("try.json")));
        http = HttpClient.newBuilder()
                .sslContext(trusting(Path.of(trial.getString("caFile"))))
                .build();
    }

    @AfterAll
    static void stop() throws Exception {
        if (Files.exists(home.resolve("home"))) {
            keep("try", "--clean");
        }
    }

    @Test
    @DisplayName("receive exactly what their rules give, and the ledger knows of each person who received it")
    void everything() throws Exception {
        NaiveRoster roster = new NaiveRoster(zip);
        for (JsonObject vendor : trial.getJsonArray("vendors").getValuesAs(JsonObject.class)) {
            String text = json(keep("rule", "show", vendor.getString("rule"), "--json"))
                    .getString("text");
            NaiveEvaluator evaluator = new NaiveEvaluator(roster, NaiveRule.parse(text), kept());
            Map<String, List<Told>> answered = pull(vendor);
            Map<String, List<Told>> expected = evaluator.all();
            List<String> differences = Likeness.differences(expected, answered);
            assertEquals(List.of(), differences.subList(0, Math.min(10, differences.size())), vendor.getString("name"));
            assertTrue(answered.get("users").size() > 10
                    && answered.get("enrollments").size() > 10);
            ledgerKnows(vendor, roster, evaluator.scope().all("user"));
        }
        Path export = home.resolve("export.zip");
        keepAs("ledger", "export", export.toString());
        assertInstanceOf(Verdict.Sound.class, new ExportVerifier(Optional.empty()).verify(export));
    }

    /// Some persons inside the scope and some outside, by the district's own question.
    private static void ledgerKnows(JsonObject vendor, NaiveRoster roster, Set<String> inside) throws Exception {
        List<String> in = inside.stream().sorted().limit(PERSONS_ASKED).toList();
        List<String> out = new TreeSet<>(roster.file("users").keySet())
                .stream()
                        .filter(id -> !inside.contains(id))
                        .limit(PERSONS_ASKED)
                        .toList();
        for (String person : in) {
            List<JsonObject> received = received(vendor, person);
            assertTrue(
                    received.stream().anyMatch(one -> one.getString("entity").equals("user")), "somebody who was sent");
            assertTrue(received.stream().allMatch(one -> one.getBoolean("certain")), "and nothing is doubtful");
        }
        for (String person : out) {
            assertEquals(List.of(), received(vendor, person), "somebody who was not sent");
        }
    }

    private static List<JsonObject> received(JsonObject vendor, String person) throws Exception {
        return json(keepAs("ledger", "person", person, "--json"))
                .getJsonArray("received")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(one -> one.getJsonObject("entry").getString("rule").equals(vendor.getString("rule")))
                .filter(one -> one.getJsonObject("entry").getString("channel").equals("pull"))
                .toList();
    }

    /// Every collection, page by page as a client does it; one that is forbidden is absent.
    private static Map<String, List<Told>> pull(JsonObject vendor) throws Exception {
        String token = token(vendor);
        String base = trial.getString("oneroster12");
        Answers answers = new Answers(base);
        Map<String, List<Told>> pulled = new LinkedHashMap<>();
        for (String collection : COLLECTIONS) {
            List<Told> records = new ArrayList<>();
            long total = Long.MAX_VALUE;
            for (long offset = 0; offset < total; offset += LIMIT) {
                var reply = get(base + "/" + collection + "?limit=" + LIMIT + "&offset=" + offset, token);
                if (reply.statusCode() == 403) {
                    break;
                }
                assertEquals(200, reply.statusCode(), collection);
                total = Long.parseLong(
                        reply.headers().firstValue("X-Total-Count").orElseThrow());
                JsonObject page = json(reply.body());
                assertEquals(1, page.size());
                String envelope = page.keySet().iterator().next();
                page.getJsonArray(envelope)
                        .getValuesAs(JsonObject.class)
                        .forEach(record -> records.add(answers.record(envelope, record)));
            }
            if (total != Long.MAX_VALUE) {
                assertEquals(total, records.size(), collection);
                assertEquals(total, records.stream().map(Told::id).distinct().count(), collection);
                pulled.put(collection, records);
            }
        }
        return pulled;
    }

    private static String token(JsonObject vendor) throws Exception {
        String pair = vendor.getString("clientId") + ":" + vendor.getString("clientSecret");
        var request = HttpRequest.newBuilder(URI.create(trial.getString("tokenUrl")))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return json(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getString("access_token");
    }

    private static HttpResponse<String> get(String url, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /// The same, done by the trial's first operator.
    private static String keepAs(String... verb) throws IOException, InterruptedException {
        JsonObject operator = trial.getJsonArray("operators").getJsonObject(0);
        Path password = home.resolve("password");
        Files.writeString(password, operator.getString("password"));
        List<String> words = new ArrayList<>(List.of(verb));
        words.addAll(List.of("--operator", operator.getString("name"), "--password-file", password.toString()));
        return keep(words.toArray(String[]::new));
    }

    /// A verb of the image's, on this test's home.
    private static String keep(String... verb) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(List.of(verb));
        command.addAll(List.of("--home", home.resolve("home").toString()));
        Path errors = home.resolve("errors");
        Process process = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(errors.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", verb) + ": " + read(errors));
        return out;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    /// The data elements a district keeps unless it says otherwise, as the catalogue has them.
    private static Set<String> kept() throws IOException {
        try (InputStream catalogue =
                        EverythingIT.class.getResourceAsStream("/org/rosterkeep/roster/data-elements.json");
                var reader = Json.createReader(Objects.requireNonNull(catalogue))) {
            return reader.readObject().getJsonArray("elements").getValuesAs(JsonObject.class).stream()
                    .filter(element -> element.getBoolean("default_kept"))
                    .map(element -> element.getJsonString("id"))
                    .map(JsonString::getString)
                    .collect(Collectors.toSet());
        }
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
