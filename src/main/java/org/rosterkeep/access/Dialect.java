package org.rosterkeep.access;

import java.util.Optional;

/// The versions of OneRoster a client may speak.
public enum Dialect {
    V1P1("v1p1"),
    V1P2("v1p2");

    private final String word;

    Dialect(String word) {
        this.word = word;
    }

    /// The word in the scopes' addresses, and in commands.
    public String word() {
        return word;
    }

    public static Optional<Dialect> named(String word) {
        for (Dialect dialect : values()) {
            if (dialect.word.equals(word)) {
                return Optional.of(dialect);
            }
        }
        return Optional.empty();
    }
}
