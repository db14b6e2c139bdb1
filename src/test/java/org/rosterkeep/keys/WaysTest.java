package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several ways of unsealing one district.
class WaysTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private Passphrase phrase(String text) {
        return new Passphrase(text.toCharArray(), 256, 1);
    }

    private HostSecret host(int seed) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) seed);
        return new HostSecret(secret);
    }

    private Path file() {
        return directory.resolve("district.keys");
    }

    private static KeyFault.Code refusal(Runnable act) {
        return assertThrows(KeyFault.class, act::run).code();
    }

    private byte[] shelf(Unsealing unsealing) {
        try (var ring = KeyRing.open(directory, unsealing, random)) {
            return ring.shelf(ring.epoch()).getEncoded();
        }
    }

    @Test
    @DisplayName("each way opens by itself, through rotations that nobody unsealed anything for, and none is another's")
    void several() {
        var shares = Shares.split(2, 3, random);
        var token = new TokenSecret(new byte[32], "token=made-up key=district");
        try (var ring = KeyRing.create(directory, phrase("made-up words"), random)) {
            ring.add(UnsealingFile.create(directory.resolve("unseal.key"), random));
            ring.add(host(1));
            ring.add(shares);
            ring.add(token);
            ring.add(phrase("another person's words"));
            ring.rotate();
            ring.retire();
        }
        byte[] key = shelf(phrase("made-up words"));
        var facts = Shares.Facts.of(KeyRing.waysAt(directory).get(3).parameters());
        for (var unsealing : List.of(
                phrase("another person's words"),
                new UnsealingFile(directory.resolve("unseal.key")),
                host(1),
                Shares.gathered(shares.shares().subList(1, 3), facts),
                token)) {
            assertArrayEquals(key, shelf(unsealing), unsealing.method());
        }
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(host(2))));
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(phrase("a stranger's words"))));
        assertEquals(6, KeyRing.sealedBy(directory).size());
    }

    @Test
    @DisplayName(
            "a way that was taken away opens nothing, and what it knew does not help with the file that came after")
    void removed() throws IOException {
        String gone;
        try (var ring = KeyRing.create(directory, phrase("made-up words"), random)) {
            gone = ring.add(host(1)).id();
            ring.remove(gone);
            assertEquals(KeyFault.Code.NO_SUCH_WAY, refusal(() -> ring.remove(gone)));
        }
        assertEquals(KeyFault.Code.OTHER_METHOD, refusal(() -> shelf(host(1))));
        var text = Files.readString(file(), StandardCharsets.US_ASCII);
        assertFalse(text.contains(gone));
        try (var ring = KeyRing.open(directory, phrase("made-up words"), random)) {
            ring.add(host(3));
        }
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(host(1))));
    }

    @Test
    @DisplayName("every writing takes a new master key: an old one opens nothing of what took its place")
    void newMaster() {
        try (var ring = KeyRing.create(directory, phrase("made-up words"), random)) {
            ring.add(host(1));
            var before = (KeyFile.Present) new KeyFile(directory).read();
            ring.remove(before.ways().get(1).id());
            var after = (KeyFile.Present) new KeyFile(directory).read();
            // The box of before, which its owner can still open, in the file of now.
            var mixed = new KeyFile.Present(before.ways(), before.boxes(), after.head(), after.wrapped());
            assertEquals(KeyFault.Code.DAMAGED, refusal(() -> mixed.open(host(1))));
            assertEquals(1, before.open(host(1)).secrets().epoch());
        }
    }

    @Test
    @DisplayName("the last way stays; a second key file, host or set of shares is refused, a second passphrase is not")
    void bounds() {
        try (var ring = KeyRing.create(directory, host(1), random)) {
            var last = ring.ways().getFirst().id();
            assertEquals(KeyFault.Code.LAST_WAY, refusal(() -> ring.remove(last)));
            assertEquals(KeyFault.Code.EXISTS, refusal(() -> ring.add(host(2))));
            while (ring.ways().size() < Way.MOST) {
                ring.add(phrase("words " + ring.ways().size()));
            }
            assertEquals(KeyFault.Code.EXISTS, refusal(() -> ring.add(phrase("one too many"))));
        }
        shelf(phrase("words 7"));
    }

    @Test
    @DisplayName("a replaced passphrase leaves the other ways; as the only way it takes over from whatever was there")
    void replaced() {
        try (var ring = KeyRing.create(directory, host(1), random)) {
            ring.replace(phrase("first"));
            assertEquals(List.of("passphrase"), ring.methods());
            ring.add(host(2));
            ring.replace(phrase("second"));
        }
        shelf(phrase("second"));
        shelf(host(2));
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(phrase("first"))));
    }

    @Test
    @DisplayName("a way that somebody adds or changes in the file with a checksum of its own is found out")
    void forged() throws IOException {
        KeyRing.create(directory, phrase("made-up words"), random).close();
        var own = Way.of(host(9), "hkdf-sha256 s=00");
        var body = Files.readString(file(), StandardCharsets.US_ASCII);
        body = body.substring(0, body.indexOf("sum "));
        var forged = body.replace("sealed ", own.line() + "\nkey 00\nsealed ");
        Files.writeString(file(), forged + "sum " + KeyFile.sum(forged) + "\n");
        assertEquals(KeyFault.Code.DAMAGED, refusal(() -> shelf(phrase("made-up words"))));
        var cheaper = body.replace("t=1", "t=2");
        Files.writeString(file(), cheaper + "sum " + KeyFile.sum(cheaper) + "\n");
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(phrase("made-up words"))));
    }

    @Test
    @DisplayName("a wrapping damaged at any place, with a checksum of its own, opens nothing")
    void damaged() throws IOException {
        KeyRing.create(directory, host(1), random).close();
        var lines = Files.readAllLines(file(), StandardCharsets.US_ASCII);
        var box = HexFormat.of().parseHex(lines.get(2).substring(4));
        for (int at = 0; at < box.length; at += 3) {
            var altered = box.clone();
            altered[at] ^= 1;
            var body = lines.get(0) + "\n" + lines.get(1) + "\nkey "
                    + HexFormat.of().formatHex(altered) + "\n" + lines.get(3) + "\n";
            Files.writeString(file(), body + "sum " + KeyFile.sum(body) + "\n");
            var code = refusal(() -> shelf(host(1)));
            assertTrue(code == KeyFault.Code.WRONG_UNSEALING || code == KeyFault.Code.DAMAGED, at + ": " + code);
        }
    }

    @Test
    @DisplayName("keys and kit of the version before open and are left as they are, until something changes them")
    void versionBefore() throws IOException {
        byte[] key;
        try (var ring = KeyRing.create(directory, phrase("made-up words"), random)) {
            key = ring.shelf(1).getEncoded();
        }
        EarlierKeys.rewriteWithOneWay(directory, phrase("made-up words"), random);
        var before = Files.readString(file());
        assertArrayEquals(key, shelf(phrase("made-up words")));
        assertEquals(before, Files.readString(file()));
        assertEquals(List.of("passphrase"), KeyRing.sealedBy(directory));
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(phrase("other words"))));
        assertEquals(KeyFault.Code.OTHER_METHOD, refusal(() -> shelf(host(1))));
        try (var ring = KeyRing.open(directory, phrase("made-up words"), random)) {
            ring.add(host(1));
        }
        assertTrue(Files.readString(file()).startsWith("rosterkeep-keys 3"));
        assertArrayEquals(key, shelf(phrase("made-up words")));
        assertArrayEquals(key, shelf(host(1)));
    }

    @Test
    @DisplayName("the kit brings the ways back with a lost key file, and knows none that was taken away")
    void byKit() throws IOException {
        var code = KitCode.fresh(random);
        try (var ring = KeyRing.create(directory, phrase("made-up words"), random)) {
            ring.adopt(Kit.of(code, "springfield", NOW, "1.0", NOW));
            ring.add(host(1));
            var gone = ring.add(phrase("to be removed"));
            ring.remove(gone.id());
        }
        Files.delete(file());
        KeyRing.openByKit(directory, code, random).close();
        shelf(host(1));
        shelf(phrase("made-up words"));
        assertEquals(KeyFault.Code.WRONG_UNSEALING, refusal(() -> shelf(phrase("to be removed"))));
    }

    @Test
    @DisplayName("a passphrase under approved algorithms opens what it sealed, and what Argon2id sealed before")
    void approved() {
        KeyRing.create(directory, phrase("made-up words"), random).close();
        try (var ring = KeyRing.open(directory, Passphrase.approved("made-up words".toCharArray()), random)) {
            ring.replace(Passphrase.approved("caf\u00e9 of words".toCharArray()));
            assertTrue(ring.ways().getFirst().parameters().startsWith("pbkdf2-sha512 i=600000 "));
        }
        shelf(phrase("cafe\u0301 of words"));
        assertEquals(KeyFault.Code.DAMAGED, refusal(() -> phrase("x").wrappingKey("pbkdf2-sha512 i=2000000000 s=00")));
    }

    @Test
    @DisplayName("a key file that is removed is gone from the disk")
    void destroyed() {
        var file = UnsealingFile.create(directory.resolve("unseal.key"), random);
        file.destroy();
        assertFalse(Files.exists(file.file()));
        file.destroy();
    }
}
