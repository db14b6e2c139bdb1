package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.rosterkeep.keys.KeyRing;

/// Turns plain blocks into sealed ones and back: AES-256-GCM of the JDK, 96 random bits of nonce before the ciphertext,
/// and the block's place (space, block, version, epoch) as associated data, so that a block moved to another place does
/// not open there.
final class Seal {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final SecureRandom random;
    private final ConcurrentLinkedQueue<Cipher> idle = new ConcurrentLinkedQueue<>();

    Seal(KeyRing keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    Sealed block(int space, int block, long version, byte[] plain) {
        int epoch = keys.epoch();
        return new Sealed(epoch, close(keys.blocks(space, epoch), place(space, block, version, epoch), plain));
    }

    byte[] openBlock(int space, int block, long version, Sealed sealed) {
        SecretKeySpec key = keys.blocks(space, sealed.epoch());
        return open(key, place(space, block, version, sealed.epoch()), sealed.data());
    }

    Sealed document(byte[] name, byte[] plain) {
        int epoch = keys.epoch();
        return new Sealed(epoch, close(keys.shelf(epoch), place(name, epoch), plain));
    }

    byte[] openDocument(byte[] name, Sealed sealed) {
        return open(keys.shelf(sealed.epoch()), place(name, sealed.epoch()), sealed.data());
    }

    int epoch() {
        return keys.epoch();
    }

    private byte[] close(SecretKeySpec key, byte[] place, byte[] plain) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] data = new byte[NONCE + plain.length + TAG_BITS / 8];
        System.arraycopy(nonce, 0, data, 0, NONCE);
        Cipher cipher = take();
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place);
            cipher.doFinal(plain, 0, plain.length, data, NONCE);
        } catch (GeneralSecurityException e) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "a block could not be sealed", e);
        }
        idle.offer(cipher);
        return data;
    }

    private byte[] open(SecretKeySpec key, byte[] place, byte[] data) {
        Cipher cipher = take();
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, data, 0, NONCE));
            cipher.updateAAD(place);
            byte[] plain = cipher.doFinal(data, NONCE, data.length - NONCE);
            idle.offer(cipher);
            return plain;
        } catch (AEADBadTagException e) {
            throw new VaultFault(
                    VaultFault.Code.REPAIR_NEEDED, "a stored block was altered, moved or sealed by other keys", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new VaultFault(VaultFault.Code.REPAIR_NEEDED, "a stored block cannot be opened", e);
        }
    }

    private Cipher take() {
        Cipher cipher = idle.poll();
        if (cipher != null) {
            return cipher;
        }
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "this Java runtime has no AES-GCM", e);
        }
    }

    private static byte[] place(int space, int block, long version, int epoch) {
        return ByteBuffer.allocate(20)
                .putInt(space)
                .putInt(block)
                .putLong(version)
                .putInt(epoch)
                .array();
    }

    private static byte[] place(byte[] name, int epoch) {
        return ByteBuffer.allocate(name.length + 4).put(name).putInt(epoch).array();
    }
}
