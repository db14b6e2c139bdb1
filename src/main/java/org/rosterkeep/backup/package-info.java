/// Backups of a district, and what has to lie apart from them.
///
/// Vocabulary: a *backup* is one sealed, signed file with an open *header*; its *share* is the half of its key that
/// lies in the *safe*, apart from the backup, and is destroyed when the backup expires; the *erasure ledger* in
/// the safe
/// tells what was taken away from whom, by tags; the *witness* tells how far that ledger had come, and lies
/// with neither.
///
/// Invariant: what the erasure ledger says outlives every backup, and a backup whose share is destroyed is noise.
///
/// It never sees the roster, and never writes personal data in clear, not even for a moment: it is given files that are
/// sealed already, and seals them again.
package org.rosterkeep.backup;
