package org.rosterkeep.keys;

import java.security.SecureRandom;
import java.util.Arrays;

/// Unsealing by a PKCS#11 token: 32 random bytes that rest encrypted by a key which never leaves the token. The
/// token is
/// asked where it can be reached, by whoever unseals; what arrives here is what it decrypted.
public final class TokenSecret implements Unsealing, AutoCloseable {
    private final byte[] secret;
    private final String rest;

    /// @param secret copied; the caller may wipe its own at once
    /// @param rest which key of which token encrypted it, and what came of it: printable text
    ///
    /// @throws KeyFault `DAMAGED` when it is not 32 bytes, or `rest` is not one line of printable text
    public TokenSecret(byte[] secret, String rest) {
        if (secret.length != KEY_LENGTH || !Way.printable(rest)) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "what the token brought is not of the right form");
        }
        this.secret = secret.clone();
        this.rest = rest;
    }

    @Override
    public String method() {
        return "token";
    }

    @Override
    public String parameters(SecureRandom random) {
        return rest;
    }

    @Override
    public byte[] wrappingKey(String parameters) {
        return Derivation.key(secret, "rosterkeep token " + parameters);
    }

    @Override
    public void close() {
        Arrays.fill(secret, (byte) 0);
    }
}
