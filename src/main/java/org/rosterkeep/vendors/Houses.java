package org.rosterkeep.vendors;

import java.util.Optional;

/// The districts behind one listener. Asked anew for each request, so that a district may be added, sealed or disposed
/// of while the appliance runs.
public interface Houses {
    Optional<House> named(String name);

    /// The one that also answers without its name in the path: the only one there is, or the first of several; empty
    /// when there is none.
    Optional<House> only();

    /// Whether any of them may serve; if none, the worst of what keeps them from it. With no district at all there is
    /// nothing amiss.
    default Health health() {
        return Health.OK;
    }
}
