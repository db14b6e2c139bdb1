package org.rosterkeep.appliance;

import java.io.IOException;
import java.util.Set;
import org.rosterkeep.roster.Field;

/// One cause for which something does not leave, by itself: how it comes about, and how it alone is taken away again.
///
/// @param floor its code in privacy.md section 2.1
/// @param client who asks
/// @param asked the field of the pupil by which the district's people ask why
record FloorCase(String floor, String cause, String client, Loss loss, Field asked, Doing set, Doing clear) {
    /// What the vendor loses.
    sealed interface Loss {
        /// Every answer.
        record Everything() implements Loss {}

        /// All there is of one record, and what is about it: the pupil, the class, the school.
        record Whole(String id, boolean othersStay) implements Loss {}

        /// Values of the pupil's.
        record Value(Set<Field> fields) implements Loss {}
    }

    /// Something that happens in a district.
    @FunctionalInterface
    interface Doing {
        void in(FloorDistrict district) throws IOException;
    }

    static FloorCase everything(String floor, String cause, Doing set, Doing clear) {
        return new FloorCase(
                floor, cause, FloorDistrict.VENDOR, new Loss.Everything(), Field.USER_GIVEN_NAME, set, clear);
    }

    static FloorCase pupil(String floor, String cause, Doing set, Doing clear) {
        var loss = new Loss.Whole(FloorRoster.PUPIL, true);
        return new FloorCase(floor, cause, FloorDistrict.VENDOR, loss, Field.USER_GIVEN_NAME, set, clear);
    }

    static FloorCase value(String floor, String cause, Field field, Doing set, Doing clear) {
        return new FloorCase(floor, cause, FloorDistrict.VENDOR, new Loss.Value(Set.of(field)), field, set, clear);
    }

    @Override
    public String toString() {
        return floor + " " + cause;
    }
}
