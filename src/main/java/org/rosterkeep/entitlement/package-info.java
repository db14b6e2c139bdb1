/// What a client may see now, numbered.
///
/// Vocabulary: *views* are the records inside a rule's scope, as sets of ordinals; a *lens* is the part of a rule that
/// decides how a record looks; a *track* says for one entity which records a client sees, which it saw before, and when
/// each last changed in its eyes; an *edition* is all of that under one number. The *census* is the roster's
/// shape as the
/// store tells it, and *looks* is the one question this package may ask about values: did they change?
/// A *hold* is what of a view waits because it is more at once than the *guard* lets pass; what is *held* in an edition
/// is shown as it was, or not yet.
///
/// Invariant: the number, the instants and the sets of an edition depend on nothing the client may not see.
///
/// Never: sees a value.
@NullMarked
package org.rosterkeep.entitlement;

import org.jspecify.annotations.NullMarked;
