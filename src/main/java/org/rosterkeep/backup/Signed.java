package org.rosterkeep.backup;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// Ed25519 by the key that signs the district's ledger, and hashes.
final class Signed {
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");

    private Signed() {}

    static byte[] sign(KeyPair pair, byte[] text) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new BackupFault(BackupFault.Code.UNAVAILABLE, "the district's key cannot sign", e);
        }
    }

    /// @param publicKey 32 bytes, hex
    static boolean verifies(String publicKey, byte[] text, String signature) {
        try {
            byte[] raw = HexFormat.of().parseHex(publicKey);
            byte[] encoded = Arrays.copyOf(SPKI, SPKI.length + raw.length);
            System.arraycopy(raw, 0, encoded, SPKI.length, raw.length);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(text);
            return verifier.verify(HexFormat.of().parseHex(signature));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    static String publicKey(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return HexFormat.of().formatHex(encoded, encoded.length - 32, encoded.length);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new BackupFault(BackupFault.Code.UNAVAILABLE, "this Java runtime has no SHA-256", e);
        }
    }
}
