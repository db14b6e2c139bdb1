package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// How a delivery ended.
///
/// @param status what an HTTP server answered
/// @param retryAfter seconds, when it asked to wait
/// @param pin SHA-256 of the key the other side showed, base64
/// @param headers of an answer that was fetched, those of [#HEADERS] only
public record Result(
        String delivery,
        Outcome outcome,
        Optional<Integer> status,
        Optional<Integer> retryAfter,
        Code code,
        Optional<String> pin,
        Map<String, String> headers) {
    /// What of an answer's head the keep is told: what it is, how much there is, and where it goes on.
    public static final Set<String> HEADERS = Set.of("content-type", "link", "x-total-count");

    private static final int STATUS_MIN = 100;
    private static final int STATUS_MAX = 999;
    /// A day; who asks for more is asked again after it.
    private static final int RETRY_MAX = 86_400;
    private static final int HEADER_MAX = 2048;

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

    /// Nothing was fetched.
    public Result(
            String delivery,
            Outcome outcome,
            Optional<Integer> status,
            Optional<Integer> retryAfter,
            Code code,
            Optional<String> pin) {
        this(delivery, outcome, status, retryAfter, code, pin, Map.of());
    }

    public Result {
        headers = Map.copyOf(headers);
        headers.forEach((name, text) -> {
            if (!HEADERS.contains(name) || !tellable(text)) {
                throw new WireFault("headers");
            }
        });
        retryAfter = retryAfter.map(seconds -> Math.clamp(seconds, 0, RETRY_MAX));
    }

    /// Whether a header is short and plain enough to be told.
    public static boolean tellable(String text) {
        return text.length() <= HEADER_MAX && text.matches("[ -~]+");
    }

    public Frame frame() {
        var json = Json.createObjectBuilder()
                .add("delivery", delivery)
                .add("outcome", outcome.word())
                .add("code", code.word());
        status.ifPresent(number -> json.add("status", number));
        retryAfter.ifPresent(seconds -> json.add("retryAfter", seconds));
        pin.ifPresent(text -> json.add("pin", text));
        if (!headers.isEmpty()) {
            var told = Json.createObjectBuilder();
            new TreeMap<>(headers).forEach(told::add);
            json.add("headers", told);
        }
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
                members.optionalText("pin", Members.SHORT),
                members.optionalPart("headers")
                        .map(part -> part.map(HEADER_MAX))
                        .orElse(Map.of()));
        members.close();
        return result;
    }
}
