/// How personal data ends: where a value of a person can rest, who may have one person erased, what keeps somebody from
/// it, and what is left to show that it was done.
///
/// Vocabulary: the *disposal plan* names every place where a value can rest, and what an erasure does there; an *order*
/// is one person's erasure, from the first signature to the certificate; a *hold* is a legal hold, which stops
/// erasures of one person until two people lift it.
///
/// Invariant: an order that was decided is carried out, whatever is stopped or killed in between. It never
/// holds a name,
/// a value or a sourcedId: an order knows its person by the record's lasting key alone.
package org.rosterkeep.retention;
