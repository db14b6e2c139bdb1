package org.rosterkeep.vendors;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.access.Clients;
import org.rosterkeep.access.Tokens;

/// The credentials of one district, as `access` keeps them.
public final class DistrictCredentials implements Credentials {
    private final Clients clients;
    private final Tokens tokens;
    private final Clock clock;

    public DistrictCredentials(Clients clients, Tokens tokens, Clock clock) {
        this.clients = clients;
        this.tokens = tokens;
        this.clock = clock;
    }

    @Override
    public Exchange exchange(String client, String secret, List<String> scopes) {
        Instant now = clock.instant();
        return clients.authenticate(client, secret, now)
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
        return Optional.empty();
    }
}
