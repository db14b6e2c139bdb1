package org.rosterkeep.access;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Seals bytes under a password: Argon2id, or PBKDF2 where only approved algorithms are permitted, makes 64
/// bytes of it, of which one half is kept hashed, to know the password
/// by, and the other half is the AES-256-GCM key. One derivation at a time: each takes as much memory as is set, and a
/// crowd at the door must not take it all.
final class PasswordSeal {
    private static final int SALT = 16;
    private static final int NONCE = 12;
    private static final int HALF = 32;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;
    private final Semaphore derivations = new Semaphore(1);

    PasswordSeal(SecureRandom random) {
        this.random = random;
    }

    /// What a derivation costs whoever tries.
    ///
    /// @param memory in KiB; 0 for PBKDF2 with HMAC-SHA-512, which takes none and is among the approved algorithms
    record Cost(int memory, int passes, int lanes) {
        boolean approved() {
            return memory == 0;
        }
    }

    /// Sealed bytes with all that is needed to open them but the password.
    record Sealed(Cost cost, byte[] salt, byte[] verifier, byte[] nonce, byte[] text) {}

    Sealed seal(char[] password, byte[] clear, Cost cost) {
        byte[] salt = bytes(SALT);
        byte[] nonce = bytes(NONCE);
        byte[] derived = derive(password, salt, cost);
        try {
            byte[] text = cipher(Cipher.ENCRYPT_MODE, derived, nonce).doFinal(clear);
            return new Sealed(cost, salt, verifier(derived), nonce, text);
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /// Empty when it is the wrong password.
    Optional<byte[]> open(char[] password, Sealed sealed) {
        byte[] derived = derive(password, sealed.salt(), sealed.cost());
        try {
            boolean right = MessageDigest.isEqual(verifier(derived), sealed.verifier());
            return right
                    ? Optional.of(
                            cipher(Cipher.DECRYPT_MODE, derived, sealed.nonce()).doFinal(sealed.text()))
                    : Optional.empty();
        } catch (AEADBadTagException e) {
            throw new AccessFault(AccessFault.Code.DOCUMENT_DAMAGED);
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        } finally {
            Arrays.fill(derived, (byte) 0);
        }
    }

    /// The same work for nothing: a name that is unknown must not answer sooner than a wrong password.
    void pretend(char[] password, Cost cost) {
        Arrays.fill(derive(password, new byte[SALT], cost), (byte) 0);
    }

    private byte[] derive(char[] password, byte[] salt, Cost cost) {
        return cost.approved() ? pbkdf2(password, salt, cost.passes()) : argon(password, salt, cost);
    }

    private byte[] pbkdf2(char[] password, byte[] salt, int rounds) {
        var spec = new PBEKeySpec(password, salt, rounds, 2 * HALF * Byte.SIZE);
        derivations.acquireUninterruptibly();
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        } finally {
            derivations.release();
            spec.clearPassword();
        }
    }

    private byte[] argon(char[] password, byte[] salt, Cost cost) {
        byte[] bytes = utf8(password);
        byte[] derived = new byte[2 * HALF];
        derivations.acquireUninterruptibly();
        try {
            var argon = new Argon2BytesGenerator();
            argon.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memory())
                    .withIterations(cost.passes())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build());
            argon.generateBytes(bytes, derived);
            return derived;
        } finally {
            derivations.release();
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /// Without a String in between, which could not be wiped.
    private static byte[] utf8(char[] password) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        encoded.clear();
        encoded.put(new byte[encoded.capacity()]);
        return bytes;
    }

    private static byte[] verifier(byte[] derived) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(derived, HALF));
    }

    private static Cipher cipher(int mode, byte[] derived, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(derived, HALF, HALF, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
