package org.rosterkeep.roster;

/// How the value of a [Field] is packed inside a [Row] and what the wire makes of it.
///
/// Every number is an unsigned LEB128 varint ("v"), every text is `v length` and that many bytes of UTF-8 that are
/// already escaped for a JSON string, without the quotes.
public enum Shape {
    /// One text; the payload is the text's bytes, without a length of its own.
    TEXT,
    /// One word of a vocabulary (`student`, `ext:aide2`); packed like [#TEXT].
    TOKEN,
    /// `YYYY-MM-DD` (or a year, `YYYY`); packed like [#TEXT].
    DATE,
    /// One byte, 0 or 1.
    BOOL,
    /// Any number of texts, each with its length.
    LIST,
    /// One ordinal (v) of [Field#target()].
    REF,
    /// Any number of ordinals (v) of [Field#target()].
    REFS,
    /// User roles: per role one byte (0 primary, 1 secondary), then texts role, beginDate, endDate, userProfile (empty
    /// =
    /// absent) and the org's ordinal (v), in the order: kind, role, org, beginDate, endDate, userProfile.
    ROLES,
    /// User ids: pairs of texts, type and identifier.
    USER_IDS,
    /// User profiles without credentials: texts profileId, profileType, vendorId, applicationId, description.
    PROFILES
}
