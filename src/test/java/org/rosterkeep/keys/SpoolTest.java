package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What is gathered for a moment")
class SpoolTest {
    @TempDir
    private Path directory;

    @Test
    @DisplayName("is found under no name while it is there, and is not what was put in")
    void sealed() throws IOException {
        try (Spool spool = Spool.open(directory.resolve("spool"), new SecureRandom())) {
            byte[] canary = "Canary Made-Up".repeat(100).getBytes(StandardCharsets.UTF_8);
            spool.add(canary);
            try (Stream<Path> all = Files.list(directory.resolve("spool"))) {
                assertEquals(List.of(), all.toList());
            }
            byte[] onDisk = Files.readAllBytes(descriptor().orElseThrow());
            assertTrue(onDisk.length > canary.length);
            assertFalse(new String(onDisk, StandardCharsets.ISO_8859_1).contains("Canary"));
            assertArrayEquals(canary, spool.piece(0));
        }
        assertEquals(Optional.empty(), descriptor());
    }

    /// The open file of this process that lies in the folder and has no name any more.
    private Optional<Path> descriptor() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.filter(one -> target(one).startsWith(directory + "/spool/")
                            && target(one).endsWith("(deleted)"))
                    .findFirst();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    @DisplayName("is read again as one, from anywhere, whatever the pieces were, the empty ones too")
    void whole() throws IOException {
        Random random = new Random(7);
        var all = new ByteArrayOutputStream();
        try (Spool spool = Spool.open(directory, new SecureRandom())) {
            for (int n = 0; n < 200; n++) {
                byte[] piece = new byte[n % 5 == 0 ? 0 : random.nextInt(500)];
                random.nextBytes(piece);
                all.write(piece);
                assertEquals(n, spool.add(piece));
            }
            assertEquals(all.size(), spool.length());
            try (var channel = spool.whole()) {
                assertEquals(all.size(), channel.size());
                for (int n = 0; n < 200; n++) {
                    int at = random.nextInt(all.size());
                    ByteBuffer some = ByteBuffer.allocate(Math.min(700, all.size() - at));
                    channel.position(at);
                    while (some.hasRemaining()) {
                        assertTrue(channel.read(some) > 0);
                    }
                    assertArrayEquals(
                            java.util.Arrays.copyOfRange(all.toByteArray(), at, at + some.capacity()), some.array());
                }
                channel.position(all.size());
                assertEquals(-1, channel.read(ByteBuffer.allocate(1)));
            }
        }
    }

    @Test
    @DisplayName("is gone when it is closed")
    void closed() {
        Spool spool = Spool.open(directory, new SecureRandom());
        spool.add(new byte[] {1});
        spool.close();
        assertThrows(UncheckedIOException.class, () -> spool.piece(0));
        assertThrows(UncheckedIOException.class, () -> spool.add(new byte[] {2}));
    }
}
