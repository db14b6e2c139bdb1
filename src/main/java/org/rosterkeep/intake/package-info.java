/// Deliveries from the source system: read, checked, thinned out and landed.
///
/// Words: *delivery*, one OneRoster CSV set (zip or folder); *finding*, something wrong or unusual and where;
/// *quarantine*,
/// a row put aside, its record left as it was; *held*, removals that wait for a person.
///
/// One invariant: a row lands whole and checked or not at all, and an element that the catalogue does not keep
/// is dropped
/// in memory before anything is written. It never writes a delivery's content to disk, and no finding carries content.
package org.rosterkeep.intake;
