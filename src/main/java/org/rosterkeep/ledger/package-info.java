/// The record of disclosures and acts: what left, to whom, why, about whom; and who changed what.
///
/// Vocabulary: an *entry* is what the door says of one answer; an *act* is what people and the appliance did; a
/// *record* is either of them with a number, a time and its place in the chain of hashes; a *checkpoint* is a record
/// that signs everything before it; a *segment* is one file of records.
///
/// The files: `00000001.log`, `00000002.log`, ... Each is a row of frames: four bytes of length (big-endian),
/// the payload
/// (one line of JSON in UTF-8), and 32 bytes of SHA-256 over the previous frame's hash and the payload. The first
/// frame's previous hash is 32 zero bytes. Closed segments are compressed (`00000001.log.gz`) and end with a
/// checkpoint.
/// Beside a closed segment are its contents (`00000001.contents`), which are derived from it, signed, and made
/// again when
/// they are missing: no part of the ledger, and of no export.
/// The format is published with every export and checked by two independent
/// verifiers.
///
/// Invariant: [org.rosterkeep.ledger.Ledger#append] and [org.rosterkeep.ledger.Ledger#record] return only when the
/// record is on the disk and the chain behind it is unbroken; in doubt they throw, and then nothing leaves.
///
/// It never holds a value of a person: persons are positions of an edition or ordinals, which mean nothing without the
/// vault.
package org.rosterkeep.ledger;
