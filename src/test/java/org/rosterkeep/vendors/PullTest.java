package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rosterkeep.disclosure.Records;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;

/// What an unmodified client does: tokens, pages by Link, single reads by href, polls with If-None-Match.
@Timeout(60)
class PullTest {
    private static final String V1P2 = "/ims/oneroster/rostering/v1p2";
    private static final String V1P1 = "/ims/oneroster/v1p1";
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");

    private static Rule everything() {
        return Rules.whole("district").rule();
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    private static JsonArray many(HttpResponse<String> response, String envelope) {
        assertEquals(200, response.statusCode(), response.body());
        return json(response.body()).getJsonArray(envelope);
    }

    private static long total(HttpResponse<String> response) {
        return response.headers().firstValueAsLong("X-Total-Count").orElseThrow();
    }

    @Test
    @DisplayName("every plain collection answers in both versions, and every record by its id")
    void everyCollection() {
        try (Stage stage = new Stage(new RealDoor(Town.make(), everything()))) {
            for (Route route : Route.all()) {
                if (!route.single() && route.parents().isEmpty()) {
                    for (String service : List.of(V1P2, V1P1)) {
                        HttpResponse<String> page = stage.read(service + route.pattern());
                        JsonArray records =
                                many(page, route.collection().entity().many());
                        assertEquals(records.size(), total(page), route.pattern());
                        assertTrue(records.size() > 0, route.pattern());
                        String id = records.getJsonObject(0).getString("sourcedId");
                        HttpResponse<String> one = stage.read(service + route.pattern() + "/" + id);
                        assertEquals(200, one.statusCode());
                        assertEquals(1, total(one));
                        assertEquals(
                                records.getJsonObject(0),
                                json(one.body())
                                        .getJsonObject(
                                                route.collection().entity().one()));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("following next from page to page gives every record once, with a constant total")
    void paging() {
        try (Stage stage = new Stage(new RealDoor(Town.make(), everything()))) {
            Set<String> whole = new TreeSet<>();
            many(stage.read(V1P2 + "/users?limit=1000"), "users")
                    .forEach(user -> whole.add(user.asJsonObject().getString("sourcedId")));
            List<String> collected = new ArrayList<>();
            String path = V1P2 + "/users?limit=3&filter=status%3D%27active%27&sort=familyName&client=me";
            Set<Long> totals = new HashSet<>();
            while (!path.isEmpty()) {
                HttpResponse<String> page = stage.read(path);
                totals.add(total(page));
                many(page, "users")
                        .forEach(user -> collected.add(user.asJsonObject().getString("sourcedId")));
                Matcher next = NEXT.matcher(page.headers().firstValue("Link").orElseThrow());
                path = next.find() ? next.group(1).substring(stage.origin().length()) : "";
                assertTrue(path.isEmpty() || path.contains("client=me") && path.contains("filter="));
            }
            assertEquals(whole, new TreeSet<>(collected));
            assertEquals(whole.size(), collected.size());
            assertEquals(Set.of((long) whole.size()), totals);
        }
    }

    @Test
    @DisplayName("an href leads to the record it names, under the address that was asked")
    void hrefs() {
        try (Stage stage = new Stage(new RealDoor(Town.make(), everything()))) {
            JsonObject enrollment = many(stage.read("/north" + V1P2 + "/enrollments"), "enrollments")
                    .getJsonObject(0);
            for (String name : List.of("user", "class", "school")) {
                JsonObject reference = enrollment.getJsonObject(name);
                String href = reference.getString("href");
                assertTrue(href.startsWith(stage.origin() + "/north" + V1P2 + "/"), href);
                HttpResponse<String> found =
                        stage.read(href.substring(stage.origin().length()));
                assertEquals(200, found.statusCode(), href);
                assertTrue(found.body().contains(reference.getString("sourcedId")));
            }
        }
    }

    @Test
    @DisplayName("each answer carries the client's own number of its record, one more each time")
    void reference() {
        RealDoor door = new RealDoor(Town.make(), everything());
        try (Stage stage = new Stage(door)) {
            for (long i = 1; i <= 3; i++) {
                assertEquals(
                        i,
                        stage.read(V1P2 + "/orgs")
                                .headers()
                                .firstValueAsLong("Rosterkeep-Disclosure")
                                .orElseThrow());
            }
            assertEquals(3, door.account.entries().size());
            assertEquals("127.0.0.1", door.account.last().source());
            assertEquals("/orgs", door.account.last().endpoint());
        }
    }

    @Test
    @DisplayName("a client that has the page already gets 304 and no body, whatever it thinks of the tag's strength")
    void notModified() {
        RealDoor door = new RealDoor(Town.make(), everything());
        try (Stage stage = new Stage(door)) {
            HttpResponse<String> first = stage.read(V1P2 + "/users");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            for (String known : List.of(tag, "W/" + tag, "\"other\", " + tag)) {
                HttpResponse<String> again =
                        stage.get(V1P2 + "/users", "Authorization", "Bearer " + Stage.TOKEN, "If-None-Match", known);
                assertEquals(304, again.statusCode(), known);
                assertEquals("", again.body());
                assertEquals(Optional.of(tag), again.headers().firstValue("ETag"));
                assertEquals(304, door.account.last().status());
            }
            assertEquals(
                    200,
                    stage.get(V1P2 + "/users?limit=2", "Authorization", "Bearer " + Stage.TOKEN, "If-None-Match", tag)
                            .statusCode());
        }
    }

    @Test
    @DisplayName("HEAD has GET's headers, length included, and is recorded like it")
    void head() {
        RealDoor door = new RealDoor(Town.make(), everything());
        try (Stage stage = new Stage(door)) {
            HttpResponse<String> get = stage.read(V1P2 + "/users?limit=2");
            HttpResponse<String> head = stage.send(
                    "HEAD",
                    V1P2 + "/users?limit=2",
                    HttpRequest.BodyPublishers.noBody(),
                    "Authorization",
                    "Bearer " + Stage.TOKEN);
            for (String name : List.of("Content-Length", "ETag", "Link", "X-Total-Count", "Content-Type")) {
                assertEquals(get.headers().firstValue(name), head.headers().firstValue(name), name);
            }
            assertEquals("", head.body());
            assertEquals(2, door.account.entries().size());
            assertEquals(200, stage.read(V1P2 + "/users").statusCode(), "the connection is still in step");
        }
    }

    @Test
    @DisplayName("compresses only when asked, and then says that the tag is weak")
    void gzip() throws IOException {
        try (Stage stage = new Stage(new RealDoor(Town.make(), everything()))) {
            HttpResponse<String> plain = stage.read(V1P2 + "/users");
            assertEquals(Optional.empty(), plain.headers().firstValue("Content-Encoding"));
            HttpResponse<byte[]> packed = stage.bytes(
                    V1P2 + "/users", "Authorization", "Bearer " + Stage.TOKEN, "Accept-Encoding", "gzip, deflate, br");
            assertEquals(Optional.of("gzip"), packed.headers().firstValue("Content-Encoding"));
            assertEquals(
                    "W/" + plain.headers().firstValue("ETag").orElseThrow(),
                    packed.headers().firstValue("ETag").orElseThrow());
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertEquals(plain.body(), new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
            }
            assertTrue(packed.headers().firstValue("Vary").orElseThrow().contains("Accept-Encoding"));
        }
    }

    @Test
    @DisplayName("1.1 forgives a wrong field with a warning beside the data; 1.2 does not")
    void wrongFields() {
        try (Stage stage = new Stage(new RealDoor(Town.make(), everything()))) {
            HttpResponse<String> legacy = stage.read(V1P1 + "/users?sort=shoeSize&fields=hatSize");
            assertEquals(200, legacy.statusCode());
            assertEquals(2, json(legacy.body()).getJsonArray("statusInfoSet").size());
            assertEquals(400, stage.read(V1P2 + "/users?sort=shoeSize").statusCode());
            assertEquals(400, stage.read(V1P2 + "/users?fields=hatSize").statusCode());
            assertEquals(
                    400,
                    stage.read(V1P2 + "/users?filter=hatSize='9'".replace("'", "%27"))
                            .statusCode());
            assertEquals(404, stage.read(V1P2 + "/users/nobody").statusCode());
            assertEquals(404, stage.read(V1P2 + "/schools/nowhere/classes").statusCode());
        }
    }

    @Test
    @DisplayName("an entity the rule does not give is forbidden on all its routes")
    void notGiven() {
        Rule rule = Rules.whole("district").without(Entity.DEMOGRAPHICS).rule();
        try (Stage stage = new Stage(new RealDoor(Town.make(), rule))) {
            assertEquals(403, stage.read(V1P2 + "/demographics").statusCode());
            assertEquals(403, stage.read(V1P2 + "/demographics/x").statusCode());
        }
    }

    @Test
    @DisplayName("without a record nothing leaves: 503, and the next time it is well again")
    void ledgerDown() {
        RealDoor door = new RealDoor(Town.make(), everything());
        try (Stage stage = new Stage(door)) {
            door.account.failing(true);
            HttpResponse<String> refused = stage.read(V1P2 + "/users");
            assertEquals(503, refused.statusCode());
            assertFalse(refused.headers().firstValue("ETag").isPresent());
            door.account.failing(false);
            assertEquals(200, stage.read(V1P2 + "/users").statusCode());
        }
    }

    private static World crowd(int students) {
        World world = Town.make();
        for (int i = 0; i < students; i++) {
            world.student("s" + i, "Given" + i, "Family-" + "x".repeat(i % 40), "north", "05");
        }
        return world.commit();
    }

    @Test
    @DisplayName("a long answer flows on and is whole, plain and compressed")
    void streamed() throws IOException {
        try (Stage stage = new Stage(new RealDoor(crowd(6_000), everything()))) {
            HttpResponse<String> page = stage.read(V1P2 + "/users?limit=1000000");
            assertTrue(page.body().length() > Body.WHOLE_MAX);
            assertEquals(Optional.empty(), page.headers().firstValue("Content-Length"));
            assertEquals(total(page), many(page, "users").size());
            HttpResponse<byte[]> packed = stage.bytes(
                    V1P2 + "/users?limit=1000000", "Authorization", "Bearer " + Stage.TOKEN, "Accept-Encoding", "gzip");
            try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
                assertEquals(page.body(), new String(unpacked.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    @DisplayName("a long answer that breaks off is seen to be broken, and the server lives on")
    void brokenOff() {
        World world = crowd(20_000);
        Stretches stretches = new Stretches(world);
        try (Stage stage = new Stage(new RealDoor(world, everything(), stretches))) {
            assertEquals(200, stage.read(V1P2 + "/orgs").statusCode());
            // Past the bound of what is sent in one piece, before the end.
            stretches.failAfter(30);
            assertThrows(IllegalStateException.class, () -> stage.read(V1P2 + "/users?limit=1000000"));
            assertEquals(1, stage.faults.size());
            stretches.failAfter(0);
            HttpResponse<String> early = stage.read(V1P2 + "/users?limit=10");
            assertEquals(500, early.statusCode());
            assertFalse(early.body().contains("sourcedId"));
            assertFalse(early.headers().firstValue("X-Total-Count").isPresent());
            assertEquals(2, stage.faults.size());
            stretches.failAfter(Integer.MAX_VALUE);
            assertEquals(200, stage.read(V1P2 + "/users?limit=10").statusCode());
        }
    }

    @Test
    @DisplayName("an answer whose leave ends before its first byte is refused like any other")
    void withdrawnBeforeFirstByte() {
        RealDoor door = new RealDoor(crowd(10), everything());
        try (Stage stage = new Stage(door)) {
            door.withdrawing(Reason.RULE_EXPIRED);
            HttpResponse<String> refused = stage.read(V1P2 + "/users?limit=10");
            assertEquals(403, refused.statusCode());
            assertFalse(refused.headers().firstValue("X-Total-Count").isPresent());
            assertFalse(refused.headers().firstValue("ETag").isPresent());
            door.withdrawing(Reason.CLOCK_UNTRUSTED);
            HttpResponse<String> passing = stage.read(V1P2 + "/users?limit=10");
            assertEquals(503, passing.statusCode());
            assertTrue(passing.headers().firstValue("Retry-After").isPresent());
            assertEquals(List.of(), stage.faults);
        }
    }

    /// Records that can be read so many more times.
    private static final class Stretches implements Records {
        private final Records records;
        private int left = Integer.MAX_VALUE;

        Stretches(Records records) {
            this.records = records;
        }

        void failAfter(int reads) {
            left = reads;
        }

        @Override
        public void read(org.rosterkeep.disclosure.Permit permit, Visitor visitor) {
            if (left-- <= 0) {
                throw new UncheckedIOException(new IOException("a block cannot be read"));
            }
            records.read(permit, visitor);
        }
    }

    @Test
    @DisplayName("a client that does not take its answer is shown out")
    void notTaking() throws IOException {
        Limits usual = Limits.usual();
        Limits hasty = new Limits(
                usual.connections(),
                usual.perAddress(),
                usual.silence(),
                usual.headers(),
                usual.idle(),
                usual.body(),
                usual.bodyGrace(),
                100_000_000,
                Duration.ofMillis(300),
                usual.work(),
                usual.headerBytes(),
                usual.prologueBytes(),
                usual.bodyBytes(),
                usual.grace(),
                usual.requestsPerClient());
        try (Stage stage = new Stage(
                        new RealDoor(crowd(20_000), everything()), new Settings(Optional.empty(), false, hasty));
                Socket socket = stage.raw()) {
            socket.getOutputStream()
                    .write(("GET " + V1P2 + "/users?limit=1000000 HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer "
                                    + Stage.TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            while (stage.asked.isEmpty() || stage.listener.connections() > 0) {
                Thread.onSpinWait();
            }
            String taken;
            try {
                taken = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                taken = "";
            }
            assertFalse(taken.endsWith("]}\r\n0\r\n\r\n"));
        }
    }
}
