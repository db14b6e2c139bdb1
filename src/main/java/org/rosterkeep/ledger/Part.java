package org.rosterkeep.ledger;

import java.time.Instant;

/// A few dozen records of a closed segment that can be read without the others: one member of its gzip file.
///
/// @param offset where the member begins in the file
/// @param length how long it is
/// @param hash SHA-256 of it, as it stands in the file
/// @param earliest time of a record in it
/// @param latest time of a record in it
/// @param answers whether a disclosure or a refusal is in it
record Part(long offset, int length, byte[] hash, Instant earliest, Instant latest, boolean answers) {}
