package org.rosterkeep.intake;

/// What a finding means for the import.
public enum Severity {
    /// Nothing of the delivery was used.
    REFUSED,
    /// The named file was not used.
    FILE,
    /// The named row was not used; a record it speaks of stays as it was.
    ROW,
    /// The named cell was not used: its record has there what it had before, and nothing when it is new. The row was
    /// used.
    CELL,
    /// The row was used, but somebody should look.
    WARNING,
    /// Accepted as meant; said so that it can be put right at the source.
    NOTE
}
