package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The key of a backup, and what it seals.
class BackupKeyTest {
    private static final String ID = "20260301T000000Z-abcdef";
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private KeyRing ring(String name) {
        return KeyRing.create(directory.resolve(name), new Passphrase("words".toCharArray(), 256, 1), random);
    }

    private byte[] share() {
        return Secrets.bytes(random);
    }

    private static byte[] sealed(BackupKey key, byte[] plain) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var sealing = key.seal(out)) {
            sealing.write(plain);
        }
        return out.toByteArray();
    }

    private static byte[] opened(BackupKey key, byte[] sealed) throws IOException {
        try (var in = key.open(new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    @Test
    @DisplayName("kit and district open it with the share, and neither without: another share, another id, another kit")
    void wrapped() throws IOException {
        try (var ring = ring("one");
                var other = ring("two");
                var key = BackupKey.fresh(ID, random);
                var code = KitCode.fresh(random)) {
            var share = share();
            var kit = Kit.of(code, "d", NOW, "1", NOW);
            var forKit = key.forKit(kit, share, random);
            var forRing = key.forRing(ring, share);
            var sealed = sealed(key, new byte[] {1, 2, 3});
            assertArrayEquals(new byte[] {1, 2, 3}, opened(BackupKey.byKit(code, share, ID, forKit), sealed));
            assertArrayEquals(new byte[] {1, 2, 3}, opened(BackupKey.byRing(ring, share, ID, forRing), sealed));
            refused(() -> BackupKey.byKit(code, share(), ID, forKit));
            refused(() -> BackupKey.byKit(code, share, "another", forKit));
            refused(() -> BackupKey.byKit(KitCode.fresh(random), share, ID, forKit));
            refused(() -> BackupKey.byRing(ring, share(), ID, forRing));
            refused(() -> BackupKey.byRing(other, share, ID, forRing));
        }
    }

    private static void refused(Runnable act) {
        assertEquals(
                KeyFault.Code.WRONG_UNSEALING,
                assertThrows(KeyFault.class, act::run).code());
    }

    @Test
    @DisplayName("every length comes back; a changed, exchanged, dropped or added piece does not")
    void pieces() throws IOException {
        try (var key = BackupKey.fresh(ID, random)) {
            for (int length : new int[] {0, 1, 65_535, 65_536, 65_537, 200_000}) {
                var plain = new byte[length];
                random.nextBytes(plain);
                assertArrayEquals(plain, opened(key, sealed(key, plain)));
            }
            var plain = new byte[3 * 65_536];
            var sealed = sealed(key, plain);
            int piece = 4 + 65_536 + 16;
            var changed = sealed.clone();
            changed[piece + 100] ^= 1;
            damaged(key, changed);
            var exchanged = sealed.clone();
            System.arraycopy(sealed, 0, exchanged, piece, piece);
            System.arraycopy(sealed, piece, exchanged, 0, piece);
            damaged(key, exchanged);
            damaged(key, Arrays.copyOf(sealed, piece));
            damaged(key, Arrays.copyOf(sealed, piece + 10));
            damaged(key, Arrays.copyOf(sealed, sealed.length + 1));
            var dropped = Arrays.copyOf(sealed, sealed.length - piece);
            System.arraycopy(sealed, 2 * piece, dropped, piece, sealed.length - 2 * piece);
            damaged(key, dropped);
        }
    }

    private static void damaged(BackupKey key, byte[] sealed) {
        assertEquals(
                KeyFault.Code.DAMAGED,
                assertThrows(KeyFault.class, () -> opened(key, sealed)).code());
    }

    @Test
    @DisplayName("a tag leads back to its record in its own installation, and looks like another one in every other")
    void tags() {
        try (var one = ring("one");
                var two = ring("two")) {
            var tag = one.tags().of(7, -9);
            assertArrayEquals(new long[] {7, -9}, one.tags().key(tag));
            assertNotEquals(tag, two.tags().of(7, -9));
            assertNotEquals(tag, one.tags().of(7, 9));
            assertThrows(KeyFault.class, () -> one.tags().key("no tag"));
        }
    }
}
