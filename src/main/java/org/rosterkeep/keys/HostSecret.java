package org.rosterkeep.keys;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/// Unsealing by something this machine alone brings out: 32 random bytes that systemd keeps encrypted with the
/// machine's
/// TPM2, or with its host key, and hands to the service when it starts. One secret serves all districts of an
/// appliance.
public final class HostSecret implements Unsealing, AutoCloseable {
    /// The credential's name, for systemd and for the file it is handed over in.
    public static final String NAME = "rosterkeep.unseal";

    private final byte[] secret;

    /// @param secret copied; the caller may wipe its own at once
    ///
    /// @throws KeyFault `WRONG_UNSEALING` when it is not 32 bytes
    public HostSecret(byte[] secret) {
        if (secret.length != KEY_LENGTH) {
            throw new KeyFault(
                    KeyFault.Code.WRONG_UNSEALING, "the host's credential does not hold " + KEY_LENGTH + " bytes");
        }
        this.secret = secret.clone();
    }

    @Override
    public String method() {
        return "host";
    }

    @Override
    public String parameters(SecureRandom random) {
        byte[] salt = new byte[16];
        random.nextBytes(salt);
        return "hkdf-sha256 s=" + HexFormat.of().formatHex(salt);
    }

    @Override
    public byte[] wrappingKey(String parameters) {
        return Derivation.key(secret, "rosterkeep host credential " + parameters);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }
}
