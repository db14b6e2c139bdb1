package org.rosterkeep.vendors;

import java.util.Optional;
import org.rosterkeep.disclosure.Wire;

/// One request, as the guard needs to see it.
///
/// @param credentials of the district that was asked
/// @param authorization the Authorization header
/// @param origin scheme and authority as the client sees them
record Call(
        Credentials credentials,
        Wire wire,
        String method,
        String origin,
        String rawPath,
        Parameters query,
        Optional<String> authorization) {}
