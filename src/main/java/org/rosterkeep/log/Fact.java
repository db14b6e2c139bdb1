package org.rosterkeep.log;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.time.Duration;

/// What a log line may carry beside its event. Sealed and without free text: a value about a person has no way into a
/// log.
public sealed interface Fact {
    /// The key in the log line; a constant.
    String key();

    /// How many.
    record Count(@CompileTimeConstant String key, long value) implements Fact {}

    /// How many bytes.
    record Size(@CompileTimeConstant String key, long bytes) implements Fact {}

    /// How long it took.
    record Took(@CompileTimeConstant String key, Duration value) implements Fact {}

    /// One of a closed list.
    record Code(@CompileTimeConstant String key, Enum<?> value) implements Fact {}

    /// The number of an entry, a batch, an edition or a port.
    record Number(@CompileTimeConstant String key, long value) implements Fact {}

    /// Which district: the plain word its addresses have.
    record In(String district) implements Fact {
        public In {
            if (!district.matches("[a-z][a-z0-9._-]{0,160}")) {
                throw new IllegalArgumentException("no district");
            }
        }

        @Override
        public String key() {
            return "district";
        }
    }

    /// A verb out of the table of verbs.
    record Verb(String value) implements Fact {
        public Verb {
            if (!value.matches("[a-z][a-z -]{0,60}")) {
                throw new IllegalArgumentException("no verb");
            }
        }

        @Override
        public String key() {
            return "verb";
        }
    }

    /// A hash of something that was signed, in hex.
    record Digest(@CompileTimeConstant String key, String hex) implements Fact {
        public Digest {
            if (!hex.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("no digest");
            }
        }
    }

    /// A host and a port that a signed text names.
    record Place(@CompileTimeConstant String key, String host, int port) implements Fact {
        public Place {
            if (!host.matches("[a-z0-9._-]{1,253}")) {
                throw new IllegalArgumentException("no host");
            }
        }
    }
}
