package org.rosterkeep.outbound;

import java.util.Optional;

/// Where the hatch finds what is to be fetched.
@FunctionalInterface
public interface Fetches {
    /// Something to fetch now, if there is anything. Whoever gets it says how it ended.
    Optional<Fetch> next();
}
