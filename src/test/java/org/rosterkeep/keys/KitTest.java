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
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The recovery kit: its words, and what it opens.
class KitTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private Passphrase phrase(String text) {
        return new Passphrase(text.toCharArray(), 256, 1);
    }

    private KeyRing create() {
        return KeyRing.create(directory, phrase("made-up words"), random);
    }

    private static Kit kit(KitCode code) {
        return Kit.of(code, "springfield", NOW, "1.0", NOW);
    }

    private static KeyFault.Code refusal(Runnable act) {
        return assertThrows(KeyFault.class, act::run).code();
    }

    @Test
    @DisplayName("what was written down is read back: in capitals, numbered, on many lines, or by four letters each")
    void read() {
        for (int i = 0; i < 50; i++) {
            var code = KitCode.fresh(random);
            var words = code.words();
            assertEquals(KitCode.WORDS, words.size());
            var numbered = new StringBuilder();
            var short4 = new StringBuilder();
            for (int n = 0; n < words.size(); n++) {
                numbered.append(n + 1)
                        .append(". ")
                        .append(words.get(n).toUpperCase(Locale.ROOT))
                        .append("\n");
                short4.append(words.get(n), 0, Math.min(4, words.get(n).length()))
                        .append(' ');
            }
            assertEquals(words, KitCode.read(numbered.toString()).words());
            assertEquals(words, KitCode.read(short4.toString()).words());
            assertEquals(code.id(), KitCode.read(String.join(" ", words)).id());
        }
    }

    @Test
    @DisplayName("a wrong word, a word too few and two words exchanged are told by their number, never by the word")
    void misread() {
        var words = new ArrayList<>(KitCode.fresh(random).words());
        assertEquals(KeyFault.Code.KIT_MISREAD, refusal(() -> KitCode.read(String.join(" ", words.subList(0, 12)))));
        var unknown = new ArrayList<>(words);
        unknown.set(4, "xylophone");
        var told = assertThrows(KeyFault.class, () -> KitCode.read(String.join(" ", unknown)));
        assertTrue(String.valueOf(told.getMessage()).contains("word 5"), told.getMessage());
        assertFalse(String.valueOf(told.getMessage()).contains("xylophone"));
        var other = new ArrayList<>(words);
        other.set(0, words.get(0).equals("zoo") ? "abandon" : "zoo");
        assertEquals(KeyFault.Code.KIT_MISREAD, refusal(() -> KitCode.read(String.join(" ", other))));
    }

    @Test
    @DisplayName("the kit opens what the passphrase opens, after rotation, retirement, and another passphrase")
    void opens() {
        var code = KitCode.fresh(random);
        byte[] before;
        try (var ring = create()) {
            ring.adopt(kit(code));
            ring.rotate();
            ring.retire();
            ring.replace(phrase("other words"));
            before = ring.shelf(ring.epoch()).getEncoded();
        }
        try (var ring = KeyRing.openByKit(directory, code, random)) {
            assertArrayEquals(before, ring.shelf(ring.epoch()).getEncoded());
            assertEquals(2, ring.epoch());
            // What it writes still opens by the passphrase.
            ring.rotate();
        }
        try (var ring = KeyRing.open(directory, phrase("other words"), random)) {
            assertEquals(3, ring.epoch());
            assertEquals(code.id(), ring.kit().orElseThrow().id());
        }
    }

    @Test
    @DisplayName("a lost key file is written again by the kit, and opens by the passphrase as before")
    void lostKeyFile() throws IOException {
        var code = KitCode.fresh(random);
        try (var ring = create()) {
            ring.adopt(kit(code));
        }
        Files.delete(directory.resolve("district.keys"));
        KeyRing.openByKit(directory, code, random).close();
        KeyRing.open(directory, phrase("made-up words"), random).close();
    }

    @Test
    @DisplayName("words of another kit are told by both ids and tried on nothing; a new kit takes the old one's place")
    void wrongKit() {
        var first = KitCode.fresh(random);
        var second = KitCode.fresh(random);
        try (var ring = create()) {
            assertEquals(KeyFault.Code.NO_KIT, refusal(() -> KeyRing.openByKit(directory, first, random)));
            ring.adopt(kit(first));
            var told = assertThrows(KeyFault.class, () -> KeyRing.openByKit(directory, second, random));
            assertEquals(KeyFault.Code.WRONG_KIT, told.code());
            assertTrue(String.valueOf(told.getMessage()).contains(first.id()));
            assertTrue(String.valueOf(told.getMessage()).contains(second.id()));
            ring.adopt(kit(second));
        }
        assertEquals(KeyFault.Code.WRONG_KIT, refusal(() -> KeyRing.openByKit(directory, first, random)));
        KeyRing.openByKit(directory, second, random).close();
    }

    @Test
    @DisplayName("a kit's file that a power cut left behind the keys is brought up at the next opening")
    void behind() throws IOException {
        var code = KitCode.fresh(random);
        var file = directory.resolve("recovery.kit");
        try (var ring = create()) {
            ring.adopt(kit(code));
            var old = Files.readAllBytes(file);
            ring.rotate();
            Files.write(file, old);
        }
        KeyRing.open(directory, phrase("made-up words"), random).close();
        try (var ring = KeyRing.openByKit(directory, code, random)) {
            assertEquals(2, ring.epoch());
        }
    }

    @Test
    @DisplayName("the file holds no word of the kit, and a changed one is damaged")
    void atRest() throws IOException {
        var code = KitCode.fresh(random);
        try (var ring = create()) {
            ring.adopt(kit(code));
        }
        var file = directory.resolve("recovery.kit");
        var text = Files.readString(file, StandardCharsets.UTF_8);
        assertTrue(text.contains("district springfield") && text.contains(code.id()));
        assertFalse(text.contains(String.join(" ", code.words().subList(0, 2))));
        Files.writeString(file, text.replace("springfield", "shelbyville"));
        assertEquals(KeyFault.Code.DAMAGED, refusal(() -> KeyRing.openByKit(directory, code, random)));
    }
}
