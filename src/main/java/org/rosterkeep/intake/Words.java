package org.rosterkeep.intake;

import java.util.Optional;
import org.rosterkeep.intake.Columns.Column;

/// Words of the standard's vocabularies.
final class Words {
    private Words() {}

    /// The standard's spelling of a word, also of one written in another case; empty when the column does not allow it.
    static Optional<String> match(Column column, String text) {
        for (String word : column.values()) {
            if (word.equals(text)) {
                return Optional.of(word);
            }
        }
        for (String word : column.values()) {
            if (word.equalsIgnoreCase(text)) {
                return Optional.of(word);
            }
        }
        return column.extensible() && extension(text) ? Optional.of(text) : Optional.empty();
    }

    /// `ext:` and letters, digits, `.`, `-`, `_` (oneroster.md 7.1).
    private static boolean extension(String text) {
        if (!text.startsWith("ext:") || text.length() < 5 || text.length() > 255) {
            return false;
        }
        for (int i = 4; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letter && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }
}
