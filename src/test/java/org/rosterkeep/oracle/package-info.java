/// A second opinion: what a vendor must receive, worked out the naive way from the district's file and the rule's file,
/// by code that shares nothing with the door (`disclosure`, `entitlement`) but the names of the standard.
///
/// Slow and simple on purpose: maps of texts, loops over everything, no ordinals, no editions.
package org.rosterkeep.oracle;
