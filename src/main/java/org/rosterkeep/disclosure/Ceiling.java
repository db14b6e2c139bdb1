package org.rosterkeep.disclosure;

import java.time.Instant;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Rule;

/// How many different persons a rule may release in one UTC day (privacy.md F25). Asked before an answer is recorded;
/// what it has let pass counts for that day, whatever becomes of the answer.
@FunctionalInterface
public interface Ceiling {
    /// For a door that keeps no count: a rule with a ceiling then releases nothing.
    Ceiling UNKEPT = (rule, persons, now) -> rule.bounds().personsPerDay().map(any -> Reason.PERSONS_PER_DAY);

    /// Counts these persons, all of them or none.
    ///
    /// @param persons ordinals of users
    /// @return why the answer may not be given; empty when it may
    Optional<Reason> take(Rule rule, RoaringBitmap persons, Instant now);
}
