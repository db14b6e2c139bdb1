package org.rosterkeep.vendors;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.Clients;
import org.rosterkeep.access.Dialect;
import org.rosterkeep.access.OAuth1;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.access.Tokens;

/// The credentials of one district, as `access` keeps them.
public final class DistrictCredentials implements Credentials {
    /// How far a signed request's time may be off: school servers' clocks are.
    private static final Duration SIGNATURE_WINDOW = Duration.ofMinutes(10);
    /// Signed requests of one client in one window; beyond it there is a fault in its program.
    private static final int NONCES_MAX = 50_000;

    private final Clients clients;
    private final Tokens tokens;
    private final OAuth1 signatures;
    private final Whence whence;
    private final Clock clock;

    /// From where a client may come.
    @FunctionalInterface
    public interface Whence {
        /// Called for a client that has proved who it is, and comes from this network address.
        boolean admits(String client, String source);
    }

    public DistrictCredentials(Clients clients, Tokens tokens, Whence whence, Clock clock) {
        this.whence = whence;
        this.clients = clients;
        this.tokens = tokens;
        this.signatures = new OAuth1(clients, SIGNATURE_WINDOW, NONCES_MAX, clock.instant());
        this.clock = clock;
    }

    @Override
    public Exchange exchange(String client, String secret, List<String> scopes, String source) {
        Instant now = clock.instant();
        return clients.authenticate(client, secret, now)
                .filter(known -> whence.admits(known.id(), source))
                .map(known -> exchanged(tokens.issue(known, String.join(" ", scopes), now)))
                .orElseGet(Exchange.Unknown::new);
    }

    private static Exchange exchanged(Tokens.Issue issue) {
        return switch (issue) {
            case Tokens.Issue.Granted granted ->
                new Exchange.Issued(granted.token().disclose(), granted.life().toSeconds(), granted.scope());
            case Tokens.Issue.NothingToGrant _ -> new Exchange.NoScope();
        };
    }

    @Override
    public Optional<Caller> bearer(String token) {
        return tokens.bearer(token, clock.instant()).map(bearer -> new Caller(bearer.clientId(), bearer.scopes()));
    }

    @Override
    public Optional<Caller> signed(Signed request) {
        return signatures
                .verify(
                        new OAuth1.Signed(request.method(), request.url(), request.query(), request.authorization()),
                        clock.instant())
                .map(client -> new Caller(client.id(), legacyScopes(client)));
    }

    /// A signature carries no scopes and is 1.1's: it opens what the client may have there.
    private static Set<OAuthScope.Addressed> legacyScopes(Client client) {
        return client.dialects().contains(Dialect.V1P1)
                ? client.scopes().stream()
                        .map(scope -> new OAuthScope.Addressed(scope, Dialect.V1P1))
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
