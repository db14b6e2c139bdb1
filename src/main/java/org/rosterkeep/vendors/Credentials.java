package org.rosterkeep.vendors;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A district's credentials, as this face needs them. Every method takes equally long for an unknown client and for a
/// wrong secret.
public interface Credentials {
    /// Changes a client's id and secret for a token (RFC 6749 section 4.4).
    ///
    /// @param scopes the requested scopes, as sent; empty when the client did not ask for any, which means all
    /// it has
    /// @param source the caller's network address: what comes from where the client's rule does not let it come
    /// from looks
    ///     like a wrong secret (privacy.md F08)
    Exchange exchange(String client, String secret, List<String> scopes, String source);

    /// Whose token this is; empty when it is unknown, expired or withdrawn.
    Optional<Caller> bearer(String token);

    /// Who signed this request with OAuth 1.0a; empty for a client that has it off, which is every client by default.
    Optional<Caller> signed(Signed request);

    /// How the exchange of a secret for a token ended.
    sealed interface Exchange {
        /// @param seconds how long the token lives
        /// @param scope the granted scopes, space-separated
        record Issued(String token, long seconds, String scope) implements Exchange {}

        /// Unknown client, wrong secret, or one that was withdrawn: they look the same.
        record Unknown() implements Exchange {}

        /// The client is known and none of the requested scopes is its own.
        record NoScope() implements Exchange {}
    }

    /// A request as RFC 5849 signs it.
    ///
    /// @param url scheme, authority and path as the client sent them, without the query
    /// @param query the query's parameters, decoded
    /// @param authorization the whole header
    record Signed(String method, String url, Map<String, List<String>> query, String authorization) {
        public Signed {
            query = Map.copyOf(query);
        }
    }
}
