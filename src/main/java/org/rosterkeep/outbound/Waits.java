package org.rosterkeep.outbound;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before a delivery is tried again: twice as long each time, a little more or less by chance so that
/// many who failed together do not come back together, and never less than the other side asked for.
record Waits(OutboxSettings settings, RandomGenerator random) {
    private static final int DOUBLINGS_MAX = 20;

    /// @param attempts so far
    Duration after(int attempts, Duration asked) {
        long wait = settings.firstWait().toMillis() << Math.min(Math.max(0, attempts - 1), DOUBLINGS_MAX);
        long most = Math.min(wait, settings.longestWait().toMillis());
        Duration chosen = Duration.ofMillis(most - most / 5 + random.nextLong(1 + 2 * (most / 5)));
        return chosen.compareTo(asked) < 0 ? asked : chosen;
    }
}
