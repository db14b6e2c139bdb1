package org.rosterkeep.rules;

import java.time.Instant;

/// Decides asks by a book of rules. Pure: the same book, ask and instant give the same decision. Default deny.
public interface Decider {
    Decision decide(Ask ask, Instant now);

    /// Whether the rule of this id is in force, whatever may be asked of it. A decider that cannot say says yes.
    default boolean stands(String rule, Instant now) {
        return true;
    }
}
