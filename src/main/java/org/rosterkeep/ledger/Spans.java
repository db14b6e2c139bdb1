package org.rosterkeep.ledger;

import java.util.Optional;
import org.rosterkeep.roster.Entity;

/// Says who stood where in an old edition's list; the editions that `entitlement` keeps know it. Without it a span of
/// the ledger names nobody.
public interface Spans {
    /// The position of each of these ordinals in the edition's list in its default order, -1 for one that is not in it;
    /// empty when this edition is not known any more. The answer to "who received what about this child" asks every
    /// edition there was.
    Optional<long[]> positions(String rule, long edition, Entity entity, int[] ordinals);

    /// Whether any of these ordinals can have been in the edition's list, when its order is not known any more. True
    /// unless it is known that none was.
    default boolean mayHold(String rule, long edition, Entity entity, int[] ordinals) {
        return true;
    }
}
