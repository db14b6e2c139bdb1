package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Aliases;

class KeyRingTest {
    private static final byte[] ID = "s-1".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private Passphrase phrase(String text) {
        return new Passphrase(text.toCharArray(), 256, 1);
    }

    private KeyRing create() {
        return KeyRing.create(directory, phrase("made-up words"), random);
    }

    private KeyRing open() {
        return KeyRing.open(directory, phrase("made-up words"), random);
    }

    private static KeyFault.Code refusal(Runnable act) {
        return assertThrows(KeyFault.class, act::run).code();
    }

    /// Wrapped keys in memory.
    private static final class Drawer implements DomainKeys {
        private final Map<String, byte[]> kept = new HashMap<>();

        @Override
        public Optional<byte[]> wrapped(String domain) {
            return Optional.ofNullable(kept.get(domain));
        }

        @Override
        public void keep(Map<String, byte[]> wrapped) {
            kept.putAll(wrapped);
        }

        @Override
        public void drop(String domain) {
            kept.remove(domain);
        }
    }

    private final Drawer drawer = new Drawer();

    private byte[] outward(KeyRing ring, String domain) {
        byte[] block = ring.records().of(5, ID).bytes();
        new DomainAliases(ring, drawer).of(domain).conceal(block, 1);
        return block;
    }

    @Test
    @DisplayName("gives the same keys after closing and opening")
    void reopens() {
        byte[] block;
        RecordHash.Value key;
        byte[] sealing;
        try (KeyRing ring = create()) {
            block = outward(ring, "reading");
            key = ring.records().of(5, ID);
            sealing = ring.blocks(7, 1).getEncoded();
        }
        try (KeyRing ring = open()) {
            assertArrayEquals(block, outward(ring, "reading"));
            assertEquals(key, ring.records().of(5, ID));
            assertArrayEquals(sealing, ring.blocks(7, 1).getEncoded());
        }
    }

    @Test
    @DisplayName("refuses a wrong passphrase and leaves the key file as it was")
    void wrongPassphrase() throws IOException {
        create().close();
        byte[] before = Files.readAllBytes(directory.resolve("district.keys"));
        assertEquals(
                KeyFault.Code.WRONG_UNSEALING, refusal(() -> KeyRing.open(directory, phrase("other words"), random)));
        assertArrayEquals(before, Files.readAllBytes(directory.resolve("district.keys")));
        open().close();
    }

    @Test
    @DisplayName("knows another method, a missing file and an existing one")
    void otherRefusals() {
        assertEquals(KeyFault.Code.MISSING, refusal(this::open));
        create().close();
        assertEquals(KeyFault.Code.EXISTS, refusal(this::create));
        UnsealingFile file = UnsealingFile.create(directory.resolve("unseal"), random);
        assertEquals(KeyFault.Code.OTHER_METHOD, refusal(() -> KeyRing.open(directory, file, random)));
        assertEquals(List.of("passphrase"), KeyRing.sealedBy(directory));
    }

