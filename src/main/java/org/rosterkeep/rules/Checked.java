package org.rosterkeep.rules;

import java.util.List;

/// A file that was read: what it says, or everything that is wrong with it, all at once.
public sealed interface Checked<T> {
    record Sound<T>(T value) implements Checked<T> {}

    record Flawed<T>(List<Problem> problems) implements Checked<T> {
        public Flawed {
            problems = List.copyOf(problems);
        }
    }
}
