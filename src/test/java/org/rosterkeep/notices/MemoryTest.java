package org.rosterkeep.notices;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.notices.Sighting.Level;

@DisplayName("A state that gets worse")
class MemoryTest {
    private static Sighting disk(Level level) {
        return new Sighting(Matter.DISK, "", "disk-space", level);
    }

    private static Memory.Changes take(Memory memory, Sighting... seen) throws IOException {
        return memory.take(List.of(seen), Set.of("demo"), "1.0", Instant.parse("2026-11-02T08:00:00Z"));
    }

    @Test
    @DisplayName("what happens once is told once, however long the list gets, and the last look survives a restart")
    void happensOnce(@TempDir Path directory) throws IOException {
        var file = directory.resolve("notices.json");
        var memory = Memory.at(file);
        for (long entry = 1; entry <= 1100; entry++) {
            var one = Sighting.once(Matter.ADMINISTRATOR, "demo", entry);
            assertEquals(1, take(memory, one).worse().size());
            assertEquals(0, take(memory, one).worse().size());
        }
        assertTrue(Files.size(file) < 60_000, "the list has an end");
        assertEquals(
                Optional.of(Instant.parse("2026-11-02T08:00:00Z")),
                Memory.at(file).looked("demo"));
        assertEquals(Optional.empty(), Memory.at(file).looked("other"));
        assertEquals("1.0", Memory.at(file).version());
    }

    @Test
    @DisplayName("is told once, again when it gets worse still, and anew only when it was better in between")
    void once(@TempDir Path directory) throws IOException {
        var file = directory.resolve("notices.json");
        var memory = Memory.at(file);
        assertEquals(1, take(memory, disk(Level.WARNING)).worse().size());
        assertEquals(0, take(memory, disk(Level.WARNING)).worse().size());
        memory = Memory.at(file);
        assertEquals(0, take(memory, disk(Level.WARNING)).worse().size(), "a restart tells nothing anew");
        assertEquals(1, take(memory, disk(Level.FAILED)).worse().size());
        assertEquals(0, take(memory, disk(Level.WARNING)).worse().size(), "less bad is no news");
        assertEquals(1, take(memory, disk(Level.FAILED)).worse().size(), "and worse than that is");
        assertEquals(0, take(memory).worse().size(), "what is not seen is as it was");
        assertEquals(1, take(memory, disk(Level.WELL)).over().size());
        assertEquals(0, take(memory, disk(Level.WELL)).over().size());
        assertEquals(1, take(memory, disk(Level.WARNING)).worse().size());
    }

    @Test
    @DisplayName("is told again when it could not be kept that it was told, and when the file is no file")
    void unwritable(@TempDir Path directory) throws IOException {
        var memory = Memory.at(directory.resolve("nowhere").resolve("notices.json"));
        assertThrows(IOException.class, () -> take(memory, disk(Level.FAILED)));
        Files.createDirectory(directory.resolve("nowhere"));
        assertEquals(1, take(memory, disk(Level.FAILED)).worse().size());
        var torn = Files.writeString(directory.resolve("torn.json"), "{\"disk  disk-space\":\"FAI");
        assertEquals(1, take(Memory.at(torn), disk(Level.FAILED)).worse().size());
    }

    @Test
    @DisplayName("is told in plain characters, with what to do, and has no room for an address or a name")
    void letters() {
        var letter = Letter.of(
                List.of(disk(Level.FAILED), new Sighting(Matter.BACKUP, "demo", "backup", Level.WARNING)),
                "https://keep.example",
                Instant.parse("2026-11-02T08:00:00Z"));
        var text = String.join("\n", letter.lines());
        assertEquals("Rosterkeep: the disk fills up, and 1 more", letter.subject());
        assertTrue(text.contains(Matter.DISK.todo()) && text.contains("District: demo."), text);
        var mail = new String(letter.mail(), StandardCharsets.UTF_8);
        assertFalse(mail.contains("@"), mail);
        var strange = new Letter("Zo\u00eb\r\nBcc: x@y", List.of("w@x \u0007"), "notice.test", Instant.EPOCH);
        assertEquals("Zo???Bcc: x?y", strange.subject());
        assertEquals(List.of("w?x ?"), strange.lines());
        assertThrows(
                IllegalArgumentException.class, () -> new Sighting(Matter.DISK, "", "anna@home.example", Level.FAILED));
        for (var matter : Matter.values()) {
            assertFalse(matter.todo().isEmpty() || matter.words().contains("@"), matter.name());
        }
    }
}
