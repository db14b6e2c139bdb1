/// From a file to a batch: parse, check, compare, quarantine, hold, apply.
///
/// Every finding is file, line, column and code. It never repeats the content of a cell.
package org.rosterkeep.intake;
