package org.rosterkeep.breach;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.rules.Milestone;

/// One thing somebody said of an incident. It is never changed; who was wrong says it anew, and the last word counts.
public sealed interface Step {
    /// What happened, in a few words that name no person.
    ///
    /// @param occurred since when it went on, as far as is known
    record Opened(Kind kind, String summary, Set<String> vendors, Set<String> elements, Optional<Instant> occurred)
            implements Step {
        public Opened {
            vendors = Set.copyOf(vendors);
            elements = Set.copyOf(elements);
        }
    }

    /// @param why how that is known, and by whom
    record Reached(Milestone milestone, Instant at, String why) implements Step {}

    /// How many people are concerned.
    ///
    /// @param how how they were counted
    record Counted(int people, String how) implements Step {}

    /// @param encrypted whether what got out was encrypted
    /// @param keysSafe whether the keys stayed where they belong
    record Weighed(Risk risk, String reasons, boolean encrypted, boolean keysSafe) implements Step {}

    /// Whether somebody is told; `no` closes a duty as well as telling them does.
    ///
    /// @param duty by the name that [Duty#name()] gives it
    record Decided(String duty, boolean tell, String reasons) implements Step {}

    /// Somebody was told.
    ///
    /// @param how by letter, e-mail, telephone, portal
    /// @param evidence the SHA-256 of what was sent, in hexadecimal
    /// @param late why, when it was after the term was over
    record Told(String duty, Instant at, String how, String evidence, Optional<String> late) implements Step {}

    /// An authority asked to wait.
    record Delayed(String duty, String authority, String reason, Instant until) implements Step {}

    /// Something was done about it, or was learned from it.
    record Noted(String what) implements Step {}

    record Closed(String lessons) implements Step {}

    /// What was lost (GDPR article 4(12)).
    enum Kind {
        CONFIDENTIALITY,
        INTEGRITY,
        AVAILABILITY
    }

    enum Risk {
        UNLIKELY,
        LIKELY,
        HIGH
    }
}
