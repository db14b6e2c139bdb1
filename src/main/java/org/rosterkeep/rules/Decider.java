package org.rosterkeep.rules;

import java.time.Instant;

/// Decides asks by a book of rules. Pure: the same book, ask and instant give the same decision. Default deny.
public interface Decider {
    Decision decide(Ask ask, Instant now);
}
