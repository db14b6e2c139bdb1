package org.rosterkeep.rules;

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
    record Preferred() implements Treatment {}
}
