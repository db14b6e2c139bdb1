package org.rosterkeep.roster;

import java.util.Objects;

/// The identifier the source system gave a record (OneRoster 1.2 section 8.2): 1 to 255 characters out of
/// `0-9 A-Z a-z . - _ / @`, compared exactly. Personal when it names a person, so it never prints.
public record SourcedId(Personal<String> value) {
    public static final int LENGTH_MAX = 255;

    public SourcedId {
        Objects.requireNonNull(value);
    }

    public static SourcedId of(String text) {
        return new SourcedId(Personal.of(text));
    }

    /// Whether the text is one the standard allows.
    public static boolean valid(String text) {
        if (text.isEmpty() || text.length() > LENGTH_MAX) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '.' && c != '-' && c != '_' && c != '/' && c != '@') {
                return false;
            }
        }
        return true;
    }
}
