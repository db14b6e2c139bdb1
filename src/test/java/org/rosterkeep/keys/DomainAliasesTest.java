package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The key of a pseudonym domain")
class DomainAliasesTest {
    private final SecureRandom random = new SecureRandom();
    private final byte[] block = new byte[16];

    @TempDir
    private Path directory;

    private Passphrase phrase() {
        return new Passphrase("made-up words".toCharArray(), 256, 1);
    }

    @BeforeEach
    void record() {
        random.nextBytes(block);
    }

    /// Wrapped keys in memory; the disk can be full.
    private static final class Drawer implements DomainKeys {
        private final Map<String, byte[]> kept = new HashMap<>();
        private boolean full;

        @Override
        public synchronized Optional<byte[]> wrapped(String domain) {
            return Optional.ofNullable(kept.get(domain));
        }

        @Override
        public synchronized void keep(Map<String, byte[]> wrapped) {
            if (full) {
                throw new IllegalStateException("full");
            }
            kept.putAll(wrapped);
        }

        @Override
        public synchronized void drop(String domain) {
            kept.remove(domain);
        }
    }

    private byte[] outward(DomainAliases aliases, String domain) {
        byte[] copy = block.clone();
        aliases.of(domain).conceal(copy, 1);
        return copy;
    }

    private KeyRing open() {
        return KeyRing.open(directory, phrase(), random);
    }

    private Path keyFile() {
        return directory.resolve("district.keys");
    }

    private static KeyFault.Code refusal(Runnable act) {
        return assertThrows(KeyFault.class, act::run).code();
    }

    @Test
    @DisplayName("is durable before its first id, and there is one, whoever asks first")
    void once() throws Exception {
        Drawer drawer = new Drawer();
        drawer.full = true;
        try (KeyRing ring = KeyRing.create(directory, phrase(), random);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            DomainAliases aliases = new DomainAliases(ring, drawer);
            assertThrows(IllegalStateException.class, () -> outward(aliases, "reading"));
            drawer.full = false;
            Set<Integer> ids = new HashSet<>();
            for (var one : threads.invokeAll(IntStream.range(0, 50)
                    .<Callable<byte[]>>mapToObj(_ -> () -> outward(aliases, "reading"))
                    .toList())) {
                ids.add(Arrays.hashCode(one.get()));
            }
            assertEquals(1, ids.size());
            byte[] first = outward(aliases, "reading");
            assertArrayEquals(first, outward(new DomainAliases(ring, drawer), "reading"));
            assertFalse(Arrays.equals(first, outward(aliases, "library")));
        }
    }

    @Test
    @DisplayName("is gone for good once it is forgotten, even with all that was wrapped before; others stay")
    void forgets() throws IOException {
        Drawer drawer = new Drawer();
        byte[] library;
        Map<String, byte[]> backup;
        try (KeyRing ring = KeyRing.create(directory, phrase(), random)) {
            DomainAliases aliases = new DomainAliases(ring, drawer);
            var held = aliases.of("reading");
            outward(aliases, "reading");
            library = outward(aliases, "library");
            backup = Map.copyOf(drawer.kept);
            aliases.forget("reading");
            aliases.forget("reading");
            assertTrue(aliases.forgot("reading"));
            assertEquals(KeyFault.Code.NO_SUCH_DOMAIN, refusal(() -> aliases.of("reading")));
            assertEquals(KeyFault.Code.NO_SUCH_DOMAIN, refusal(() -> held.recover(block.clone())));
            assertArrayEquals(library, outward(aliases, "library"));
        }
        Drawer restored = new Drawer();
        restored.kept.putAll(backup);
        try (KeyRing ring = open()) {
            DomainAliases aliases = new DomainAliases(ring, restored);
            assertEquals(KeyFault.Code.NO_SUCH_DOMAIN, refusal(() -> aliases.of("reading")));
            assertArrayEquals(library, outward(aliases, "library"));
            aliases.of("a new one");
            aliases.forget("library");
            assertFalse(aliases.forgot("a new one"));
            ring.rotate();
        }
        try (KeyRing ring = open()) {
            DomainAliases aliases = new DomainAliases(ring, restored);
            assertTrue(aliases.forgot("reading") && aliases.forgot("library"));
            outward(aliases, "a new one");
        }
    }

    @Test
    @DisplayName("of a new domain opens with a copy of the key file that was made before it")
    void olderCopy() throws IOException {
        Drawer drawer = new Drawer();
        KeyRing.create(directory, phrase(), random).close();
        Path copy = directory.resolve("copy");
        Files.copy(keyFile(), copy);
        byte[] reading;
        try (KeyRing ring = open()) {
            DomainAliases aliases = new DomainAliases(ring, drawer);
            reading = outward(aliases, "reading");
            aliases.of("library");
            aliases.forget("library");
        }
        Files.move(copy, keyFile(), StandardCopyOption.REPLACE_EXISTING);
        try (KeyRing ring = open()) {
            assertArrayEquals(reading, outward(new DomainAliases(ring, drawer), "reading"));
        }
    }

    @Test
    @DisplayName("is the derived one in a district that was made before, wherever the change was interrupted")
    void takenOver() throws IOException {
        KeyRing.create(directory, phrase(), random).close();
        EarlierKeys earlier = EarlierKeys.rewrite(directory, phrase(), random);
        byte[] before = Files.readAllBytes(keyFile());
        Drawer drawer = new Drawer();
        drawer.full = true;
        try (KeyRing ring = open()) {
            assertThrows(IllegalStateException.class, () -> ring.takeOver(Set.of("reading"), drawer));
        }
        assertArrayEquals(before, Files.readAllBytes(keyFile()));
        drawer.full = false;
        try (KeyRing ring = open()) {
            ring.takeOver(Set.of("reading"), drawer);
        }
        // The keys were kept, but the power went before the key file was written.
        Files.write(keyFile(), before);
        try (KeyRing ring = open()) {
            ring.takeOver(Set.of("reading", "library"), drawer);
            DomainAliases aliases = new DomainAliases(ring, drawer);
            assertArrayEquals(earlier.outward("reading", block), outward(aliases, "reading"));
            assertArrayEquals(earlier.outward("library", block), outward(aliases, "library"));
            assertFalse(Arrays.equals(earlier.outward("new", block), outward(aliases, "new")));
            ring.takeOver(Set.of("new"), drawer);
            aliases.forget("reading");
        }
        try (KeyRing ring = open()) {
            DomainAliases aliases = new DomainAliases(ring, drawer);
            assertEquals(KeyFault.Code.NO_SUCH_DOMAIN, refusal(() -> aliases.of("reading")));
            assertArrayEquals(earlier.outward("library", block), outward(aliases, "library"));
        }
    }
}
