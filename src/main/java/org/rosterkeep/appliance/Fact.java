package org.rosterkeep.appliance;

import java.time.Duration;

/// What a log line may carry beside its constant text. Sealed and without free text: a value about a person has no way
/// into a log.
sealed interface Fact {
    /// The key in the log line; a constant.
    String key();

    /// How many.
    record Count(String key, long value) implements Fact {}

    /// How many bytes.
    record Size(String key, long bytes) implements Fact {}

    /// How long it took.
    record Took(String key, Duration value) implements Fact {}

    /// One of a closed list.
    record Code(String key, Enum<?> value) implements Fact {}

    /// The number of an entry, a batch, an edition or a port.
    record Number(String key, long value) implements Fact {}

    /// Which district.
    record In(DistrictName district) implements Fact {
        @Override
        public String key() {
            return "district";
        }
    }
}
