package org.rosterkeep.access;

import java.time.Instant;
import java.util.Set;

/// One credential of a vendor's: one client, one rule, one purpose (decision 10).
///
/// @param id what the vendor logs in with, and what the rule names
/// @param vendor id of the vendor
/// @param rule id of the only rule this client can ever be answered by
/// @param dialects versions of OneRoster it may speak; never empty
/// @param scopes OAuth scopes a token of it may have; never empty
/// @param oauth1 whether it may sign requests with OAuth 1.0a instead of fetching tokens
/// @param made when it was made
/// @param revoked true for ever after it was revoked
public record Client(
        String id,
        String vendor,
        String rule,
        Set<Dialect> dialects,
        Set<OAuthScope> scopes,
        boolean oauth1,
        Instant made,
        boolean revoked) {
    public Client {
        dialects = Set.copyOf(dialects);
        scopes = Set.copyOf(scopes);
        if (dialects.isEmpty() || scopes.isEmpty()) {
            throw new AccessFault(AccessFault.Code.NOTHING_ALLOWED);
        }
    }

    Client withOAuth1(boolean on) {
        return new Client(id, vendor, rule, dialects, scopes, on, made, revoked);
    }

    Client stopped() {
        return new Client(id, vendor, rule, dialects, scopes, oauth1, made, true);
    }

    /// A client with the secret that was just made for it.
    public record Issued(Client client, Secret secret) {}

    /// What is asked for when a client is made.
    ///
    /// @param id see [Client#id()]; the rule's file names the same
    public record Wanted(String id, String vendor, String rule, Set<Dialect> dialects, Set<OAuthScope> scopes) {
        /// Every version and every scope; what the client gets is bounded by its rule.
        public static Wanted everything(String id, String vendor, String rule) {
            return new Wanted(id, vendor, rule, Set.of(Dialect.values()), Set.of(OAuthScope.values()));
        }
    }
}
