/// Agreements, rules, recipients, and the pure decision.
///
/// Vocabulary: a *rule* gives some fields of some people to one client for one purpose; an *agreement* is the
/// ceiling of
/// every rule under it; a *proposal* is a rule with everything its file says; an *endorsement* is one person's
/// signature
/// under a proposal; the *charter* is what the law lets a rule say, kept as data; a *snapshot* is all of it at one
/// moment.
///
/// Invariant: what nobody has permitted is refused, and a stop takes effect before anything is written
/// anywhere. It never
/// does I/O of its own, reads no clock and logs nothing.
package org.rosterkeep.rules;
