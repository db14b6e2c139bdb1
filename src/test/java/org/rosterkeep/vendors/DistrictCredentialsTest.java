package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.Clients;
import org.rosterkeep.access.Dialect;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.access.Tokens;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Shelf;

class DistrictCredentialsTest {
    private static final String HOME = "192.0.2.7";
    private static final String ELSEWHERE = "198.51.100.7";

    private Instant now = Instant.parse("2026-11-01T08:00:00Z");
    private final Clock clock = new Clock() {
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
    };
    private final Shelf shelf = new FakeShelf();
    private final Clients clients = new Clients(shelf, new FakeJournal(), new SecureRandom(), Duration.ofDays(7));
    private final Tokens tokens = new Tokens(shelf, clients, new SecureRandom(), Duration.ofMinutes(15), now);
    private final DistrictCredentials credentials =
            new DistrictCredentials(clients, tokens, (id, source) -> !source.equals(ELSEWHERE), clock);
    private final Client.Issued client = clients.make(
            new Client.Wanted(
                    "reading",
                    "vendor",
                    "rule",
                    Set.of(Dialect.V1P2),
                    Set.of(OAuthScope.ROSTER_CORE, OAuthScope.ROSTER)),
            "test",
            now);

    private Credentials.Exchange.Issued token(String... scopes) {
        return assertInstanceOf(
                Credentials.Exchange.Issued.class,
                credentials.exchange("reading", client.secret().disclose(), List.of(scopes), HOME));
    }

    @Test
    @DisplayName("a secret becomes a token, and the token its owner with exactly the granted scopes")
    void exchange() {
        var issued = token();
        assertEquals(900, issued.seconds());
        Caller caller = credentials.bearer(issued.token()).orElseThrow();
        assertEquals("reading", caller.client());
        assertEquals(
                Set.of(
                        new OAuthScope.Addressed(OAuthScope.ROSTER_CORE, Dialect.V1P2),
                        new OAuthScope.Addressed(OAuthScope.ROSTER, Dialect.V1P2)),
                caller.scopes());
    }

    @Test
    @DisplayName("scopes beyond the client's are left out; nothing but such scopes is an error")
    void narrowing() {
        String core = OAuthScope.ROSTER_CORE.uri(Dialect.V1P2);
        String demographics = OAuthScope.ROSTER_DEMOGRAPHICS.uri(Dialect.V1P2);
        assertEquals(core, token(core, demographics).scope());
        assertInstanceOf(
                Credentials.Exchange.NoScope.class,
                credentials.exchange("reading", client.secret().disclose(), List.of(demographics), HOME));
    }

    @Test
    @DisplayName("a wrong secret and an unknown client look the same")
    void unknown() {
        assertInstanceOf(Credentials.Exchange.Unknown.class, credentials.exchange("reading", "x", List.of(), HOME));
        assertInstanceOf(Credentials.Exchange.Unknown.class, credentials.exchange("nobody", "x", List.of(), HOME));
    }

    @Test
    @DisplayName("a token ends with its time, and at once with its client")
    void ends() {
        String token = token().token();
        now = now.plus(Duration.ofMinutes(15));
        assertEquals(Optional.empty(), credentials.bearer(token));
        String second = token().token();
        assertTrue(credentials.bearer(second).isPresent());
        clients.revoke("reading", "test");
        assertEquals(Optional.empty(), credentials.bearer(second));
    }

    @ParameterizedTest
    @CsvSource({"HMAC-SHA1, HmacSHA1", "HMAC-SHA256, HmacSHA256"})
    @DisplayName("a signature opens what a 1.1 client may have there, once, and only when it was allowed to sign")
    void signed(String method, String algorithm) throws GeneralSecurityException {
        clients.make(
                new Client.Wanted("legacy", "vendor", "rule-2", Set.of(Dialect.V1P1), Set.of(OAuthScope.ROSTER_CORE)),
                "test",
                now);
        String secret = clients.allowOAuth1("legacy", "test").secret().disclose();
        now = now.plusSeconds(60);
        Credentials.Signed request = sign(method, algorithm, secret);
        Caller caller = credentials.signed(request).orElseThrow();
        assertEquals("legacy", caller.client());
        assertEquals(Set.of(new OAuthScope.Addressed(OAuthScope.ROSTER_CORE, Dialect.V1P1)), caller.scopes());
        assertEquals(Optional.empty(), credentials.signed(request), "a replay");
        clients.forbidOAuth1("legacy", "test");
        now = now.plusSeconds(1);
        assertEquals(Optional.empty(), credentials.signed(sign(method, algorithm, secret)));
    }

    /// `GET /ims/oneroster/v1p1/users?filter=a='b c'&limit=5`, signed as RFC 5849 section 3.4 has it.
    private Credentials.Signed sign(String method, String algorithm, String secret) throws GeneralSecurityException {
        long time = now.getEpochSecond();
        String parameters = "filter=a%3D%27b%20c%27&limit=5&oauth_consumer_key=legacy&oauth_nonce=n" + time
                + "&oauth_signature_method=" + method + "&oauth_timestamp=" + time + "&oauth_version=1.0";
        String base = "GET&" + Percent.encode("https://h.example:8443/ims/oneroster/v1p1/users") + "&"
                + Percent.encode(parameters);
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec((secret + "&").getBytes(StandardCharsets.UTF_8), algorithm));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
        String header = "OAuth realm=\"\", oauth_consumer_key=\"legacy\", oauth_nonce=\"n" + time
                + "\", oauth_signature_method=\"" + method + "\", oauth_timestamp=\"" + time
                + "\", oauth_version=\"1.0\", oauth_signature=\"" + Percent.encode(signature) + "\"";
        return new Credentials.Signed(
                "GET",
                "https://h.example:8443/ims/oneroster/v1p1/users",
                Parameters.parse("limit=5&filter=a%3D'b+c'").byName(),
                header);
    }

    @Test
    @DisplayName(
            "gives no token to who comes from elsewhere with the right secret, and says no more than to a stranger")
    void elsewhere() {
        String secret = client.secret().disclose();
        assertEquals(
                credentials.exchange("nobody", "x", List.of(), ELSEWHERE),
                credentials.exchange("reading", secret, List.of(), ELSEWHERE));
        assertInstanceOf(Credentials.Exchange.Issued.class, credentials.exchange("reading", secret, List.of(), HOME));
    }
}
