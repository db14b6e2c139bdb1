package org.rosterkeep.disclosure;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Outcome.Mistake;

/// What a question comes to, before leave is made of it.
sealed interface Answer {
    /// The question is wrong.
    record Wrong(Mistake mistake) implements Answer {}

    /// @param persons what the ledger will say of the records
    /// @param recorded to be called once the ledger has said it
    record Found(Page page, long total, String etag, boolean notModified, Entry.Persons persons, Runnable recorded)
            implements Answer {
        /// Whom the answer is about: those whose records it carries, and those its total tells of. Users, by ordinal.
        RoaringBitmap users() {
            RoaringBitmap users = page.users();
            if (persons instanceof Entry.Persons.Listed(var entity, int[] ordinals)) {
                RoaringBitmap live = page.edition().live(entity);
                Arrays.stream(ordinals).filter(live::contains).forEach(ordinal -> page.addUser(users, ordinal));
            }
            return users;
        }
    }
}
