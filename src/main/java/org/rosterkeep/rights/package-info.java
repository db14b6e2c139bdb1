/// What the district has decided about single people, classes and schools, and what stands against them in every rule.
///
/// Vocabulary: a *dossier* is all that was decided about one subject, entry by entry; an *entry* is an opt-out, an
/// objection, a restriction, a protection with its exceptions, a consent, a suppression, a contested field, a
/// departure, or the flag of a place that reveals something; *floors* are what follows from all of them for one rule at
/// one moment. An opt-out, an objection, a restriction and a protection are four things and are never merged.
///
/// Invariant: whatever takes away is in force before anything is written; whatever gives back is recorded, then kept,
/// then in force, and takes two signatures where the data file says so. It never holds a value of the roster, and never
/// answers more because a document cannot be read.
package org.rosterkeep.rights;
