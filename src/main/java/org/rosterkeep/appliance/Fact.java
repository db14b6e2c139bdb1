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

    /// A hash of something that was signed, in hex.
    record Digest(String key, String hex) implements Fact {
        public Digest {
            if (!hex.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("no digest");
            }
        }
    }

    /// A host and a port that a signed text names.
    record Place(String key, String host, int port) implements Fact {
        public Place {
            if (!host.matches("[a-z0-9._-]{1,253}")) {
                throw new IllegalArgumentException("no host");
            }
        }
    }
}
