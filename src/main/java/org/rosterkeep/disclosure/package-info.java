/// The door. Nothing personal leaves the house by any other way.
///
/// Read in this order, and you have read the claim: [Inquiry] is asked; the rules answer with a
/// [org.rosterkeep.rules.Decision]; an allowance makes a [Permit]; [Records] reads by permits only; [Account] turns an
/// entry into a [Receipt] once it is durable; permit and receipt together are [Cleared], the one [Disclosure], which
/// writes itself; [Gate] does these steps in one method; [Outcome] is what the caller gets.
///
/// Vocabulary: an *outward id* is what one client sees instead of our key for a record ([Names]); a *form* writes a
/// record as one client may see it; a *listing* is a collection's records in order; a *tombstone* stands for a record
/// that left the view; a *glance* is a read whose rows never leave, only conclusions drawn from them.
///
/// Invariant: bytes need a disclosure, a disclosure needs a permit and a receipt, a permit needs an allowance,
/// a receipt
/// needs the ledger's number.
///
/// Never: knows SQL, HTTP, cryptography or a template; releases a value a filter was not allowed to ask for.
@NullMarked
package org.rosterkeep.disclosure;

import org.jspecify.annotations.NullMarked;
