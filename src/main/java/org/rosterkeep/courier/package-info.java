/// The courier: the only process of the house that calls out. It holds no data, no key and no store; it asks
/// the keep for
/// the next order, looks for itself whether the order's papers permit it, carries it, and tells how it ended.
///
/// Vocabulary: *anchors* are the operators whose signatures count, from a file that root owns; a *grant* is a text that
/// two of them signed; the *manifest* says which addresses may be reached; a *screen* reads a payload as it passes and
/// lets nothing through that the grant does not give; the *proof* is the courier's own look at its confinement.
///
/// Invariant: no byte of a payload leaves before the courier's own code has found the grant good, the address on the
/// list, the other side's name proven, and that byte within the fields given; and nothing is handed over as
/// whole before
/// the keep has said that it is.
///
/// It never resolves a name, never follows a redirect, never writes a file, and never asks the rules: it uses the words
/// of `roster` and the frames of `courier.wire`, and judges with code of its own. Only [Egress], which another process
/// runs as a helper, looks names up.
package org.rosterkeep.courier;