    @Test
    @DisplayName("tells a torn key file from a wrong passphrase, wherever it is torn")
    void torn() throws IOException {
        create().close();
        Path file = directory.resolve("district.keys");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at += 7) {
            byte[] altered = whole.clone();
            altered[at] ^= 1;
            Files.write(file, altered);
            KeyFault.Code code = refusal(this::open);
            assertTrue(code == KeyFault.Code.DAMAGED || code == KeyFault.Code.NEWER_FORMAT, "byte " + at + ": " + code);
        }
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        assertEquals(KeyFault.Code.DAMAGED, refusal(this::open));
    }

    @Test
    @DisplayName("a rotation changes block and document keys, and nothing that lasts")
    void rotates() {
        try (KeyRing ring = create()) {
            byte[] alias = outward(ring, "reading");
            byte[] blocks = ring.blocks(3, 1).getEncoded();
            byte[] shelf = ring.shelf(1).getEncoded();
            byte[] ledger = ring.ledgerSigner().getPublic().getEncoded();
            assertEquals(2, ring.rotate());
            assertEquals(List.of(1, 2), ring.epochs());
            assertFalse(Arrays.equals(blocks, ring.blocks(3, 2).getEncoded()));
            assertFalse(Arrays.equals(shelf, ring.shelf(2).getEncoded()));
            assertArrayEquals(blocks, ring.blocks(3, 1).getEncoded());
            assertArrayEquals(alias, outward(ring, "reading"));
            assertArrayEquals(ledger, ring.ledgerSigner().getPublic().getEncoded());
        }
        try (KeyRing ring = open()) {
            assertEquals(2, ring.epoch());
            ring.retire();
            assertEquals(List.of(2), ring.epochs());
            assertEquals(KeyFault.Code.NO_SUCH_EPOCH, refusal(() -> ring.blocks(3, 1)));
        }
        try (KeyRing ring = open()) {
            assertEquals(KeyFault.Code.NO_SUCH_EPOCH, refusal(() -> ring.shelf(1)));
        }
    }

    @Test
    @DisplayName("is sealed anew by another method without another key changing")
    void reseals() {
        UnsealingFile file = UnsealingFile.create(directory.resolve("unseal"), random);
        byte[] alias;
        try (KeyRing ring = create()) {
            alias = outward(ring, "reading");
            ring.replace(file);
            assertEquals(List.of("file"), ring.methods());
            ring.rotate();
        }
        assertEquals(KeyFault.Code.OTHER_METHOD, refusal(this::open));
        try (KeyRing ring = KeyRing.open(directory, file, random)) {
            assertArrayEquals(alias, outward(ring, "reading"));
            assertEquals(2, ring.epoch());
        }
    }

    @Test
    @DisplayName("refuses an unsealing file that others may read")
    void openToOthers() throws IOException {
        UnsealingFile file = UnsealingFile.create(directory.resolve("unseal"), random);
        KeyRing.create(directory, file, random).close();
        Files.setPosixFilePermissions(file.file(), PosixFilePermissions.fromString("rw-r-----"));
        assertEquals(KeyFault.Code.OPEN_TO_OTHERS, refusal(() -> KeyRing.open(directory, file, random)));
        assertEquals(KeyFault.Code.EXISTS, refusal(() -> UnsealingFile.create(file.file(), random)));
    }

    @Test
    @DisplayName("writes its files for the owner alone")
    void ownerOnly() throws IOException {
        create().close();
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("district.keys"))));
    }

    @Test
    @DisplayName("gives each space, purpose and domain a key of its own")
    void separates() {
        try (KeyRing ring = create()) {
            assertFalse(Arrays.equals(
                    ring.blocks(1, 1).getEncoded(), ring.blocks(2, 1).getEncoded()));
            assertFalse(Arrays.equals(ring.forRoom("tokens"), ring.forRoom("tags")));
            assertFalse(Arrays.equals(outward(ring, "reading"), outward(ring, "library")));
        }
    }

    @Test
    @DisplayName("signs for the ledger with a key that Java can verify")
    void signs() throws GeneralSecurityException {
        try (KeyRing ring = create()) {
            KeyPair pair = ring.ledgerSigner();
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(ID);
            byte[] signed = signature.sign();
            signature.initVerify(pair.getPublic());
            signature.update(ID);
            assertTrue(signature.verify(signed));
        }
    }

    @Test
    @DisplayName("an alias is recovered by its own domain and by no other")
    void recovers() {
        try (KeyRing ring = create()) {
            byte[] plain = new byte[16 * 1000];
            random.nextBytes(plain);
            byte[] blocks = plain.clone();
            DomainAliases book = new DomainAliases(ring, drawer);
            Aliases reading = book.of("reading");
            reading.conceal(blocks, 1000);
            byte[] one = Arrays.copyOfRange(blocks, 16 * 999, 16 * 1000);
            byte[] other = one.clone();
            reading.recover(one);
            book.of("library").recover(other);
            assertArrayEquals(Arrays.copyOfRange(plain, 16 * 999, 16 * 1000), one);
            assertFalse(Arrays.equals(one, other));
        }
    }

    @Test
    @DisplayName("stretches a passphrase as RFC 9106 says, whatever way its letters were typed")
    void composes() {
        String parameters = "argon2id m=256 t=1 p=1 s=00112233445566778899aabbccddeeff";
        byte[] composed = phrase("caf\u00e9").wrappingKey(parameters);
        byte[] decomposed = phrase("cafe\u0301").wrappingKey(parameters);
        assertArrayEquals(composed, decomposed);
        assertNotEquals(
                HexFormat.of().formatHex(composed),
                HexFormat.of().formatHex(phrase("cafe").wrappingKey(parameters)));
    }

    @Test
    @DisplayName("refuses costs that would stop the machine")
    void bounds() {
        String huge = "argon2id m=2000000000 t=1 p=1 s=00112233445566778899aabbccddeeff";
        assertEquals(KeyFault.Code.DAMAGED, refusal(() -> phrase("x").wrappingKey(huge)));
        assertEquals(KeyFault.Code.DAMAGED, refusal(() -> phrase("x").wrappingKey("pbkdf2")));
    }
}
