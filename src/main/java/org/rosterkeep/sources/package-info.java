/// Rosters that are fetched rather than handed in: from a OneRoster service page by page, from a host of SFTP, from a
/// folder of this machine. What comes goes through the same door as any other delivery.
///
/// Vocabulary: a *source* is what people signed ([org.rosterkeep.rules.RosterSource]); a *run* is one time of asking
/// it; a run is *full* when it asks for everything and a *delta* when it asks for what changed; the *standing* is how
/// far a source was read, and why not further; a *hitch* is why a run came to nothing.
///
/// Invariant: intake is given all of a run or nothing. A run that broke off, a page that is missing, a list that moved
/// while it was read are no delivery, so nothing can look as if somebody had left.
///
/// It never opens a connection, and never writes what it gathers to disk but sealed.
@NullMarked
package org.rosterkeep.sources;

import org.jspecify.annotations.NullMarked;
