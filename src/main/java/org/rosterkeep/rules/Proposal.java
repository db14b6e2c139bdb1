package org.rosterkeep.rules;

/// One version of a rule with everything its file says, and the canonical text that people sign.
public record Proposal(Rule rule, Grounds grounds, String text) {}
