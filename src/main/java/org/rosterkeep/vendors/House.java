package org.rosterkeep.vendors;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// One district as this face sees it.
public sealed interface House {
    /// The path segment it answers at.
    String name();

    /// Answers vendors.
    ///
    /// @param refreshed when its roster last changed; empty when nothing was ever imported
    /// @param witness hears how its requests ended
    record Open(String name, Door door, Credentials credentials, Supplier<Optional<Instant>> refreshed, Witness witness)
            implements House {
        /// A house without a witness.
        public Open(String name, Door door, Credentials credentials, Supplier<Optional<Instant>> refreshed) {
            this(name, door, credentials, refreshed, Witness.NOBODY);
        }
    }

    /// Exists and cannot answer now: sealed, or stopped until somebody repairs it. Vendors are told to come back.
    record Closed(String name) implements House {}
}
