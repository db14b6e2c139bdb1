package org.rosterkeep.outbound;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;

/// One thing that the courier is to ask for and bring.
public interface Fetch {
    Order order();

    /// Why it must not go on; empty while it may. Asked several times a second.
    Optional<String> objection();

    /// Some of what the other side gave. What is thrown here breaks the fetch off.
    void take(byte[] piece);

    /// Called exactly once, last.
    void ended(Ended how);

    /// How it ended.
    ///
    /// @param code a word of a closed list, the courier's or ours
    /// @param status what an HTTP server answered
    /// @param headers of the answer, those of [Result#HEADERS] only
    /// @param whole whether all that the other side gave came through unchanged
    record Ended(
            Result.Outcome outcome,
            String code,
            Optional<Integer> status,
            Duration retryAfter,
            Map<String, String> headers,
            boolean whole) {
        public Ended {
            headers = Map.copyOf(headers);
        }

        public static Ended of(Result.Outcome outcome, String code) {
            return new Ended(outcome, code, Optional.empty(), Duration.ZERO, Map.of(), false);
        }

        static Ended of(Result result, boolean whole) {
            return new Ended(
                    result.outcome(),
                    result.code().word(),
                    result.status(),
                    result.retryAfter().map(Duration::ofSeconds).orElse(Duration.ZERO),
                    result.headers(),
                    whole);
        }

        public String words() {
            return status.map(number -> code + " " + number).orElse(code);
        }
    }
}
