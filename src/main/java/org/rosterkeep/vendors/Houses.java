package org.rosterkeep.vendors;

import java.util.Optional;

/// The districts behind one listener. Asked anew for each request, so that a district may be added, sealed or disposed
/// of while the appliance runs.
public interface Houses {
    Optional<House> named(String name);

    /// The only one there is, which also answers without its name in the path; empty when there are several or none.
    Optional<House> only();
}
