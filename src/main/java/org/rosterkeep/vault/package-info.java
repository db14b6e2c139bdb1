/// The strong room: the roster as encrypted blocks, in versions, and the district's documents beside it.
///
/// Words: a *row* is one packed record; a *block* is 32 rows (256 enrolments) or a chunk of a column, sealed as one; a
/// *space* is one kind of block; a *version* is the batch that wrote a block; a *pin* keeps old versions readable; an
/// *ordinal* is a record's number in its entity, given once. Relations are kept as columns, so that opening reads a few
/// large blocks and no rows.
///
/// Invariant: whatever the moment of a power cut or a kill, the next opening finds the batch before or the batch after.
///
/// It never opens a socket, and never gives a row without a permit or a field the permit does not name.
package org.rosterkeep.vault;
