package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Reason;

class VendorApiTest {
    private static final String V1P2 = "/ims/oneroster/rostering/v1p2";
    private static final String V1P1 = "/ims/oneroster/v1p1";

    private static void complains(HttpResponse<String> response, Wire wire, Complaint complaint) {
        assertEquals(complaint.status(), response.statusCode());
        assertEquals(new String(complaint.body(wire), StandardCharsets.UTF_8), response.body());
        assertEquals(Optional.of("application/json"), response.headers().firstValue("Content-Type"));
        assertEquals(Optional.of("no-store"), response.headers().firstValue("Cache-Control"));
    }

    @Test
    @DisplayName("without a token every route answers 401, in its version's words, and the door is not asked")
    void stranger() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            for (Route route : Route.all()) {
                String path = route.pattern().replace("{id}", "1").replace("{cid}", "2");
                complains(stage.get(V1P2 + path), Wire.V1P2, Complaint.NOT_AUTHORISED);
                complains(stage.get("/north" + V1P1 + path), Wire.V1P1, Complaint.NOT_AUTHORISED);
            }
            HttpResponse<String> wrong = stage.get(V1P2 + "/users", "Authorization", "Bearer nonsense");
            complains(wrong, Wire.V1P2, Complaint.NOT_AUTHORISED);
            assertEquals(
                    Optional.of("Bearer realm=\"OneRoster\", error=\"invalid_token\""),
                    wrong.headers().firstValue("WWW-Authenticate"));
            assertEquals(List.of(), stage.asked);
        }
    }

    @Test
    @DisplayName("every route opens to the scopes of the golden list and to no others")
    void scopes() {
        try (Stage stage = new Stage(Stage.mistaken(Outcome.Mistake.UNKNOWN_OBJECT))) {
            for (Route route : Route.all()) {
                String path = V1P2 + route.pattern().replace("{id}", "1").replace("{cid}", "2");
                boolean core = route.scopesInOrder().stream()
                        .anyMatch(scope -> scope.word().equals("roster-core.readonly"));
                HttpResponse<String> narrow = stage.get(path, "Authorization", "Bearer " + Stage.TOKEN_CORE);
                complains(narrow, Wire.V1P2, core ? Complaint.UNKNOWN_OBJECT : Complaint.FORBIDDEN);
                complains(stage.read(path), Wire.V1P2, Complaint.UNKNOWN_OBJECT);
            }
        }
    }

    @Test
    @DisplayName("a nested read becomes an inquiry with its parents")
    void inquiry() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            stage.get(
                    "/north" + V1P1
                            + "/schools/s%2F1/classes/c1/students?limit=7&offset=14&sort=familyName&orderBy=desc"
                            + "&fields=sourcedId,familyName&filter=status%3D%27active%27",
                    "authorization",
                    "bearer " + Stage.TOKEN,
                    "If-None-Match",
                    "W/\"a\", \"b\"");
            Inquiry inquiry = stage.asked.getFirst();
            assertEquals("/schools/{id}/classes/{cid}/students", inquiry.route());
            assertEquals(
                    List.of(
                            new Inquiry.Parent(Collection.SCHOOLS, "s/1"),
                            new Inquiry.Parent(Collection.CLASSES, "c1")),
                    inquiry.parents());
            assertEquals(Collection.STUDENTS, inquiry.collection());
            assertEquals(Wire.V1P1, inquiry.wire());
            assertEquals(Optional.empty(), inquiry.id());
            assertEquals(Optional.of("familyName"), inquiry.sort());
            assertTrue(inquiry.descending());
            assertEquals(14, inquiry.offset());
            assertEquals(7, inquiry.limit());
            assertEquals(List.of("sourcedId", "familyName"), inquiry.selection());
            assertEquals(stage.origin() + "/north" + V1P1, inquiry.base());
            assertEquals(List.of("\"a\"", "\"b\""), inquiry.ifNoneMatch());
            assertEquals("127.0.0.1", inquiry.source());
            assertEquals(Stage.ID, inquiry.recipient().clientId());
        }
    }

    @Test
    @DisplayName("a public origin takes the place of the Host header")
    void publicOrigin() {
        Settings settings = new Settings(Optional.of("https://roster.example.org"), false, Limits.usual());
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE), settings)) {
            stage.read(V1P2 + "/users/u1");
            assertEquals(
                    "https://roster.example.org" + V1P2, stage.asked.getFirst().base());
            assertEquals(Optional.of("u1"), stage.asked.getFirst().id());
        }
    }

    @Test
    @DisplayName("a refusal is 403 whatever the reason, but 503 when it will pass")
    void refused() {
        for (Reason reason : Reason.values()) {
            try (Stage stage = new Stage(Stage.refusing(reason))) {
                boolean passing = reason == Reason.LEDGER_UNAVAILABLE || reason == Reason.CLOCK_UNTRUSTED;
                HttpResponse<String> response = stage.read(V1P2 + "/users");
                complains(response, Wire.V1P2, passing ? Complaint.UNAVAILABLE : Complaint.FORBIDDEN);
                assertEquals(
                        passing, response.headers().firstValue("Retry-After").isPresent());
            }
        }
    }

    @Test
    @DisplayName("each mistake the door finds has its complaint")
    void mistakes() {
        Map<Outcome.Mistake, Complaint> complaints = Map.of(
                Outcome.Mistake.UNKNOWN_OBJECT, Complaint.UNKNOWN_OBJECT,
                Outcome.Mistake.FILTER_FIELD, Complaint.FILTER_FIELD,
                Outcome.Mistake.FILTER_VALUE, Complaint.FILTER_VALUE,
                Outcome.Mistake.SELECTION_FIELD, Complaint.SELECTION_FIELD,
                Outcome.Mistake.SORT_FIELD, Complaint.SORT_FIELD);
        for (Outcome.Mistake mistake : Outcome.Mistake.values()) {
            try (Stage stage = new Stage(Stage.mistaken(mistake))) {
                complains(stage.read(V1P2 + "/users"), Wire.V1P2, complaints.get(mistake));
                complains(stage.read(V1P1 + "/users"), Wire.V1P1, complaints.get(mistake));
            }
        }
    }

    @Test
    @DisplayName("a malformed query never reaches the door")
    void malformed() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            complains(stage.read(V1P2 + "/users?limit=0"), Wire.V1P2, Complaint.BAD_LIMIT);
            complains(stage.read(V1P1 + "/users?filter=x"), Wire.V1P1, Complaint.BAD_FILTER);
            complains(stage.read(V1P2 + "/users?fields="), Wire.V1P2, Complaint.BLANK_SELECTION);
            assertEquals(List.of(), stage.asked);
        }
    }

    @Test
    @DisplayName("a wrong method is 405 with what is allowed; an unknown path is 404; both in OneRoster's shape")
    void wrong() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW")) {
                HttpResponse<String> response =
                        stage.send(method, V1P1 + "/users", HttpRequest.BodyPublishers.ofString("{}"));
                complains(response, Wire.V1P1, Complaint.WRONG_METHOD);
                assertEquals(Optional.of("GET, HEAD"), response.headers().firstValue("Allow"));
            }
            complains(stage.read(V1P1 + "/resources"), Wire.V1P1, Complaint.UNKNOWN_PATH);
            complains(stage.read(V1P2 + "/lineItems"), Wire.V1P2, Complaint.UNKNOWN_PATH);
            complains(stage.read("/nowhere" + V1P2 + "/users"), Wire.V1P2, Complaint.UNKNOWN_PATH);
            complains(stage.read("/observe/health"), Wire.V1P2, Complaint.UNKNOWN_PATH);
            assertEquals(List.of(), stage.asked);
        }
    }

    @Test
    @DisplayName("HEAD says what GET says, without the body")
    void head() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            HttpResponse<String> get = stage.read(V1P2 + "/users");
            HttpResponse<String> head = stage.send(
                    "HEAD",
                    V1P2 + "/users",
                    HttpRequest.BodyPublishers.noBody(),
                    "Authorization",
                    "Bearer " + Stage.TOKEN);
            assertEquals(get.statusCode(), head.statusCode());
            assertEquals("", head.body());
            assertEquals(
                    get.headers().firstValue("Content-Length"), head.headers().firstValue("Content-Length"));
        }
    }

    @Test
    @DisplayName("a fault behind the door is 500 and tells nothing")
    void fault() {
        try (Stage stage = new Stage(inquiry -> {
            throw new IllegalStateException("a name that must not get out");
        })) {
            HttpResponse<String> response = stage.read(V1P2 + "/users");
            complains(response, Wire.V1P2, Complaint.SERVER_ERROR);
            assertTrue(response.headers().map().toString().indexOf("a name") < 0);
        }
    }

    @Test
    @DisplayName("a closed district answers 503, its neighbour is not touched")
    void closed() {
        try (Stage stage = new Stage(Stage.mistaken(Outcome.Mistake.UNKNOWN_OBJECT))) {
            complains(stage.read("/south" + V1P2 + "/users"), Wire.V1P2, Complaint.UNAVAILABLE);
            complains(stage.read("/north" + V1P2 + "/users"), Wire.V1P2, Complaint.UNKNOWN_OBJECT);
            assertEquals(
                    503,
                    stage.form("/south/token", "grant_type=client_credentials").statusCode());
            assertEquals(503, stage.get("/south/status").statusCode());
        }
    }

    @Test
    @DisplayName("the status page says up and when the roster last changed, and nothing else")
    void status() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            HttpResponse<String> response = stage.get("/north/status");
            assertEquals(200, response.statusCode());
            assertEquals("{\"status\":\"up\",\"refreshed\":\"2026-10-05T00:00:00Z\"}", response.body());
        }
    }

    @Test
    @DisplayName("whoever watches the machine hears one word, and needs no district and no token")
    void health() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            for (String probe : List.of("live", "ready", "startup")) {
                HttpResponse<String> response = stage.get("/health/" + probe);
                assertEquals(200, response.statusCode(), probe);
                assertEquals("{\"status\":\"ok\"}", response.body(), probe);
            }
            assertEquals(404, stage.get("/health/everything").statusCode());
            assertEquals(404, stage.get("/north/health/ready").statusCode());
            assertEquals(405, stage.form("/health/ready", "a=b").statusCode());
        }
    }

    @Test
    @DisplayName("an unconfined server says so on every answer")
    void trial() {
        Settings settings = new Settings(Optional.empty(), true, Limits.usual());
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE), settings)) {
            for (String path : List.of("/status", V1P2 + "/users", "/nowhere")) {
                assertEquals(
                        Optional.of("the operating system is not confining this server"),
                        stage.get(path).headers().firstValue("Rosterkeep-Trial"),
                        path);
            }
        }
    }

    @Test
    @DisplayName("a 1.1 client may sign instead; the signature covers what was sent")
    void signed() {
        try (Stage stage = new Stage(Stage.mistaken(Outcome.Mistake.UNKNOWN_OBJECT))) {
            String good = "OAuth oauth_consumer_key=\"reading-app\", oauth_signature=\"good\"";
            complains(
                    stage.get(V1P1 + "/users?limit=3&filter=a%3D%27b%20c%27", "Authorization", good),
                    Wire.V1P1,
                    Complaint.UNKNOWN_OBJECT);
            Credentials.Signed signed = stage.credentials.signed.getFirst();
            assertEquals("GET", signed.method());
            assertEquals(stage.origin() + V1P1 + "/users", signed.url());
            assertEquals(List.of("a='b c'"), signed.query().get("filter"));
            complains(stage.get(V1P2 + "/users", "Authorization", good), Wire.V1P2, Complaint.NOT_AUTHORISED);
            complains(
                    stage.get(V1P1 + "/users", "Authorization", good.replace("good", "bad")),
                    Wire.V1P1,
                    Complaint.NOT_AUTHORISED);
        }
    }
}
