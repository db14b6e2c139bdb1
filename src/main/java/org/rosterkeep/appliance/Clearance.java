package org.rosterkeep.appliance;

import java.time.Duration;
import java.time.Instant;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.RuleBook;
import org.rosterkeep.rules.Stream;

/// Lets new versions of running rules take over whose change of the vendor's view is within bounds (decision 8). The
/// others wait for a person; the older version goes on meanwhile.
record Clearance(RuleBook book, Editions editions) {
    /// How long before its start a version is looked at, so that one within bounds starts on time.
    private static final Duration AHEAD = Duration.ofSeconds(90);

    /// Looks at every version that waits, or is about to.
    void look(Instant now) {
        book.held(now.plus(AHEAD)).forEach(held -> look(held, now));
    }

    /// Looks at one rule's version that waits: after an approval.
    void look(String rule, Instant now) {
        book.held(now).stream()
                .filter(held -> held.waiting().rule().id().equals(rule))
                .forEach(held -> look(held, now));
    }

    private void look(Stream.Held held, Instant now) {
        if (within(held.running().rule(), held.waiting().rule(), now)) {
            book.clear(held.waiting().rule(), "appliance", now);
        }
    }

    private boolean within(Rule running, Rule waiting, Instant now) {
        return editions.measure(running, waiting, now).within();
    }
}
