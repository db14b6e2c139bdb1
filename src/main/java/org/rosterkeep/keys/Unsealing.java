package org.rosterkeep.keys;

import java.security.SecureRandom;

/// How a district is opened: turns what a person or a machine holds into the key that wraps the district's secrets.
///
/// Here: [Passphrase] and [UnsealingFile]. Others (a TPM, a PKCS#11 token, a systemd credential) implement the
/// same three
/// questions; the key file remembers the method's word and parameters beside what it wraps.
public interface Unsealing {
    int KEY_LENGTH = 32;

    /// A stable word, kept in the key file: `passphrase`.
    String method();

    /// Fresh parameters for a new sealing (salt, costs); one line of printable text without secrets.
    String parameters(SecureRandom random);

    /// The wrapping key for these parameters, [#KEY_LENGTH] bytes, the caller's to wipe.
    ///
    /// @throws KeyFault `DAMAGED` when the parameters are not this method's
    byte[] wrappingKey(String parameters);
}
