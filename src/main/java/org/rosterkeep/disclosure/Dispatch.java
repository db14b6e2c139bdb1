package org.rosterkeep.disclosure;

import org.rosterkeep.rules.Reason;

/// What a consignment comes to.
public sealed interface Dispatch {
    /// There is something to send. Nothing is on record yet, and nothing has left.
    record Ready(Parcel parcel) implements Dispatch {}

    /// The target knows all there is to know.
    ///
    /// @param reached how far that is
    record Nothing(Cursor reached) implements Dispatch {}

    /// Refused, and on record.
    record Refused(Reason reason) implements Dispatch {}
}
