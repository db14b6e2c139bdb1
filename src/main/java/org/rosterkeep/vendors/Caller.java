package org.rosterkeep.vendors;

import java.util.Set;
import org.rosterkeep.access.OAuthScope;

/// Who is calling, proved by a token or a signature.
///
/// @param client the credential's id; one credential stands for one rule and one purpose
/// @param scopes what it may use, each on one version's routes
public record Caller(String client, Set<OAuthScope.Addressed> scopes) {
    public Caller {
        scopes = Set.copyOf(scopes);
    }
}
