package org.rosterkeep.outbound;

import org.rosterkeep.disclosure.Consignment;
import org.rosterkeep.disclosure.Dispatch;

/// The gate, as far as this room needs it.
@FunctionalInterface
public interface Door {
    Dispatch push(Consignment consignment);
}
