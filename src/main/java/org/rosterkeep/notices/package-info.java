/// What a person is told without having asked, once: that something got worse, with what to do about it.
///
/// Vocabulary: a *matter* is what a notice can be about; a *sighting* how it stands with one matter now; the *memory*
/// knows how it stood when somebody was last told; a *channel* is a mail server or a webhook that two people signed,
/// because whatever leaves the house needs that; the *postbox* keeps letters until the courier has handed them over.
///
/// Invariant: a notice has no word that comes from the roster, and no name of a person.
@NullMarked
package org.rosterkeep.notices;

import org.jspecify.annotations.NullMarked;
