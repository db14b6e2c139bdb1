/// Incidents: what happened, what was found out about it, whom the law says to tell and by when, and whether they were
/// (privacy.md section 9).
///
/// Vocabulary: an *incident* is a list of *steps*, each said by somebody at some time and never changed; a
/// *milestone* is
/// what a clock of a pack counts from; a *duty* is one clock of an active pack as it stands for one incident.
///
/// Invariant: nothing is sent to anybody from here. What was told to whom is what a person says of it, with the hash of
/// what was sent.
package org.rosterkeep.breach;
