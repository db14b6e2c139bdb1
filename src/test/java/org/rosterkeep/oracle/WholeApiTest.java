package org.rosterkeep.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Every path of the rostering service, as a client asks it over HTTPS of a whole appliance: with everything
/// given, with
/// the least, and with every treatment; with records that have gone. Bodies of 1.2 are held to the official
/// OpenAPI file,
/// operation by operation and status by status; those of 1.1, which has no such file, to shapes of our own.
@DisplayName("The whole API")
class WholeApiTest {
    private static final int QUERIES = 7;
    private static final List<String> WORDS = List.of(
            "active",
            "tobedeleted",
            "05",
            "Given1",
            "A.",
            "true",
            "false",
            "student",
            "2026-10-05T06:45:00Z",
            "2026",
            "not a date",
            "O'Neill",
            "district");

    @TempDir
    static Path directory;

    private static final HandClock CLOCK = new HandClock();
    private static OfficialApi official;
    private static JsonObject shapes;
    private static Twin town;
    private static final Map<String, Schema> LEGACY = new HashMap<>();

    @BeforeAll
    static void furnish() throws Exception {
        official = new OfficialApi();
        shapes = shapes();
        List<Rules> rules = List.of(TwinRules.whole(), TwinRules.treated(), TwinRules.passing(), TwinRules.least());
        var mould = Twin.Mould.make(directory.resolve("mould"), CLOCK, 2, rules);
        town = new Twin(mould, directory.resolve("town"), CLOCK, new TwinRoster(5, 6));
        for (int round = 0; round < TwinRoster.ROUNDS; round++) {
            town.take(round);
            // Editions are made when somebody asks: what nobody has seen needs no tombstone.
            rules.forEach(each -> town.as(each.id()).get(Pull.V1P2 + "/orgs"));
            CLOCK.forward(Duration.ofMinutes(5));
        }
    }

    @AfterAll
    static void close() {
        assertEquals(List.of(), town.district.faults());
        town.close();
    }

    private static JsonObject shapes() throws IOException {
        try (InputStream in = WholeApiTest.class.getResourceAsStream("oneroster-v1p1-shapes.json");
                var reader = Json.createReader(Objects.requireNonNull(in))) {
            return reader.readObject();
        }
    }

