package org.rosterkeep.ledger;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Arrays;

/// Signs checkpoints with Ed25519 (RFC 8032). The key rests with `keys`; the ledger never sees it.
public interface Signer {
    /// The public key's 32 bytes.
    byte[] publicKey();

    /// The signature's 64 bytes.
    byte[] sign(byte[] message);

    /// Signs with a key pair of the JDK's.
    ///
    /// @param pair of the algorithm Ed25519
    static Signer of(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
        return new Signer() {
            @Override
            public byte[] publicKey() {
                return raw.clone();
            }

            @Override
            public byte[] sign(byte[] message) {
                try {
                    Signature signature = Signature.getInstance("Ed25519");
                    signature.initSign(pair.getPrivate());
                    signature.update(message);
                    return signature.sign();
                } catch (GeneralSecurityException e) {
                    throw new LedgerFault(LedgerFault.Code.BLOCKED, "the ledger's key cannot sign", e);
                }
            }
        };
    }
}
