package org.rosterkeep.rules;

import java.time.Instant;
import java.util.Set;

/// A person who has just proved who they are and can sign. Made by `access` at sign-in, and by nobody else.
public interface Signer {
    String operator();

    /// Whether this person's roles allow the act, and the proof is recent enough.
    boolean may(Endorsement.Act act, Instant now);

    /// The words of this person's roles; they become part of what is signed.
    default Set<String> capacities() {
        return Set.of();
    }

    /// An Ed25519 signature over the statement, with this person's own key.
    byte[] sign(byte[] statement);
}
