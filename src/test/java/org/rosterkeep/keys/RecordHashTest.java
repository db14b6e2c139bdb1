package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.macs.SipHash128;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecordHashTest {
    private static String hex(RecordHash hash, int kind, byte[] id) {
        return HexFormat.of().formatHex(hash.of(kind, id).bytes());
    }

    @Test
    @DisplayName("gives the published vector of SipHash-2-4-128 for fifteen bytes")
    void vector() {
        byte[] key = new byte[16];
        byte[] rest = new byte[14];
        for (int i = 0; i < 16; i++) {
            key[i] = (byte) i;
        }
        for (int i = 0; i < 14; i++) {
            rest[i] = (byte) (i + 1);
        }
        assertEquals("5493e99933b0a8117e08ec0f97cfc3d9", hex(new RecordHash(key), 0, rest));
    }

    @Test
    @DisplayName("agrees with Bouncy Castle's for ids of every length")
    void agrees() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] key = new byte[16];
        random.nextBytes(key);
        RecordHash hash = new RecordHash(key);
        for (int length = 0; length < 300; length++) {
            byte[] id = new byte[length];
            random.nextBytes(id);
            int kind = random.nextInt(256);
            SipHash128 theirs = new SipHash128();
            theirs.init(new KeyParameter(key));
            theirs.update((byte) kind);
            theirs.update(id, 0, length);
            byte[] out = new byte[16];
            theirs.doFinal(out, 0);
            assertEquals(HexFormat.of().formatHex(out), hex(hash, kind, id), "seed " + seed + ", length " + length);
        }
    }
}
