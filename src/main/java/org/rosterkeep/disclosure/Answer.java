package org.rosterkeep.disclosure;

import org.rosterkeep.disclosure.Outcome.Mistake;

/// What a question comes to, before leave is made of it.
sealed interface Answer {
    /// The question is wrong.
    record Wrong(Mistake mistake) implements Answer {}

    /// @param persons what the ledger will say of the records
    /// @param recorded to be called once the ledger has said it
    record Found(Page page, long total, String etag, boolean notModified, Entry.Persons persons, Runnable recorded)
            implements Answer {}
}
