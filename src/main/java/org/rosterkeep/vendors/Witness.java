package org.rosterkeep.vendors;

/// Hears how each request to one house ended, those that never reached the door too: a rehearsal remembers it, a real
/// district counts refusals by reason. Its record of what left is the ledger.
@FunctionalInterface
public interface Witness {
    Witness NOBODY = sighting -> {};

    /// Called once a request has its answer. It must not block, and what it throws is a fault of the house.
    void saw(Sighting sighting);
}