    @Test
    @DisplayName("has the standard's 41 paths")
    void count() {
        assertEquals(41, official.paths().size());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"whole", "treated", "passing", "least"})
    @DisplayName("answers every path with a body the standard's own schema accepts, and its headers, for the rule")
    void valid(String rule) {
        Map<String, Integer> active = new TreeMap<>();
        Map<String, Integer> gone = new TreeMap<>();
        for (String service : List.of(Pull.V1P2, Pull.V1P1)) {
            Asking asking = new Asking(new Random(11), WORDS);
            for (String pattern : official.paths()) {
                List<String> paths = town.as(rule).filled(service, pattern, Asking.single(pattern) ? 40 : 20);
                assertFalse(paths.isEmpty(), () -> rule + " can fill no path " + service + pattern);
                for (String path : paths) {
                    HttpResponse<String> answer = checked(rule, service, pattern, path, "", 200);
                    tally(answer.body(), service + pattern, active, gone);
                }
                for (String query : asking.queries(pattern, QUERIES)) {
                    checked(rule, service, pattern, paths.getFirst(), query, 200, 400);
                }
                if (!Asking.single(pattern)) {
                    pages(rule, service + paths.getFirst());
                }
            }
        }
        Set<String> without = new TreeSet<>();
        for (String pattern : official.paths()) {
            for (String service : List.of(Pull.V1P2, Pull.V1P1)) {
                // Who may not see which session belongs to which cannot walk from a term to its parts.
                boolean walled = rule.equals("least") && pattern.endsWith("/gradingPeriods") && pattern.contains("{");
                if (!walled && !active.containsKey(service + pattern)) {
                    without.add(service + pattern);
                }
            }
        }
        assertEquals(Set.of(), without, "no active record was seen there");
        for (String collection : List.of("/users", "/enrollments", "/classes", "/students", "/demographics")) {
            assertTrue(gone.containsKey(Pull.V1P2 + collection), rule + " has no tombstone in " + collection);
        }
    }

    private static void tally(String body, String at, Map<String, Integer> active, Map<String, Integer> gone) {
        active.merge(at, body.split("\"status\":\"active\"", -1).length - 1, Integer::sum);
        int dead = body.split("\"status\":\"tobedeleted\"", -1).length - 1;
        if (dead > 0) {
            gone.merge(at, dead, Integer::sum);
        }
        active.remove(at, 0);
    }

    /// Whatever goes wrong goes wrong in the standard's words.
    @ParameterizedTest
    @ValueSource(strings = {"whole", "least"})
    @DisplayName("refuses every path in the standard's words: 400, 401, 403, 404")
    void refusals(String rule) {
        for (String service : List.of(Pull.V1P2, Pull.V1P1)) {
            for (String pattern : official.paths()) {
                String path = town.as(rule).filled(service, pattern, 1).getFirst();
                if (pattern.contains("{")) {
                    String nobody = pattern.replaceAll("\\{[^}]*}", "nobody");
                    checked(rule, service, pattern, nobody, "", 404);
                }
                HttpResponse<String> stranger = Pull.stranger(town.district).get(service + path);
                assertEquals(401, stranger.statusCode());
                assertTrue(stranger.headers().firstValue("WWW-Authenticate").isPresent());
                body(service, pattern, stranger, false);
                checked(rule, service, pattern, path, "?access_token=x", 400);
                checked(rule, service, pattern, path, "?fields=", 400);
                if (!Asking.single(pattern)) {
                    checked(rule, service, pattern, path, "?limit=0", 400);
                    checked(rule, service, pattern, path, "?offset=-1", 400);
                    checked(rule, service, pattern, path, "?orderBy=up", 400);
                    checked(rule, service, pattern, path, "?filter=" + Pull.encoded("status~~'x'"), 400);
                    checked(rule, service, pattern, path, "?filter=" + Pull.encoded("shoeSize='9'"), 400);
                }
                int strict = service.equals(Pull.V1P2) ? 400 : 200;
                checked(rule, service, pattern, path, "?fields=shoeSize", strict);
            }
        }
    }

    @Test
    @DisplayName("answers for a withheld field byte by byte as for one that does not exist")
    void withheld() {
        for (Rules rules : List.of(TwinRules.treated(), TwinRules.least())) {
            Pull pull = town.as(rules.id());
            for (String service : List.of(Pull.V1P2, Pull.V1P1)) {
                for (String collection : List.of(
                        "/orgs",
                        "/academicSessions",
                        "/courses",
                        "/classes",
                        "/users",
                        "/enrollments",
                        "/demographics")) {
                    Entity entity = Asking.entity(collection);
                    for (Field field : Field.of(entity)) {
                        boolean given = rules.grants().containsKey(field);
                        if (given || field.need() == Field.Need.INTERNAL || field.need() == Field.Need.ENVELOPE) {
                            continue;
                        }
                        for (String query : List.of(
                                "?fields=%s",
                                "?sort=%s",
                                "?filter=%s%%3D%%27x%%27",
                                "?filter=%s.sourcedId%%3D%%27x%%27",
                                "?filter=%s%%3E%%27true%%27")) {
                            assertEquals(
                                    refusal(pull.get(service + collection + query.formatted("shoeSize"))),
                                    refusal(pull.get(service + collection + query.formatted(field.wire()))),
                                    rules.id() + " " + service + collection + " " + field);
                        }
                    }
                }
            }
        }
    }

    /// An answer without the numbers that count the client's own requests, and without what repeats the question.
    private static String refusal(HttpResponse<String> answer) {
        return Pull.appearance(answer).replaceAll("(?m)^(rosterkeep-disclosure|etag|link): .*$", "");
    }

    /// What an answer of this status must be, in the body and around it.
    private static HttpResponse<String> checked(
            String rule, String service, String pattern, String path, String query, Integer... statuses) {
        HttpResponse<String> answer = town.as(rule).get(service + path + query);
        String what = rule + ": " + service + path + query;
        assertTrue(List.of(statuses).contains(answer.statusCode()), () -> what + ": " + Pull.appearance(answer));
        assertEquals(Optional.of("application/json"), answer.headers().firstValue("Content-Type"), what);
        body(service, pattern, answer, query.contains("fields="));
        boolean good = answer.statusCode() == 200;
        assertEquals(good, answer.headers().firstValue("ETag").isPresent(), what);
        assertEquals(good, answer.headers().firstValue("X-Total-Count").isPresent(), what);
        assertEquals(
                good && !Asking.single(pattern),
                answer.headers().firstValue("Link").isPresent(),
                what);
        if (good) {
            unchanged(rule, service + path + query, answer);
        }
        return answer;
    }

    private static void unchanged(String rule, String path, HttpResponse<String> answer) {
        String tag = answer.headers().firstValue("ETag").orElseThrow();
        assertTrue(tag.matches("\"[0-9a-f]{16,}\""), tag);
        HttpResponse<String> again = town.as(rule).get(path, "If-None-Match", tag);
        assertEquals(304, again.statusCode(), path);
        assertEquals("", again.body(), path);
        assertEquals(Optional.of(tag), again.headers().firstValue("ETag"), path);
    }

    private static void body(String service, String pattern, HttpResponse<String> answer, boolean selected) {
        List<com.networknt.schema.Error> errors = service.equals(Pull.V1P2)
                ? official.errors(pattern, answer.statusCode(), answer.body(), selected)
                : legacy(pattern, answer.statusCode(), selected).validate(answer.body(), InputFormat.JSON);
        assertEquals(List.of(), errors, () -> errors + " " + service + pattern + ": " + Pull.appearance(answer));
    }

    private static Schema legacy(String pattern, int status, boolean selected) {
        Entity entity = Asking.entity(pattern);
        String shape = status != 200 ? "error" : (Asking.single(pattern) ? "one-" : "many-") + entity.one();
        return LEGACY.computeIfAbsent(shape + selected, _ -> {
            JsonObject schema = Json.createObjectBuilder(selected ? loose(entity) : shapes)
                    .add("$ref", "#/$defs/" + shape)
                    .build();
            return SchemaRegistry.withDialect(Dialects.getDraft202012()).getSchema(schema.toString(), InputFormat.JSON);
        });
    }

    /// The shapes with no property of this record demanded.
    private static JsonObject loose(Entity entity) {
        JsonObject defs = shapes.getJsonObject("$defs");
        JsonObject record = Json.createObjectBuilder(defs.getJsonObject(entity.one()))
                .remove("required")
                .build();
        return Json.createObjectBuilder(shapes)
                .add("$defs", Json.createObjectBuilder(defs).add(entity.one(), record))
                .build();
    }

    /// Pages by Link: the same records as in one piece, each once, with a constant total.
    private static void pages(String rule, String path) {
        HttpResponse<String> whole = town.as(rule).get(path + "?limit=1000");
        int total = Pull.records(whole.body()).size();
        assertEquals(
                Long.toString(total),
                whole.headers().firstValue("X-Total-Count").orElseThrow(),
                path);
        int limit = Math.max(2, total / 3);
        List<String> collected = new ArrayList<>();
        String next = path + "?limit=" + limit;
        while (!next.isEmpty()) {
            HttpResponse<String> page = town.as(rule).get(next);
            assertEquals(
                    Long.toString(total),
                    page.headers().firstValue("X-Total-Count").orElseThrow(),
                    next);
            Pull.records(page.body()).forEach(record -> collected.add(record.toString()));
            String link = page.headers().firstValue("Link").orElseThrow();
            assertTrue(link.contains("rel=\"first\"") && link.contains("rel=\"last\""), link);
            next = link.contains("rel=\"next\"")
                    ? link.substring(1, link.indexOf('>'))
                            .substring(org.rosterkeep.appliance.LiveDistrict.ORIGIN.length())
                    : "";
        }
        List<String> expected = new ArrayList<>();
        Pull.records(whole.body()).forEach(record -> expected.add(record.toString()));
        assertEquals(expected, collected, path);
        assertEquals(total, new HashSet<>(collected).size(), path);
    }
}
