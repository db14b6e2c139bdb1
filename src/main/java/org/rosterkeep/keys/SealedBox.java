package org.rosterkeep.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;

/// Seals something small to a public key: a fresh X25519 pair, HKDF-SHA256 over what both sides share, AES-256-GCM. A
/// second secret may be mixed in; without it the private key opens nothing.
final class SealedBox {
    private static final int POINT = 32;

    private SealedBox() {}

    /// @param also a second secret that opening needs; empty when there is none
    static byte[] seal(byte[] publicKey, byte[] also, String purpose, byte[] plain, SecureRandom random) {
        X25519PrivateKeyParameters once = new X25519PrivateKeyParameters(random);
        byte[] point = once.generatePublicKey().getEncoded();
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, shared(once, publicKey, point, publicKey, also), purpose, plain);
        byte[] box = Arrays.copyOf(point, POINT + sealed.length);
        System.arraycopy(sealed, 0, box, POINT, sealed.length);
        return box;
    }

    /// @throws KeyFault `WRONG_UNSEALING`
    static byte[] open(X25519PrivateKeyParameters key, byte[] also, String purpose, byte[] box) {
        if (box.length <= POINT) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "what was sealed to the kit is too short");
        }
        byte[] point = Arrays.copyOf(box, POINT);
        byte[] own = key.generatePublicKey().getEncoded();
        byte[] shared = shared(key, point, point, own, also);
        return crypt(Cipher.DECRYPT_MODE, shared, purpose, Arrays.copyOfRange(box, POINT, box.length));
    }

    /// The same under a key that is there already, with the second secret mixed in.
    static byte[] crypt(int mode, byte[] secret, byte[] also, String purpose, byte[] bytes) {
        return crypt(mode, joined(secret, also), purpose, bytes);
    }

    private static byte[] shared(
            X25519PrivateKeyParameters key, byte[] other, byte[] sender, byte[] receiver, byte[] also) {
        X25519Agreement agreement = new X25519Agreement();
        agreement.init(key);
        byte[] secret = new byte[agreement.getAgreementSize()];
        agreement.calculateAgreement(new X25519PublicKeyParameters(other, 0), secret, 0);
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
