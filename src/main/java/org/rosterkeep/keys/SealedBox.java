package org.rosterkeep.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals something small to a public key: a fresh pair of the same kind, HKDF-SHA256 over what both sides share,
/// AES-256-GCM. A second secret may be mixed in; without it the private key opens nothing.
final class SealedBox {
    private SealedBox() {}

    /// @param also a second secret that opening needs; empty when there is none
    static byte[] seal(byte[] publicKey, byte[] also, String purpose, byte[] plain, SecureRandom random) {
        BoxKey once = BoxKey.once(publicKey.length, random);
        byte[] point = once.point();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, shared(once, publicKey, point, publicKey, also), purpose, plain);
        byte[] box = Arrays.copyOf(point, point.length + sealed.length);
        System.arraycopy(sealed, 0, box, point.length, sealed.length);
        return box;
    }

    /// @throws KeyFault `WRONG_UNSEALING`
    static byte[] open(BoxKey key, byte[] also, String purpose, byte[] box) {
        byte[] own = key.point();
        if (box.length <= own.length) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "what was sealed to a public key is too short");
        }
        byte[] point = Arrays.copyOf(box, own.length);
        byte[] shared = shared(key, point, point, own, also);
        return crypt(Cipher.DECRYPT_MODE, shared, purpose, Arrays.copyOfRange(box, own.length, box.length));
    }

    /// The same under a key that is there already, with the second secret mixed in.
    static byte[] crypt(int mode, byte[] secret, byte[] also, String purpose, byte[] bytes) {
        return crypt(mode, joined(secret, also), purpose, bytes);
    }

    private static byte[] shared(BoxKey key, byte[] other, byte[] sender, byte[] receiver, byte[] also) {
        byte[] secret = key.agree(other);
        return joined(joined(joined(secret, sender), receiver), also);
    }

    /// Each secret gives a key that is used once, so the nonce may stand still.
    private static byte[] crypt(int mode, byte[] secret, String purpose, byte[] bytes) {
        byte[] key = Derivation.key(secret, purpose);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, new byte[12]));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(bytes);
        } catch (AEADBadTagException e) {
            throw new KeyFault(KeyFault.Code.WRONG_UNSEALING, "what was sealed does not open with these keys", e);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no AES-GCM", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
