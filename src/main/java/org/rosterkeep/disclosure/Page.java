package org.rosterkeep.disclosure;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Track;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// One answer's records and how they are to be written: everything but the leave to do it.
///
/// @param ordinals in the order of the answer, tombstones among them
/// @param single whether the answer is one record in its own envelope, not a collection
/// @param trailer JSON behind the records, inside the outermost braces; empty but for 1.1's warnings
record Page(Edition edition, Entity entity, int[] ordinals, boolean single, Form form, Names names, byte[] trailer) {
    Track track() {
        return edition.track(entity);
    }

    /// Whom the records to be read are about. Users, by ordinal.
    RoaringBitmap users() {
        RoaringBitmap users = new RoaringBitmap();
        Arrays.stream(toRead()).forEach(ordinal -> addUser(users, ordinal));
        return users;
    }

    /// Adds whom a record is about.
    void addUser(RoaringBitmap users, int ordinal) {
        switch (entity) {
            case USER, DEMOGRAPHICS -> users.add(ordinal);
            case ENROLLMENT -> {
                int user = edition.relations().enrollmentUser(ordinal);
                if (user != Relations.NONE) {
                    users.add(user);
                }
            }
            case ORG, ACADEMIC_SESSION, COURSE, CLASS -> {}
        }
    }

    /// The records to be read: those in view, but for whom a floor took since the edition was made.
    int[] toRead() {
        int[] live = new int[ordinals.length];
        int count = 0;
        RoaringBitmap given = edition.given(entity);
        for (int ordinal : ordinals) {
            if (given.contains(ordinal)) {
                live[count++] = ordinal;
            }
        }
        return count == live.length ? live : Arrays.copyOf(live, count);
    }
}
