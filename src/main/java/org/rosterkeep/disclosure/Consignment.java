package org.rosterkeep.disclosure;

import java.util.Optional;
import org.rosterkeep.rules.Recipient;

/// What is to be sent to a push target: everything its rule gives, or what of that changed.
///
/// @param since how far the target has been told; empty for the first time, and when it is to be told everything anew
/// @param whole whether it is told everything each time
/// @param base absolute URL of the service, without a slash at its end; hrefs are made from it
/// @param place the target, for the ledger: `sync.example.org:443`
public record Consignment(
        Recipient.Target to,
        Wire wire,
        Format format,
        Optional<Cursor> since,
        boolean whole,
        String base,
        String place) {
    /// The form a delivery takes.
    public enum Format {
        /// One object, a member for each collection.
        JSON,
        /// OneRoster CSV files in a zip.
        CSV,
        /// Word of a change; nothing of anybody.
        NOTICE
    }
}
