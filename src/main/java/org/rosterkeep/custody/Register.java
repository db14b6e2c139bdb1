package org.rosterkeep.custody;

import java.util.function.Consumer;
import org.roaringbitmap.RoaringBitmap;

/// The record of disclosures, as it takes to know what vendors hold.
public interface Register {
    /// How far a reading has come; made by the register, and given back to it.
    record Mark(int segment, long offset, String hash) {
        public static final Mark BEGINNING = new Mark(1, 0, "");
    }

    /// Whether the record of disclosures goes on behind this mark. It does not when it was set aside and begun anew.
    boolean has(Mark mark);

    /// Visits every answer to a vendor behind a mark, oldest first; returns where the reading ended.
    Mark read(Mark from, Consumer<Handed> visitor);

    /// The users these enrolments are of, or ever were.
    RoaringBitmap usersOf(RoaringBitmap enrollments);

    /// Those of these enrolments that are of these users and were never of anybody else.
    RoaringBitmap enrollmentsOf(RoaringBitmap enrollments, RoaringBitmap users);
}
