package org.rosterkeep.ledger;

import java.util.OptionalInt;

/// Says whose an enrolment was in an old edition. A source system may hand an enrolment's id to another person, and the
/// answers from before named the first one.
@FunctionalInterface
public interface Holders {
    /// The user's ordinal; empty when this edition is not known any more.
    OptionalInt holder(String rule, long edition, int enrollment);
}
