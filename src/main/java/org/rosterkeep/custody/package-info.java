/// What vendors are believed to hold, and what they have sworn to have destroyed.
///
/// Vocabulary: a *holding* is every record and field the ledger says a vendor was told of, less what it
/// attested to have
/// deleted; a *directive* asks a vendor to delete, by a day; an *attestation* is the vendor's word that it did.
///
/// Invariant: a holding is never smaller than the truth. What the ledger no longer explains counts as held, a tombstone
/// that was sent is no deletion, and only an attestation takes away.
///
/// It never knows a value or an id of a person: records are ordinals, vendors are names.
package org.rosterkeep.custody;
