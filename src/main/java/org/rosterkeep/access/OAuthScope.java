package org.rosterkeep.access;

import java.util.Optional;

/// The OAuth 2 scopes of a rostering service (OneRoster 1.2 section 3.4; 1.1 has the same three under another prefix).
public enum OAuthScope {
    /// All and one of every collection but demographics.
    ROSTER_CORE("roster-core.readonly"),
    /// The same, and every nested collection.
    ROSTER("roster.readonly"),
    /// Demographics and nothing else.
    ROSTER_DEMOGRAPHICS("roster-demographics.readonly");

    private static final String PREFIX = "https://purl.imsglobal.org/spec/or/";

    private final String word;

    OAuthScope(String word) {
        this.word = word;
    }

    /// The scope's last part, `roster.readonly`.
    public String word() {
        return word;
    }

    public String uri(Dialect dialect) {
        return PREFIX + dialect.word() + "/scope/" + word;
    }

    public static Optional<OAuthScope> named(String word) {
        for (OAuthScope scope : values()) {
            if (scope.word.equals(word)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }

    /// A scope in one of the two forms.
    public record Addressed(OAuthScope scope, Dialect dialect) {
        public String uri() {
            return scope.uri(dialect);
        }

        /// The rostering scope with this address; empty for scopes of other services and for anything else.
        public static Optional<Addressed> of(String uri) {
            for (Dialect dialect : Dialect.values()) {
                for (OAuthScope scope : OAuthScope.values()) {
                    if (scope.uri(dialect).equals(uri)) {
                        return Optional.of(new Addressed(scope, dialect));
                    }
                }
            }
            return Optional.empty();
        }
    }
}
