package org.rosterkeep.vendors;

import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;

/// A district's one door, as this face needs it.
@FunctionalInterface
public interface Door {
    /// Decides, records, and answers. An exception means that nothing was released.
    Outcome ask(Inquiry inquiry);
}
