package org.rosterkeep.sources;

import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;

/// The door of intake, as far as this room needs it.
public interface Taking {
    /// Imports it like any other delivery, under the same guards.
    ///
    /// @param actor the source, as the record names it
    Report take(Source delivery, String actor);

    /// The roster's number.
    long batch();
}
