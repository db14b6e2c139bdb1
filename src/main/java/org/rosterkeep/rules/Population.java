package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Optional;

/// Counts the children in a rule's scope; asked when a version is drafted and when it is signed.
@FunctionalInterface
public interface Population {
    /// Nobody can count: then a rule takes as many signatures as one for all children.
    Population UNKNOWN = (rule, now) -> Optional.empty();

    /// Empty when it cannot be told.
    Optional<Share> share(Rule rule, Instant now);

    /// @param inScope how many children are in the rule's scope
    /// @param all how many children the district has
    record Share(int inScope, int all) {}
}
