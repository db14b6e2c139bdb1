package org.rosterkeep.disclosure;

import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// The order in which an edition that is long past listed its records: what a span in the record of disclosures counts
/// along. It gives ordinals, never an id or a value.
public final class Roll {
    private static final long CACHE_BYTES_MAX = 8L << 20;

    private final Outward outward;

    public Roll(Records records, Aliases.Book aliases) {
        this.outward = new Outward(records, aliases, new Cache(CACHE_BYTES_MAX));
    }

    /// The ordinals of the entity in the edition's default order.
    ///
    /// @param relations the roster as it stands: ordinals and record keys never change
    public int[] of(Editions.Members members, Entity entity, Relations relations) {
        return outward.names(members.lens(), members.batch(), relations).sorted(entity, members.of(entity));
    }
}
