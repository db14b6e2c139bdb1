package org.rosterkeep.rules;

import java.time.Instant;

/// A person who has just proved who they are and can sign. Made by `access` at sign-in, and by nobody else.
public interface Signer {
    String operator();

    /// Whether this person's roles allow the act, and the proof is recent enough.
    boolean may(Endorsement.Act act, Instant now);

    /// An Ed25519 signature over the statement, with this person's own key.
    byte[] sign(byte[] statement);
}
