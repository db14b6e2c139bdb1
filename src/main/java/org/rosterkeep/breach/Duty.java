package org.rosterkeep.breach;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.rosterkeep.rules.Pack;

/// One clock of an active pack, as it stands for one incident.
///
/// @param name tells it apart from the incident's other duties: `US-NY:state-privacy-officer:p10d`
/// @param due once it has begun
/// @param delayed until when an authority asked to wait
public record Duty(
        String name, Pack pack, Pack.Clock clock, State state, Optional<Term.Due> due, Optional<Instant> delayed) {
    public enum State {
        /// What starts it has not happened.
        WAITS,
        /// Too few people are concerned, by the last count.
        TOO_FEW,
        RUNS,
        /// An authority asked to wait.
        DELAYED,
        OVERDUE,
        /// Somebody decided that nobody has to be told, with reasons.
        NOT_TOLD,
        TOLD,
        /// Told, but after the term was over.
        TOLD_LATE;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// Whether somebody still has to do something.
        public boolean open() {
            return this == RUNS || this == DELAYED || this == OVERDUE;
        }
    }

    static String named(Pack pack, Pack.Clock clock) {
        String to = clock.to().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return pack.code() + ":" + to + ":" + clock.limit().toLowerCase(Locale.ROOT);
    }
}
