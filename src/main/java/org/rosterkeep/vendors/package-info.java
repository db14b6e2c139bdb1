/// The vendors' face: OneRoster 1.1 and 1.2 over HTTPS. A request becomes an [org.rosterkeep.disclosure.Inquiry], the
/// door answers, the answer writes itself.
///
/// Words. A *house* is one district as this face sees it: a door, the credentials behind it, and whether it is open. A
/// *target* is what a path names. A *complaint* is an error in the
/// standard's words. The *porter* watches connections and shows the overdue ones out.
///
/// Invariant: the only bytes about people that this package sends are those a
/// [org.rosterkeep.disclosure.Disclosure] writes into the stream it is given.
///
/// It never reads a roster value, never keeps one, and never tells a stranger why it was refused.
package org.rosterkeep.vendors;
