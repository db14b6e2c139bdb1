package org.rosterkeep.keys;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;

/// The key of one backup. It is wrapped twice, for the recovery kit and for the running district, and each time under a
/// *share* that lies neither in the backup nor beside it: once the share is destroyed, nobody opens the backup any
/// more, neither with the kit nor with the district's own keys (privacy.md section 8.3).
public final class BackupKey implements AutoCloseable {
    /// How long a share is, in bytes.
    public static final int SHARE = 32;

    /// How long the key is when it is wrapped, without the point before it: itself and the mark of AES-GCM.
    private static final int WRAPPED = 32 + 16;

    private final String id;
    private final byte[] key;

    private BackupKey(String id, byte[] key) {
        this.id = id;
        this.key = key;
    }

    /// A new one.
    ///
    /// @param id of the backup; what is wrapped for one opens no other
    public static BackupKey fresh(String id, SecureRandom random) {
        return new BackupKey(id, Secrets.bytes(random));
    }

    /// Wrapped for whoever has the kit's words and the share.
    public byte[] forKit(Kit kit, byte[] share, SecureRandom random) {
        return SealedBox.seal(kit.point(), share, purpose(id), key, random);
    }

    /// Wrapped for the district while it is open, and for whoever has the share.
    public byte[] forRing(KeyRing ring, byte[] share) {
        return SealedBox.crypt(Cipher.ENCRYPT_MODE, ring.forRoom("backup"), share, purpose(id), key);
    }

    /// @throws KeyFault `WRONG_UNSEALING`
    public static BackupKey byKit(KitCode code, byte[] share, String id, byte[] wrapped) {
        int like = wrapped.length == BoxKey.CURVE25519 + WRAPPED ? BoxKey.CURVE25519 : BoxKey.P256;
        return new BackupKey(id, SealedBox.open(code.key(like), share, purpose(id), wrapped));
    }

    /// @throws KeyFault `WRONG_UNSEALING`
    public static BackupKey byRing(KeyRing ring, byte[] share, String id, byte[] wrapped) {
        return new BackupKey(
                id, SealedBox.crypt(Cipher.DECRYPT_MODE, ring.forRoom("backup"), share, purpose(id), wrapped));
    }

    /// Seals what is written, piece by piece. Closing writes the last piece and closes what is below.
    public OutputStream seal(OutputStream out) {
        return new SealedPieces.Out(out, key, id.getBytes(StandardCharsets.UTF_8));
    }

    /// Opens it again. A piece that was changed, moved or is missing throws [KeyFault] `DAMAGED` before anything of it
    /// is given out; so does an end that is not the end.
    public InputStream open(InputStream in) {
        return new SealedPieces.In(in, key, id.getBytes(StandardCharsets.UTF_8));
    }

    private static String purpose(String id) {
        return "rosterkeep backup " + id;
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    /// Never the key.
    @Override
    public String toString() {
        return "key of backup " + id;
    }
}
