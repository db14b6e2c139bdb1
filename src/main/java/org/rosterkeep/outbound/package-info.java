/// Deliveries to vendors that do not ask: when something is due, what becomes of it, and the hatch through which the
/// courier fetches it.
///
/// Vocabulary: a *standing* is how far one push target has been told and what is on its way to it; an *errand* is one
/// attempt to deliver; a *dead letter* is a delivery nobody tries any more; the *hatch* is the local socket at
/// which the
/// courier asks for errands.
///
/// Invariant: it keeps references, never a value. A delivery is on record before its first byte, and what is
/// not heard of
/// again may have arrived. A cursor moves only when the target said it has everything.
///
/// It never opens a connection: the courier comes to the hatch.
@NullMarked
package org.rosterkeep.outbound;

import org.jspecify.annotations.NullMarked;
