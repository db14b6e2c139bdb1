package org.rosterkeep.keys;

import java.security.SecureRandom;

/// How a district is opened: turns what a person or a machine holds into the key that unwraps the district's secrets.
/// These are all there are; a district may have several ways at once, and each of them is enough.
public sealed interface Unsealing permits Passphrase, UnsealingFile, HostSecret, Shares, TokenSecret {
    int KEY_LENGTH = 32;

    /// A stable word, kept in the key file: `passphrase`.
    String method();

    /// Fresh parameters for a new sealing (salt, costs); one line of printable text without secrets.
    String parameters(SecureRandom random);

    /// The wrapping key for these parameters, [#KEY_LENGTH] bytes, the caller's to wipe.
    ///
    /// @throws KeyFault `DAMAGED` when the parameters are not this method's
    byte[] wrappingKey(String parameters);

    /// Whether a district may have several of this method at once.
    default boolean severalOf() {
        return false;
    }
}
