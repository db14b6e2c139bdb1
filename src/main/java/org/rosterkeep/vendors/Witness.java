package org.rosterkeep.vendors;

/// Hears how each request to one house ended, those that never reached the door too. For rehearsals: a real district's
/// record of what left is the ledger, and nobody else's business is how often a vendor mistypes.
@FunctionalInterface
public interface Witness {
    Witness NOBODY = sighting -> {};

    /// Called once a request has its answer. It must not block, and what it throws is a fault of the house.
    void saw(Sighting sighting);
}
