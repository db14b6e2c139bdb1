/// What keep and courier say to each other over their local socket: frames, and the JSON in them. Both
/// processes use it,
/// and it is all they share.
///
/// Vocabulary: a *line* is one connection; a *frame* one message on it; an *order* is a delivery the keep asks
/// for, with
/// the *papers* that permit it; *go* and *refusal* are the courier's two answers; a *result* is how it ended.
///
/// Invariant: what cannot be understood is refused whole. There are no unknown members, no members twice, no length
/// without a bound, and nothing is read that was not announced by its length.
///
/// It never decides anything, and it never opens a file or a connection.
package org.rosterkeep.courier.wire;
