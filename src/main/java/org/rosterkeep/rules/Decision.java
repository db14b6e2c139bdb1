package org.rosterkeep.rules;

import java.util.Map;
import org.rosterkeep.roster.Field;

/// What the rules say. Plain data; it opens nothing.
public sealed interface Decision {
    /// Permitted, under exactly this version of this rule, with these fields of the asked entity (never empty) and what
    /// is done to each.
    record Allow(Rule rule, Map<Field, Treatment> fields) implements Decision {
        public Allow {
            fields = Map.copyOf(fields);
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("an allowance gives at least one field");
            }
        }
    }

    /// Refused. The reason is for operators and the ledger; a stranger learns nothing of it.
    record Deny(Reason reason) implements Decision {}
}
