package org.rosterkeep.rules;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/// One person's signature under one version of a rule (decision 20).
///
/// @param at when it was made; part of what is signed
/// @param signature Ed25519 over [#statement(Act, String, String, Instant)], in base64
public record Endorsement(String operator, Act act, Instant at, String signature) {
    /// What somebody can say about a version.
    public enum Act {
        /// I wrote this and ask for it.
        PROPOSE,
        /// Let it be.
        APPROVE,
        /// Let it go on after it was stopped.
        RESUME;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Exactly the bytes that are signed. The first line keeps such a signature from meaning anything elsewhere.
    public static byte[] statement(Act act, String hash, String operator, Instant at) {
        return String.join("\n", "rosterkeep endorsement 1", act.word(), hash, operator, at.toString())
                .getBytes(StandardCharsets.UTF_8);
    }
}
