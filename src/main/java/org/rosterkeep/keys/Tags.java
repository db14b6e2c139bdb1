package org.rosterkeep.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/// Names for records outside the database (privacy.md section 8.3): the record's lasting key of 128 bits, turned by a
/// keyed permutation (one block of AES-256 under a key of this purpose alone). Without the district's keys a
/// tag leads to
/// nobody, and another installation has another one; with them it leads back to the very record.
public final class Tags {
    private static final int LENGTH = 16;

    private final SecretKeySpec key;

    Tags(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        Arrays.fill(key, (byte) 0);
    }

    /// 32 hexadecimal digits.
    public String of(long high, long low) {
        byte[] plain = ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
        return HexFormat.of().formatHex(turned(Cipher.ENCRYPT_MODE, plain));
    }

    /// The two halves of the record's key.
    ///
    /// @throws KeyFault `DAMAGED` when this is no tag
    public long[] key(String tag) {
        byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(tag);
        } catch (IllegalArgumentException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "this is no tag of a record", e);
        }
        if (bytes.length != LENGTH) {
            throw new KeyFault(KeyFault.Code.DAMAGED, "this is no tag of a record");
        }
        ByteBuffer plain = ByteBuffer.wrap(turned(Cipher.DECRYPT_MODE, bytes));
        return new long[] {plain.getLong(), plain.getLong()};
    }

    private byte[] turned(int mode, byte[] block) {
        try {
            // One block is a permutation; there is no second block that could look alike.
            Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
            cipher.init(mode, key);
            return cipher.doFinal(block);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no AES", e);
        }
    }
}
