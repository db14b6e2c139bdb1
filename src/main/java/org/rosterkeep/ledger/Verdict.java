package org.rosterkeep.ledger;

/// What a check of a ledger found.
public sealed interface Verdict {
    /// Every record is where and as it was written.
    ///
    /// @param unsigned records behind the last checkpoint: chained, and not yet signed
    record Sound(long records, long checkpoints, long unsigned, String head) implements Verdict {}

    /// Something was changed.
    ///
    /// @param segment the file
    /// @param record the number of the first record that is not right
    /// @param sentence what is wrong there, for a person
    record Broken(String segment, long record, Flaw flaw, String sentence) implements Verdict {}

    enum Flaw {
        /// A record's text or hash was changed, or it does not follow the one before.
        CHANGED,
        /// One or more records are not there.
        MISSING,
        /// A record stands in another one's place.
        MOVED,
        /// The end is missing: measured against a signature or a known head.
        CUT_OFF,
        /// A signature is not the key's: everything before it may have been rewritten.
        SIGNATURE,
        /// A file is missing, or is no ledger.
        FILE
    }
}
