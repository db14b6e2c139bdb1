package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.sources.Standing;

@DisplayName("A source system that is asked over OneRoster, through the courier")
@Timeout(180)
class FetchTest {
    private static final int PUPILS = 7;

    private final HandClock clock = new HandClock(Instant.now());
    private FetchingDistrict town;
    private SisServer sis;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        sis = new SisServer(directory.resolve("sis"));
        sis.school(PUPILS, clock.instant().minus(Duration.ofDays(3)));
        town = new FetchingDistrict(directory.resolve("town"), clock);
        town.source(file(sis.port(), ""));
        town.secret("sis", Secret.Part.CLIENT_ID, "rosterkeep");
        town.secret("sis", Secret.Part.CLIENT_SECRET, "s3cret & more");
        town.courier(SisServer.HOST, sis.port(), Optional.of(sis.authority()));
    }

    @AfterEach
    void close() throws Exception {
        town.close();
        sis.close();
    }

    static String file(int port, String more) {
        String token = ", \"token\": {\"host\": \"" + SisServer.HOST + "\", \"port\": " + port
                + ", \"path\": \"/token\", \"internal\": true}";
        return """
            {"id": "sis", "from": "2020-01-01", "until": "2090-01-01",
             "source": {"kind": "sis-get", "host": "%s", "port": %d, "path": "%s", "country": "US",
                        "internal": true%s},
             "collections": ["orgs", "academicSessions", "courses", "classes", "users", "enrollments"],
             "pageSize": 3, "everyMinutes": 60%s}\
            """.formatted(
                SisServer.HOST, port, SisServer.BASE, more.contains("oauth1") ? "" : token, more.replace("oauth1", ""));
    }

    private void everybodyIsHere() {
        assertEquals(PUPILS, town.count(Entity.USER));
        assertEquals(PUPILS, town.count(Entity.ENROLLMENT));
        assertEquals(1, town.count(Entity.CLASS));
    }

    /// It failed, and nothing of it was taken in.
    private void fails(String code) throws Exception {
        long batch = town.live.rooms().vault().relations().batch();
        Standing standing = town.asked("sis", true);
        assertEquals(code, standing.last());
        assertTrue(standing.failures() > 0);
        assertTrue(standing.notBefore().isAfter(clock.instant().plusSeconds(60)), "it is left alone for a while");
        assertEquals(batch, town.live.rooms().vault().relations().batch());
        assertEquals(1, town.live.rooms().sources().failing().size());
        assertFalse(town.acts("").toString().contains("Canary"));
    }

    @Test
    @DisplayName("everything comes page by page, by links, by counting, or by asking on; one token does for all of it")
    void full() throws Exception {
        for (SisServer.Paging paging : SisServer.Paging.values()) {
            sis.paging = paging;
            Standing standing = town.asked("sis", true);
            assertEquals(Standing.OK, standing.last(), paging + ": " + town.acts("source.") + sis.asked);
            everybodyIsHere();
        }
        assertEquals(1, sis.tokens.get());
        assertTrue(sis.asked.stream().filter(one -> one.contains("/users?")).count() >= 9, sis.asked.toString());
        assertEquals("Bearer t0ken", sis.authorization);
        assertTrue(town.has(Entity.USER, "pupil-6"));
    }

    @Test
    @DisplayName("then what changed is asked for; who left goes, who is not named stays; on its day everything again")
    void delta() throws Exception {
        assertEquals(Standing.OK, town.run("sis").last());
        assertEquals(0, town.standing("sis").failures());
        sis.asked.clear();
        clock.forward(Duration.ofMinutes(61));
        sis.put("users", SisServer.user("pupil-0", clock.instant(), "tobedeleted"));
        sis.pupil(50, clock.instant());
        assertEquals(Standing.OK, town.run("sis").last(), town.acts("source.").toString());
        assertTrue(sis.asked.stream().allMatch(one -> one.contains("filter=dateLastModified")), sis.asked.toString());
        assertFalse(town.has(Entity.USER, "pupil-0"));
        assertTrue(town.has(Entity.USER, "pupil-50"));
        assertTrue(town.has(Entity.USER, "pupil-6"));
        assertEquals(PUPILS, town.count(Entity.USER));

        sis.asked.clear();
        clock.forward(Duration.ofDays(8));
        assertEquals(Standing.OK, town.run("sis").last());
        assertTrue(sis.asked.stream().noneMatch(one -> one.contains("filter=")), sis.asked.toString());
    }

    @Test
    @DisplayName("a user's roles in a delta are all the roles there are: one that is gone does not stay")
    void roles() throws Exception {
        var two = PushingDistrict.json(SisServer.user("pupil-1", clock.instant(), "active")
                .toString()
                .replace(
                        "\"roles\":[",
                        "\"roles\":[{\"roleType\":\"secondary\",\"role\":\"aide\","
                                + "\"org\":{\"sourcedId\":\"school-1\"}},"));
        sis.put("users", two);
        assertEquals(Standing.OK, town.run("sis").last());
        int ordinal = town.live.rooms().vault().find(Entity.USER, org.rosterkeep.roster.SourcedId.of("pupil-1"));
        assertEquals(2, town.live.rooms().vault().relations().roleCount(ordinal));
        clock.forward(Duration.ofMinutes(61));
        sis.put("users", SisServer.user("pupil-1", clock.instant(), "active"));
        assertEquals(Standing.OK, town.run("sis").last());
        assertEquals(1, town.live.rooms().vault().relations().roleCount(ordinal));
    }

    @Test
    @DisplayName("requests are signed when there is no place for tokens")
    void signed() throws Exception {
        town.source(file(sis.port(), "oauth1"));
        town.secret("sis", Secret.Part.CONSUMER_SECRET, "c0nsumer");
        assertEquals(Standing.OK, town.run("sis").last());
        assertTrue(sis.authorization.startsWith("OAuth oauth_consumer_key=\"rosterkeep\""), sis.authorization);
        assertEquals(0, sis.tokens.get());
    }

    @Test
    @DisplayName("a list that shrinks while it is read is read again, and never looks as if somebody had left")
    void moves() throws Exception {
        assertEquals(Standing.OK, town.run("sis").last());
        var pages = new AtomicInteger();
        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/users") && pages.incrementAndGet() == 2) {
                sis.remove("users", "pupil-0");
            }
            return false;
        };
        assertEquals(
                Standing.OK,
                town.asked("sis", true).last(),
                town.acts("source.").toString());
        assertFalse(town.has(Entity.USER, "pupil-0"));
        assertTrue(town.has(Entity.USER, "pupil-3"), "who slipped from the second page to the first is here");
        assertEquals(PUPILS - 1, town.count(Entity.USER));

        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/users")) {
                sis.pupil(1000 + pages.incrementAndGet(), clock.instant());
            }
            return false;
        };
        fails("moved");
    }

    @Test
    @DisplayName("a page that breaks off in the middle, or is cut short, is no page; nobody is removed")
    void truncated() throws Exception {
        assertEquals(Standing.OK, town.run("sis").last());
        sis.fault = exchange -> {
            if (!exchange.getRequestURI().toString().contains("users")) {
                return false;
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 5000);
            exchange.getResponseBody().write("{\"users\": [".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
            return true;
        };
        fails("aborted");
        everybodyIsHere();
        sis.fault = on("users", 200, "application/json", "{\"users\": [{\"sourcedId\": \"a\"}");
        fails("json");
        everybodyIsHere();
    }

    @Test
    @DisplayName("a service that is full of nothing removes nobody")
    void empty() throws Exception {
        assertEquals(Standing.OK, town.run("sis").last());
        sis.fault = on("users", 200, "application/json", "{\"users\": []}");
        town.asked("sis", true);
        assertEquals(PUPILS, town.count(Entity.USER));
    }

    private static SisServer.Fault on(String collection, int status, String type, String body) {
        return exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/" + collection)) {
                return false;
            }
            SisServer.answer(exchange, status, type, body);
            return true;
        };
    }

    @Test
    @DisplayName("what is no page of the list is refused by its name, and nothing of it is taken in")
    void nonsense() throws Exception {
        sis.fault = on("users", 200, "text/html", "<html>Log in</html>");
        fails("content-type");
        sis.fault = on("users", 200, "application/json", "{\"error\": \"Canary\"}");
        fails("collection-missing");
        sis.fault = on("users", 200, "application/json", "{\"users\": [{\"givenName\": \"Canary\"}]}");
        fails("record-id");
        sis.fault = on("users", 200, "application/json", "[".repeat(5000));
        fails("collection-missing");
        sis.fault = on("users", 200, "application/json", "{\"users\": [], \"x\": " + "[".repeat(5000));
        fails("json");
        sis.fault = on("users", 200, "application/json", "{\"users\": [" + " ".repeat(33 << 20) + "]}");
        fails("answer-size");
        sis.fault = on("users", 404, "text/plain", "");
        fails("not-accepted 404");
        sis.fault = on("users", 403, "text/plain", "");
        fails("not-accepted 403");
    }

    @Test
    @DisplayName("a next page elsewhere is not followed; one that leads back, or never ends, is an end")
    void links() throws Exception {
        sis.fault = linked("https://evil.example.org" + SisServer.BASE + "/users?offset=3");
        fails("link-elsewhere");
        sis.fault = linked("https://" + SisServer.HOST + ":" + sis.port() + SisServer.BASE + "/enrollments?offset=3");
        fails("link-elsewhere");
        sis.fault = linked("https://" + SisServer.HOST + ":" + sis.port() + SisServer.BASE + "/users/../../x?offset=3");
        fails("link-elsewhere");
        sis.fault = linked("https://" + SisServer.HOST + ":" + sis.port() + SisServer.BASE + "/users?limit=3&offset=0");
        fails("link-endless");
        var n = new AtomicInteger();
        sis.fault = exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/users")) {
                return false;
            }
            exchange.getResponseHeaders()
                    .set("Link", "<" + SisServer.BASE + "/users?page=" + n.incrementAndGet() + ">; rel=next");
            SisServer.answer(exchange, 200, "application/json", "{\"users\": [{\"sourcedId\": \"a\"}]}");
            return true;
        };
        fails("link-endless");
        sis.paging = SisServer.Paging.NOTHING;
        sis.fault = on("users", 200, "application/json", "{\"users\": [{\"sourcedId\": \"a\"}]}");
        fails("no-progress");
    }

    private static SisServer.Fault linked(String next) {
        return exchange -> {
            if (!exchange.getRequestURI().getPath().endsWith("/users")) {
                return false;
            }
            exchange.getResponseHeaders().set("Link", "<" + next + ">; rel=\"next\"");
            SisServer.answer(exchange, 200, "application/json", "{\"users\": [{\"sourcedId\": \"a\"}]}");
            return true;
        };
    }

    @Test
    @DisplayName("a busy service is asked again as it says; one that stays busy, or asks for hours, is left alone")
    void busy() throws Exception {
        var times = new AtomicInteger();
        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/orgs") && times.incrementAndGet() < 3) {
                exchange.getResponseHeaders().set("Retry-After", "20");
                SisServer.answer(exchange, times.get() == 1 ? 429 : 503, "text/plain", "");
                return true;
            }
            return false;
        };
        Instant began = clock.instant();
        assertEquals(Standing.OK, town.run("sis").last());
        assertEquals(3, times.get());
        assertTrue(Duration.between(began, clock.instant()).toSeconds() >= 40, "as long as it asked for");

        sis.fault = on("orgs", 500, "text/plain", "");
        sis.asked.clear();
        fails("failed-there 500");
        assertEquals(5, sis.asked.size(), "a few times, and no storm");
        sis.fault = exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "7200");
            SisServer.answer(exchange, 429, "text/plain", "");
            return true;
        };
        sis.asked.clear();
        fails("busy 429");
        assertEquals(1, sis.asked.size());
        assertTrue(town.standing("sis").notBefore().isAfter(clock.instant().plusSeconds(7000)));
    }

    @Test
    @DisplayName("no token, no question; a token that is taken back is got anew, once")
    void tokens() throws Exception {
        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                SisServer.answer(exchange, 401, "application/json", "{\"error\":\"invalid_client\"}");
                return true;
            }
            return false;
        };
        fails("login-failed");
        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/token")) {
                SisServer.answer(exchange, 200, "application/json", "{\"token\":\"none\"}");
                return true;
            }
            return false;
        };
        fails("login-failed");
        assertTrue(sis.asked.isEmpty(), sis.asked.toString());
        var times = new AtomicInteger();
        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/courses") && times.incrementAndGet() == 1) {
                SisServer.answer(exchange, 401, "text/plain", "");
                return true;
            }
            return false;
        };
        assertEquals(Standing.OK, town.asked("sis", true).last());
        assertEquals(2, sis.tokens.get());
        town.live.rooms().sourceSecrets().forget("sis", "test");
        fails("secret-missing");
    }

    @Test
    @DisplayName("who is paused or retired in the middle of a run is asked nothing more, and nothing of it is taken in")
    void paused() throws Exception {
        sis.fault = exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/classes")) {
                town.live.rooms().book().sources().pause("sis", "test");
            }
            return false;
        };
        assertEquals("withdrawn", town.run("sis").last());
        assertTrue(sis.asked.stream().noneMatch(one -> one.contains("/enrollments")), sis.asked.toString());
        assertEquals(0, town.count(Entity.USER));
        assertTrue(town.live.rooms().sources().papers().isEmpty(), "and its address is closed");
        assertFalse(town.live.rooms().sources().ask("sis", true, "test"));
        town.live.rooms().book().sources().resume("sis", "test");
        sis.fault = exchange -> false;
        assertEquals(Standing.OK, town.asked("sis", true).last());
        town.live.rooms().book().sources().retire("sis", "test");
        assertFalse(town.live.rooms().sources().ask("sis", true, "test"));
    }

    @Test
    @DisplayName("many who would leave at once wait for a person, as with any other delivery")
    void guarded() throws Exception {
        sis.school(400, clock.instant());
        sis.most = 100;
        town.source(file(sis.port(), "").replace("\"pageSize\": 3", "\"pageSize\": 100"));
        assertEquals(Standing.OK, town.run("sis").last());
        for (int n = 0; n < 200; n++) {
            sis.remove("users", "pupil-" + n);
            sis.remove("enrollments", "enrollment-" + n);
        }
        assertEquals(Standing.OK, town.asked("sis", true).last());
        assertEquals(400, town.count(Entity.USER));
        assertEquals(1, town.live.rooms().intake().held().size());
    }
}
