package org.rosterkeep.courier.wire;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// One message on a [Line]: a kind, and up to a megabyte.
///
/// @param body JSON in UTF-8, bytes of a payload, or nothing
public record Frame(Kind kind, byte[] body) {
    private static final int WORDS_MAX = 1 << 14;
    private static final int BODY_MAX = 1 << 20;

    /// Who says what. The letter is the first byte on the line.
    public enum Kind {
        /// The courier's first word: [Hello].
        HELLO('H', WORDS_MAX),
        /// The courier: give me the next order.
        NEXT('N', 0),
        /// The keep: an [Order].
        ORDER('O', BODY_MAX),
        /// The courier: the grant is good and my connection stands; send the payload.
        GO('G', 0),
        /// The courier: I will not; [Refusal].
        REFUSE('F', WORDS_MAX),
        /// The keep: some of the payload.
        PAYLOAD('P', BODY_MAX),
        /// The keep: that was all of it; [End].
        END('E', WORDS_MAX),
        /// The keep: stop at once.
        STOP('X', 0),
        /// The courier: some of what the other side answered.
        BODY('B', BODY_MAX),
        /// The courier: that was all of it; [End].
        BODY_END('Z', WORDS_MAX),
        /// The courier: how it ended; [Result].
        RESULT('R', WORDS_MAX);

        private final byte letter;
        private final int bytesMax;

        Kind(char letter, int bytesMax) {
            this.letter = (byte) letter;
            this.bytesMax = bytesMax;
        }

        byte letter() {
            return letter;
        }

        /// The longest body of this kind.
        public int bytesMax() {
            return bytesMax;
        }

        static Optional<Kind> of(byte letter) {
            return Arrays.stream(values()).filter(one -> one.letter == letter).findFirst();
        }
    }

    public Frame {
        if (body.length > kind.bytesMax()) {
            throw new WireFault(WireFault.Code.LENGTH);
        }
    }

    /// A frame that says nothing but its kind.
    public static Frame of(Kind kind) {
        return new Frame(kind, new byte[0]);
    }

    public static Frame of(Kind kind, JsonObject json) {
        return new Frame(kind, json.toString().getBytes(StandardCharsets.UTF_8));
    }

    /// The body as a JSON object; [Kind#STOP] and the like have none.
    Members members() {
        return Members.read(body, kind.bytesMax());
    }
}
