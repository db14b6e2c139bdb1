package org.rosterkeep.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.rules.Stopped;

class TokensTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration LIFE = Duration.ofMinutes(15);
    private static final String V1P2 = "https://purl.imsglobal.org/spec/or/v1p2/scope/";
    private static final String V1P1 = "https://purl.imsglobal.org/spec/or/v1p1/scope/";

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private final Clients clients = new Clients(shelf, journal, new SecureRandom(), LIFE);
    private final Tokens tokens = open();
    private final Client client = clients.make(
                    new Client.Wanted(
                            "reading",
                            "reading-app",
                            "names",
                            Set.of(Dialect.values()),
                            Set.of(OAuthScope.ROSTER, OAuthScope.ROSTER_CORE)),
                    "ada",
                    NOON)
            .client();

    private Tokens open() {
        return new Tokens(shelf, clients, new SecureRandom(), LIFE, NOON);
    }

    private Tokens.Issue.Granted granted(String scope, Instant now) {
        return assertInstanceOf(Tokens.Issue.Granted.class, tokens.issue(client, scope, now));
    }

    @Test
    @DisplayName("a token opens what was granted until its last millisecond, across a restart")
    void lives() {
        String token = granted(V1P2 + "roster.readonly", NOON).token().disclose();
        Instant last = NOON.plus(LIFE).minusMillis(1);
        assertEquals("reading", tokens.bearer(token, last).orElseThrow().clientId());
        assertTrue(open().bearer(token, last).orElseThrow().has(OAuthScope.ROSTER, Dialect.V1P2));
        assertTrue(tokens.bearer(token, NOON.plus(LIFE)).isEmpty());
        assertTrue(tokens.bearer(token + "x", NOON).isEmpty());
        assertTrue(tokens.bearer("", NOON).isEmpty());
    }

    @Test
    @DisplayName("a request for more than the client may have is narrowed")
    void narrows() {
        String asked =
                V1P2 + "roster-demographics.readonly " + V1P2 + "gradebook.readonly  " + V1P2 + "roster.readonly";
        var answer = granted(asked, NOON);
        assertEquals(V1P2 + "roster.readonly", answer.scope());
        var bearer = tokens.bearer(answer.token().disclose(), NOON).orElseThrow();
        assertTrue(bearer.has(OAuthScope.ROSTER, Dialect.V1P2));
        assertFalse(bearer.has(OAuthScope.ROSTER, Dialect.V1P1));
        assertFalse(bearer.has(OAuthScope.ROSTER_DEMOGRAPHICS, Dialect.V1P2));
    }

    @Test
    @DisplayName("a request without a scope gets all the client may have, in both forms")
    void bare() {
        assertEquals(
                String.join(
                        " ",
                        V1P1 + "roster-core.readonly",
                        V1P1 + "roster.readonly",
                        V1P2 + "roster-core.readonly",
                        V1P2 + "roster.readonly"),
                granted("", NOON).scope());
    }

    @Test
    @DisplayName("the scopes of 1.1 are granted under their own addresses")
    void elder() {
        assertEquals(
                V1P1 + "roster-core.readonly",
                granted(V1P1 + "roster-core.readonly", NOON).scope());
    }

    @Test
    @DisplayName("a request for nothing this client may have gets nothing")
    void nothing() {
        assertInstanceOf(
                Tokens.Issue.NothingToGrant.class, tokens.issue(client, V1P2 + "roster-demographics.readonly", NOON));
        assertInstanceOf(Tokens.Issue.NothingToGrant.class, tokens.issue(client, "everything", NOON));
        assertTrue(shelf.ids(Tokens.KIND).isEmpty());
    }

    @Test
    @DisplayName("revoking the client ends its tokens in the same moment, even on a full disk")
    void revoked() {
        String token = granted("", NOON).token().disclose();
        shelf.full(true);
        clients.revoke("reading", "ada");
        assertTrue(tokens.bearer(token, NOON).isEmpty());
        assertEquals(new Stopped(false, true), tokens.revokeClient("reading"));
        shelf.full(false);
        assertEquals(0, tokens.sweep(NOON));
        assertTrue(shelf.ids(Tokens.KIND).isEmpty());
    }

    @Test
    @DisplayName("ending a client's tokens leaves the client its secret")
    void ended() {
        String token = granted("", NOON).token().disclose();
        tokens.revokeClient("reading");
        assertTrue(tokens.bearer(token, NOON).isEmpty());
        assertTrue(tokens.bearer(granted("", NOON).token().disclose(), NOON).isPresent());
    }

    @Test
    @DisplayName("only hashes rest on the shelf, and ended tokens leave it")
    void sweeps() {
        String token = granted("", NOON).token().disclose();
        String resting = shelf.all(Tokens.KIND).entrySet().stream()
                .map(entry -> entry.getKey() + new String(entry.getValue(), StandardCharsets.UTF_8))
                .toList()
                .toString();
        assertFalse(resting.contains(token));
        assertEquals(1, tokens.sweep(NOON));
        assertEquals(0, tokens.sweep(NOON.plus(LIFE)));
        assertTrue(shelf.ids(Tokens.KIND).isEmpty());
    }

    @Test
    @DisplayName("a program that never reuses its token loses its oldest ones and fills nothing up")
    void bounded() {
        String first = granted("", NOON).token().disclose();
        for (int i = 1; i <= 64; i++) {
            granted("", NOON.plusMillis(i));
        }
        assertTrue(tokens.bearer(first, NOON).isEmpty());
        assertEquals(64, shelf.ids(Tokens.KIND).size());
    }
}
