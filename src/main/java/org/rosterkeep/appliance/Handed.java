package org.rosterkeep.appliance;

import java.util.List;
import java.util.stream.Collectors;
import org.rosterkeep.rules.Checked;
import org.rosterkeep.rules.Problem;

/// What comes of a file that somebody handed in: its content, or everything that is wrong with it at once.
final class Handed {
    private static final int SHOWN_MAX = 20;

    private Handed() {}

    static <T> T in(String what, Checked<T> read) {
        return in(what, read, "what belongs in it says: rosterkeep rule schema " + what);
    }

    /// @param help where to read on, as the rest of a sentence
    static <T> T in(String what, Checked<T> read, String help) {
        return switch (read) {
            case Checked.Sound<T> sound -> sound.value();
            case Checked.Flawed<T> flawed -> throw refused(what, flawed.problems(), help);
        };
    }

    private static Trouble refused(String what, List<Problem> problems, String help) {
        var shown = problems.stream()
                .limit(SHOWN_MAX)
                .map(problem -> "\n  " + problem)
                .collect(Collectors.joining());
        var more = problems.size() > SHOWN_MAX ? "\n  and " + (problems.size() - SHOWN_MAX) + " more" : "";
        return new Trouble(
                Exit.REFUSED,
                "The " + what + " was not taken.",
                "It has " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:") + shown + more,
                "Correct the file and hand it in again; " + help);
    }
}
