package org.rosterkeep.appliance;

import java.util.Optional;

/// The known word that a mistyped one most likely meant.
public final class Nearest {
    private Nearest() {}

    /// The candidate with the fewest letters to change; empty when none is near (more than a third of the letters, at
    /// least two).
    public static Optional<String> to(String word, Iterable<String> candidates) {
        var best = Optional.<String>empty();
        int least = Math.max(2, word.length() / 3) + 1;
        for (var candidate : candidates) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                best = Optional.of(candidate);
            }
        }
        return best;
    }

    /// Letters to insert, drop or replace (Levenshtein).
    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
