/// The words of OneRoster: entities, fields, records, and personal values as a type of their own.
///
/// It depends on the JDK (and sets of ordinals) only, and never does I/O.
package org.rosterkeep.roster;
