package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How a delivery ended.
///
/// @param status what an HTTP server answered
/// @param retryAfter seconds, when it asked to wait
/// @param pin SHA-256 of the key the other side showed, base64
public record Result(
        String delivery,
        Outcome outcome,
        Optional<Integer> status,
        Optional<Integer> retryAfter,
        Code code,
        Optional<String> pin) {
    private static final int STATUS_MIN = 100;
    private static final int STATUS_MAX = 999;
    /// A day; who asks for more is asked again after it.
    private static final int RETRY_MAX = 86_400;

    public enum Outcome {
        /// The other side has it, and said so.
        DELIVERED,
        /// The other side, or the courier, does not want it; the same again would end the same.
        REFUSED,
        /// The other side has not got it; it may be tried again.
        FAILED,
        /// It may have it.
        UNKNOWN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Outcome> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }
    }

    public Result {
        retryAfter = retryAfter.map(seconds -> Math.clamp(seconds, 0, RETRY_MAX));
    }

    public Frame frame() {
        var json = Json.createObjectBuilder()
                .add("delivery", delivery)
                .add("outcome", outcome.word())
                .add("code", code.word());
        status.ifPresent(number -> json.add("status", number));
        retryAfter.ifPresent(seconds -> json.add("retryAfter", seconds));
        pin.ifPresent(text -> json.add("pin", text));
        return Frame.of(Frame.Kind.RESULT, json.build());
    }

    public static Result read(Frame frame) {
        if (frame.kind() != Frame.Kind.RESULT) {
            throw new WireFault(WireFault.Code.KIND);
        }
        Members members = frame.members();
        Result result = new Result(
                members.text("delivery", Members.SHORT),
                members.word("outcome", Outcome::of),
                members.optionalNumber("status", STATUS_MIN, STATUS_MAX).map(Long::intValue),
                members.optionalNumber("retryAfter", 0, RETRY_MAX).map(Long::intValue),
                members.word("code", Code::of),
                members.optionalText("pin", Members.SHORT));
        members.close();
        return result;
    }
}
