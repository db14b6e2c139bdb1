package org.rosterkeep.rules;

/// How far a version of a rule has come (privacy.md section 2.2).
public enum Life {
    /// Written; its author may still throw it away.
    DRAFT,
    /// Waiting for signatures.
    SUBMITTED,
    /// Signed by enough people; its first instant has not come.
    APPROVED,
    /// Signed by enough people, and announced; it starts when the notice is over.
    NOTICE,
    /// It would change more of what the vendor sees than may change unseen; the older version goes on until somebody
    /// releases it.
    HELD,
    /// In force.
    ACTIVE,
    /// A newer version is in force.
    SUPERSEDED,
    /// Stopped by somebody; two people can let it go on.
    SUSPENDED,
    /// Its last instant has passed.
    EXPIRED,
    /// Stopped for ever.
    REVOKED,
    /// Its text or its signatures are not what they were. It permits nothing.
    UNTRUSTED
}
