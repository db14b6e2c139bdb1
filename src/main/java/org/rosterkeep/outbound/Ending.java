package org.rosterkeep.outbound;

import java.time.Duration;
import java.util.Optional;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;

/// How an attempt ended, in words of ours.
///
/// @param code a word of a closed list
/// @param status what an HTTP server answered
/// @param pin of the key the other side showed
record Ending(Result.Outcome kind, String code, Optional<Integer> status, Duration retryAfter, Optional<String> pin) {
    static Ending of(Result result) {
        return new Ending(
                result.outcome(),
                result.code().word(),
                result.status(),
                result.retryAfter().map(Duration::ofSeconds).orElse(Duration.ZERO),
                result.pin());
    }

    static Ending of(Refusal refusal) {
        return new Ending(
                Result.Outcome.FAILED, refusal.code().word(), Optional.empty(), Duration.ZERO, Optional.empty());
    }

    static Ending of(String why) {
        return new Ending(Result.Outcome.UNKNOWN, why, Optional.empty(), Duration.ZERO, Optional.empty());
    }

    /// Whether the same again would end the same: what people signed does not fit what is to be done.
    boolean lasting() {
        return Code.of(code)
                .filter(known -> switch (known) {
                    case GRANT_UNREADABLE, GRANT_UNSIGNED, GRANT_TARGET, GRANT_FIELDS, ADDRESS_FORBIDDEN -> true;
                    default -> false;
                })
                .isPresent();
    }

    String words() {
        return status.map(number -> code + " " + number).orElse(code);
    }
}
