package org.rosterkeep.rules;

import org.rosterkeep.roster.Field;

/// What happens to a field's value on its way out. Every treatment keeps the record valid against the official schema.
public sealed interface Treatment {
    /// The value itself.
    record AsIs() implements Treatment {}

    /// The first letter and a full stop: `B.`
    record Initial() implements Treatment {}

    /// The record's outward id, so that the field is unique and tells nothing.
    record Pseudonym() implements Treatment {}

    /// The same text in every record.
    record Constant(String text) implements Treatment {}

    /// A date's year; nothing finer.
    record Coarse() implements Treatment {}

    /// The name the person prefers, when there is one, instead of the legal name (givenName, middleName, familyName).
    record Preferred() implements Treatment {
        /// The field whose value takes the place of a legal name's; any other field has none but its own.
        public static Field source(Field legal) {
            return switch (legal) {
                case USER_GIVEN_NAME -> Field.USER_PREFERRED_FIRST_NAME;
                case USER_MIDDLE_NAME -> Field.USER_PREFERRED_MIDDLE_NAME;
                case USER_FAMILY_NAME -> Field.USER_PREFERRED_LAST_NAME;
                default -> legal;
            };
        }
    }
}
