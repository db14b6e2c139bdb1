package org.rosterkeep.disclosure;

import org.rosterkeep.rules.Reason;

/// How an inquiry ended. Expected ends are values; both kinds are in the ledger before this is returned.
public sealed interface Outcome {
    /// Permitted and recorded; the disclosure writes itself.
    record Granted(Disclosure disclosure) implements Outcome {}

    /// Refused for a reason the stranger is not told.
    record Refused(Reason reason) implements Outcome {}

    /// The question itself is wrong, in a way that tells nothing: an unknown field and a withheld one look the same.
    record Mistaken(Mistake mistake) implements Outcome {}

    enum Mistake {
        /// The id is unknown, or outside this client's view.
        UNKNOWN_OBJECT,
        FILTER_FIELD,
        SELECTION_FIELD,
        SORT_FIELD,
        /// The field exists for this client and cannot be compared like that.
        FILTER_VALUE
    }
}
