package org.rosterkeep.disclosure;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Outcome.Mistake;
import org.rosterkeep.roster.Relations;

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
            RoaringBitmap users = new RoaringBitmap();
            Arrays.stream(page.toRead()).forEach(ordinal -> add(users, ordinal));
            if (persons instanceof Entry.Persons.Listed(var entity, int[] ordinals)) {
                RoaringBitmap live = page.edition().live(entity);
                Arrays.stream(ordinals).filter(live::contains).forEach(ordinal -> add(users, ordinal));
            }
            return users;
        }

        private void add(RoaringBitmap users, int ordinal) {
            switch (page.entity()) {
                case USER, DEMOGRAPHICS -> users.add(ordinal);
                case ENROLLMENT -> {
                    int user = page.edition().relations().enrollmentUser(ordinal);
                    if (user != Relations.NONE) {
                        users.add(user);
                    }
                }
                case ORG, ACADEMIC_SESSION, COURSE, CLASS -> {}
            }
        }
    }
}
