package org.rosterkeep.log;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How much is written: [Loudness#INFO] and what matters more. It can be raised for a while and falls back by itself,
/// because nobody remembers to turn it down: whoever asks is answered by the clock, and no timer has to fire.
final class Hearing {
    static final Duration LONGEST = Duration.ofMinutes(15);

    private final Clock clock;
    private volatile Raised raised = new Raised(Loudness.INFO, Instant.EPOCH);

    private record Raised(Loudness to, Instant until) {}

    Hearing(Clock clock) {
        this.clock = clock;
    }

    /// @return until when
    Instant raise(Loudness to, Duration time) {
        var longest = time.compareTo(LONGEST) > 0 ? LONGEST : time;
        var until = clock.instant().plus(longest);
        raised = new Raised(to, until);
        return until;
    }

    /// At once.
    void fallBack() {
        raised = new Raised(Loudness.INFO, Instant.EPOCH);
    }

    Loudness now() {
        var held = raised;
        return clock.instant().isBefore(held.until()) ? held.to() : Loudness.INFO;
    }

    /// Until when it is not the usual one.
    Optional<Instant> until() {
        var held = raised;
        return clock.instant().isBefore(held.until()) ? Optional.of(held.until()) : Optional.empty();
    }

    boolean hears(Loudness one) {
        return one.compareTo(now()) <= 0;
    }
}
