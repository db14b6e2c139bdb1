package org.rosterkeep.intake;

/// What a file says about the records it does not name.
enum Mode {
    /// The file was not announced: nothing changes.
    ABSENT,
    /// The file is complete: what it does not name is no more.
    BULK,
    /// The file names what changed; the rest stays.
    DELTA
}
