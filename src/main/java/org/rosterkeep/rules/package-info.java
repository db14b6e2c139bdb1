/// Agreements, sharing rules, recipients, and the pure decision whether an ask is allowed.
///
/// Default deny. It never does I/O, reads a clock or logs: the time is part of the question.
package org.rosterkeep.rules;
