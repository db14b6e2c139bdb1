package org.rosterkeep.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;

class OAuth1Test {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final String URL = "https://roster.example:8443/ims/oneroster/v1p1/users";
    private static final Map<String, List<String>> QUERY =
            Map.of("limit", List.of("100"), "filter", List.of("role='student' AND givenName='Zoë & co'"));

    private final Clients clients = new Clients(new FakeShelf(), new FakeJournal(), new SecureRandom(), WINDOW);
    private final OAuth1 oauth1 = new OAuth1(clients, WINDOW, 3, NOON.minusSeconds(3600));
    private String secret = "";

    OAuth1Test() {
        clients.make(Client.Wanted.everything("reading", "reading-app", "names"), "ada", NOON);
        secret = clients.allowOAuth1("reading", "ada").secret().disclose();
    }

    /// Signs as a vendor's library does.
    private OAuth1.Signed signed(Instant at, String nonce, String method, UnaryOperator<Map<String, String>> change) {
        Map<String, String> oauth = new TreeMap<>(Map.of(
                "oauth_consumer_key",
                "reading",
                "oauth_signature_method",
                method,
                "oauth_timestamp",
                Long.toString(at.getEpochSecond()),
                "oauth_nonce",
                nonce,
                "oauth_version",
                "1.0"));
        var unsigned = new OAuth1.Signed("GET", URL, QUERY, "");
        oauth.put("oauth_signature", OAuth1.sign(method, OAuth1.base(unsigned, oauth), new Secret(secret)));
        StringBuilder header = new StringBuilder("OAuth realm=\"\"");
        change.apply(oauth)
                .forEach((name, value) -> header.append(", ")
                        .append(name)
                        .append("=\"")
                        .append(Percent.encode(value))
                        .append('"'));
        return new OAuth1.Signed("GET", URL, QUERY, header.toString());
    }

    private OAuth1.Signed good(String nonce) {
        return signed(NOON, nonce, "HMAC-SHA256", same -> same);
    }

    private boolean accepts(OAuth1.Signed request) {
        return oauth1.verify(request, NOON).isPresent();
    }

    @Test
    @DisplayName("makes the base string of RFC 5849 section 3.4.1.1")
    void baseString() {
        var request = new OAuth1.Signed(
                "post",
                "HTTP://EXAMPLE.COM:80/request",
                Map.of(
                        "b5", List.of("=%3D"),
                        "a3", List.of("a", "2 q"),
                        "c@", List.of(""),
                        "a2", List.of("r b"),
                        "c2", List.of("")),
                "");
        var oauth = Map.of(
                "realm", "Example",
                "oauth_consumer_key", "9djdj82h48djs9d2",
                "oauth_token", "kkk9d7dh3k39sjv7",
                "oauth_signature_method", "HMAC-SHA1",
                "oauth_timestamp", "137131201",
                "oauth_nonce", "7d8f3e4a",
                "oauth_signature", "djosJKDKJSD8743243%2Fjdk33klY%3D");
        assertEquals(
                "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%25"
                    + "40%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature"
                    + "_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7",
                OAuth1.base(request, oauth));
    }

    @Test
    @DisplayName("signs the string of RFC 2202's second HMAC-SHA1 case as everybody does, key and ampersand included")
    void signature() {
        // Computed with `openssl dgst -sha1 -hmac 'Jefe&'` over the same text.
        assertEquals(
                "/k0g9aDVnhS67tsWyuxJqU4jDC0=",
                OAuth1.sign("HMAC-SHA1", "what do ya want for nothing?", new Secret("Jefe")));
    }

    @Test
    @DisplayName("knows who signed, with either method, and once")
    void accepts() {
        assertEquals("reading", oauth1.verify(good("a"), NOON).orElseThrow().id());
        assertTrue(accepts(signed(NOON, "b", "HMAC-SHA1", same -> same)));
        assertTrue(!accepts(good("a")), "replayed");
    }

    @Test
    @DisplayName("refuses whatever was changed on the way")
    void refusesChanges() {
        var request = good("a");
        assertTrue(!accepts(new OAuth1.Signed("POST", URL, QUERY, request.authorization())));
        assertTrue(!accepts(new OAuth1.Signed("GET", URL + "/1", QUERY, request.authorization())));
        assertTrue(!accepts(new OAuth1.Signed("GET", URL, Map.of("limit", List.of("100")), request.authorization())));
        assertTrue(!accepts(new OAuth1.Signed("GET", URL.replace("https", "http"), QUERY, request.authorization())));
        assertTrue(accepts(request), "and the request itself is good");
    }

    @Test
    @DisplayName("refuses another key, another method, another token, another version, and what is said twice")
    void refusesForms() {
        for (var change : Map.of(
                        "oauth_consumer_key", "other",
                        "oauth_signature_method", "PLAINTEXT",
                        "oauth_token", "x",
                        "oauth_version", "2.0",
                        "oauth_timestamp", "noon",
                        "oauth_nonce", "",
                        "oauth_signature", "")
                .entrySet()) {
            assertTrue(
                    !accepts(signed(NOON, "n", "HMAC-SHA1", oauth -> {
                        var changed = new TreeMap<>(oauth);
                        changed.put(change.getKey(), change.getValue());
                        return changed;
                    })),
                    change.getKey());
        }
        String header = good("n").authorization();
        for (String odd : List.of(
                "",
                "Bearer x",
                "OAuth",
                "OAuth ",
                header + ", oauth_nonce=\"n\"",
                header + ", oauth_x=%zz",
                header.replace("\"", ""),
                header + ",")) {
            assertTrue(!accepts(new OAuth1.Signed("GET", URL, QUERY, odd)), odd);
        }
    }

    @Test
    @DisplayName("refuses what is older or younger than the window, or older than the last start")
    void window() {
        for (Instant at : List.of(NOON.minus(WINDOW), NOON.plus(WINDOW), Instant.EPOCH)) {
            assertTrue(!accepts(signed(at, "n", "HMAC-SHA1", same -> same)), at.toString());
        }
        assertTrue(accepts(signed(NOON.minus(WINDOW).plusSeconds(1), "n", "HMAC-SHA1", same -> same)));
        var restarted = new OAuth1(clients, WINDOW, 3, NOON.minusSeconds(60));
        assertTrue(restarted
                .verify(signed(NOON.minusSeconds(61), "n", "HMAC-SHA1", same -> same), NOON)
                .isEmpty());
    }

    @Test
    @DisplayName("forgets nothing within the window: a client that asks for too much waits")
    void bounded() {
        assertTrue(accepts(good("1")) && accepts(good("2")) && accepts(good("3")));
        assertTrue(!accepts(good("4")));
        Instant later = NOON.plus(WINDOW);
        assertTrue(oauth1.verify(signed(later, "5", "HMAC-SHA1", same -> same), later)
                .isPresent());
    }

    @Test
    @DisplayName("is off unless switched on, and ends with the client")
    void off() {
        clients.forbidOAuth1("reading", "ada");
        assertTrue(!accepts(good("a")));
        secret = clients.allowOAuth1("reading", "ada").secret().disclose();
        assertTrue(accepts(good("b")));
        clients.revoke("reading", "ada");
        assertTrue(!accepts(good("c")));
    }

    @Test
    @DisplayName("its secret opens nothing else")
    void separate() {
        assertTrue(clients.authenticate("reading", secret, NOON).isEmpty());
    }
}
