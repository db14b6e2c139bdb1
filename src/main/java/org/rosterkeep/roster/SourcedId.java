package org.rosterkeep.roster;

import java.util.Objects;

/// The identifier the source system gave a record (OneRoster 1.2 section 8.2): 1 to 255 characters out of
/// `0-9 A-Z a-z . - _ / @`, compared exactly. Personal when it names a person, so it never prints.
public record SourcedId(Personal<String> value) {
    public static final int LENGTH_MAX = 255;

    /// The allowed characters as bits, below 64 and from 64: an import checks every id and every reference.
    private static final long ALLOWED_LOW = bits("0123456789.-/", 0);

    private static final long ALLOWED_HIGH = bits("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@", 64);

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
            if (c >= 128 || ((c < 64 ? ALLOWED_LOW : ALLOWED_HIGH) >>> c & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    private static long bits(String characters, int from) {
        long bits = 0;
        for (char c : characters.toCharArray()) {
            bits |= 1L << (c - from);
        }
        return bits;
    }
}
