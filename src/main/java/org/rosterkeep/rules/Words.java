package org.rosterkeep.rules;

import java.util.Collection;
import java.util.Optional;

/// Finds the word somebody probably meant.
final class Words {
    /// More changes than a third of the word, and it is another word.
    private static final int PART = 3;

    private Words() {}

    /// The known word nearest to a mistyped one, if one is near.
    static Optional<String> nearest(String word, Collection<String> known) {
        String best = "";
        int least = Math.max(1, word.length() / PART) + 1;
        for (String candidate : known) {
            int steps = candidate.equalsIgnoreCase(word) ? 0 : distance(word, candidate);
            if (steps < least) {
                least = steps;
                best = candidate;
            }
        }
        return best.isEmpty() ? Optional.empty() : Optional.of(best);
    }

    /// What to do about an unknown word: use the nearest, or one of them.
    static String advice(String word, Collection<String> known) {
        return nearest(word, known)
                .map(near -> "did you mean `" + near + "`?")
                .orElseGet(() -> known.isEmpty() ? "remove it" : "use one of " + String.join(", ", known));
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : step(a, b, i, j, steps);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int step(String a, String b, int i, int j, int[][] steps) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(steps[i - 1][j - 1] + (same ? 0 : 1), Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, steps[i - 2][j - 2] + 1) : least;
    }
}
