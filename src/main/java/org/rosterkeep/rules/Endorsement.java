package org.rosterkeep.rules;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// One person's signature under one version of a rule (decision 20).
///
/// @param at when it was made; part of what is signed
/// @param roles the words of the roles the person had then; part of what is signed, because some signatures count
///     only, or never, by a role. Empty in signatures of earlier versions of the program
/// @param signature Ed25519 over [#statement(Act, String, String, Instant, Set)], in base64
public record Endorsement(String operator, Act act, Instant at, Set<String> roles, String signature) {
    public Endorsement {
        roles = Set.copyOf(roles);
    }

    /// What somebody can say about a version.
    public enum Act {
        /// I wrote this and ask for it.
        PROPOSE,
        /// Let it be.
        APPROVE,
        /// Let it go on after it was stopped.
        RESUME,
        /// This is what I think of it; it approves nothing.
        OPINION,
        /// Let nobody ever tell again whom these ids mean; or let this person be erased.
        FORGET,
        /// Let it take over although it changes much of what the vendor sees.
        RELEASE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Exactly the bytes that are signed. The first line keeps such a signature from meaning anything elsewhere.
    public static byte[] statement(Act act, String hash, String operator, Instant at, Set<String> roles) {
        List<String> lines = new ArrayList<>(List.of(
                "rosterkeep endorsement " + (roles.isEmpty() ? 1 : 2), act.word(), hash, operator, at.toString()));
        if (!roles.isEmpty()) {
            lines.add(String.join(" ", new TreeSet<>(roles)));
        }
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }
}
