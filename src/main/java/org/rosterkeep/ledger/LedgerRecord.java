package org.rosterkeep.ledger;

import java.time.Instant;
import java.util.Map;
import org.rosterkeep.disclosure.Entry;

/// One record of the ledger, read back.
public sealed interface LedgerRecord {
    /// Its place, counted from 1 without gaps.
    long number();

    Instant at();

    /// An answer the door gave or refused.
    ///
    /// @param reference how many-eth of its client's (of its channel) it was
    record Disclosed(long number, Instant at, long reference, Entry entry) implements LedgerRecord {}

    /// What a person or the appliance did.
    record Act(long number, Instant at, String kind, String actor, Map<String, String> facts) implements LedgerRecord {
        /// The clock was moved back, and nothing leaves; `shows` says where it stands.
        public static final String CLOCK_DISTRUSTED = "clock.distrusted";
        /// An operator vouched for it.
        public static final String CLOCK_CONFIRMED = "clock.confirmed";
        /// The disk is full, and nothing leaves.
        public static final String FULL = "ledger.full";
        /// It is not any more.
        public static final String ROOM_AGAIN = "ledger.room-again";

        public Act {
            facts = Map.copyOf(facts);
        }
    }

    /// A signature over everything before it, and what a reader must know to begin here.
    ///
    /// @param head hash of the record before, hex
    /// @param key the public key that verifies it, hex
    /// @param counters the references given so far
    record Checkpoint(long number, Instant at, String head, String key, Map<String, Long> counters, String signature)
            implements LedgerRecord {
        public Checkpoint {
            counters = Map.copyOf(counters);
        }
    }
}
