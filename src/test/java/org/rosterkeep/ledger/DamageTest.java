package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.ledger.Verdict.Broken;
import org.rosterkeep.ledger.Verdict.Flaw;

/// T-REG-3: flip one bit, delete one row, swap two rows, truncate the tail: the place is named.
@DisplayName("A ledger that somebody touched")
class DamageTest {
    @TempDir
    Path directory;

    private Path file;
    private List<byte[]> frames;

    @BeforeEach
    void write() throws IOException {
        try (Ledger ledger = Samples.open(directory)) {
            for (int i = 0; i < 20; i++) {
                ledger.append(Samples.entry("a", new Persons.None()));
            }
        }
        file = directory.resolve("00000001.log");
        frames = frames(Files.readAllBytes(file));
    }

    @Nested
    @DisplayName("when it is verified")
    class Verified {
        @Test
        @DisplayName("names the record in which any one bit was flipped")
        void flipped() throws IOException {
            long seed = 20261102;
            SplittableRandom random = new SplittableRandom(seed);
            byte[] whole = Files.readAllBytes(file);
            for (int round = 0; round < 300; round++) {
                byte[] bad = whole.clone();
                int at = random.nextInt(bad.length);
                bad[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bad);
                var broken = assertInstanceOf(
                        Broken.class, Samples.verify(directory), "seed " + seed + " round " + round + " offset " + at);
                assertEquals(recordAt(at), broken.record(), broken.sentence() + ", offset " + at);
            }
        }

        @Test
        @DisplayName("names a deleted record")
        void deleted() {
            frames.remove(7);
            rewrite();
            Broken broken = broken();
            assertEquals(8, broken.record());
            assertEquals(Flaw.MISSING, broken.flaw());
        }

        @Test
        @DisplayName("names the first of two records that changed places")
        void swapped() {
            frames.add(5, frames.remove(9));
            rewrite();
            Broken broken = broken();
            assertEquals(6, broken.record());
            assertEquals(Flaw.MOVED, broken.flaw());
        }

        @Test
        @DisplayName("misses a cut tail when the head is known from elsewhere")
        void truncated() {
            String head = ((Verdict.Sound) Samples.verify(directory)).head();
            long number = frames.size();
            frames.removeLast();
            frames.removeLast();
            rewrite();
            var sound = assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
            assertEquals(frames.size() - 1, sound.unsigned(), "and without it shows that the end is not signed");
            var known = Optional.of(new LedgerVerifier.Known(number, head));
            var broken = assertInstanceOf(
                    Broken.class, new LedgerVerifier(Samples.SIGNER.publicKey(), known).verify(directory));
            assertEquals(Flaw.CUT_OFF, broken.flaw());
            assertEquals(frames.size() + 1, broken.record());
        }

        @Test
        @DisplayName("is not fooled by a chain that was made anew: the signatures are missing")
        void rewritten() throws IOException {
            Chain chain = Chain.beginning();
            ByteBuffer fresh = ByteBuffer.allocate((int) Files.size(file));
            for (byte[] frame : frames) {
                String text = new String(frame, 4, frame.length - Tail.FRAME, java.nio.charset.StandardCharsets.UTF_8);
                byte[] payload = text.replace("vendor-a", "vendor-b").getBytes(java.nio.charset.StandardCharsets.UTF_8);
                System.arraycopy(payload, 0, frame, 4, payload.length);
                chain.add(payload, frame, 4 + payload.length);
                fresh.put(frame);
            }
            Files.write(file, fresh.array());
            Broken broken = broken();
            assertEquals(Flaw.SIGNATURE, broken.flaw());
            assertEquals(frames.size(), broken.record());
        }

        @Test
        @DisplayName("is refused under another key")
        void otherKey() throws Exception {
            var other = java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Verdict verdict = new LedgerVerifier(Signer.of(other).publicKey(), Optional.empty()).verify(directory);
            assertEquals(Flaw.SIGNATURE, assertInstanceOf(Broken.class, verdict).flaw());
        }
    }

    @Nested
    @DisplayName("when it is opened")
    class Opened {
        @Test
        @DisplayName("stays shut whichever byte of its acknowledged records was changed, if it was not closed in order")
        void flipped() throws IOException {
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at += 37) {
                Files.deleteIfExists(directory.resolve("mark"));
                byte[] bad = whole.clone();
                bad[at] ^= 4;
                Files.write(file, bad);
                assertBlocked("offset " + at);
            }
        }

        @Test
        @DisplayName("stays shut when it was shortened, lengthened or removed since it was closed")
        void resized() throws IOException {
            byte[] whole = Files.readAllBytes(file);
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length - frames.getLast().length));
            assertBlocked("shortened");
            Files.write(file, java.util.Arrays.copyOf(whole, whole.length + 5));
            assertBlocked("lengthened");
            Files.delete(file);
            assertBlocked("removed");
        }

        @Test
        @DisplayName("stays shut when a segment in the middle is gone")
        void segmentGone() throws IOException {
            try (Ledger ledger = Samples.open(directory)) {
                for (int i = 0; i < 200; i++) {
                    ledger.append(Samples.entry("a", new Persons.None()));
                }
            }
            Files.delete(directory.resolve("00000002.log.gz"));
            assertBlocked("segment 2");
            assertEquals(Flaw.FILE, broken().flaw());
        }
    }

    @Nested
    @DisplayName("while it is running")
    class Running {
        @Test
        @DisplayName("acknowledges nothing more once its file was deleted, shortened, replaced or changed at its end")
        void noticed() throws IOException {
            for (Touch touch : List.<Touch>of(
                    Files::delete,
                    f -> Files.write(f, java.util.Arrays.copyOf(Files.readAllBytes(f), 300)),
                    f -> {
                        Path copy = Files.copy(f, f.resolveSibling("copy"));
                        Files.move(copy, f, StandardCopyOption.REPLACE_EXISTING);
                    },
                    f -> {
                        byte[] bytes = Files.readAllBytes(f);
                        bytes[bytes.length - 1] ^= 1;
                        Files.write(f, bytes);
                    })) {
                Path own = Files.createTempDirectory(directory, "own");
                try (Ledger ledger = Samples.open(own)) {
                    ledger.append(Samples.entry("a", new Persons.None()));
                    touch.touch(own.resolve("00000001.log"));
                    var fault = assertThrows(
                            LedgerFault.class, () -> ledger.append(Samples.entry("a", new Persons.None())));
                    assertEquals(LedgerFault.Code.BLOCKED, fault.code());
                    assertEquals(Ledger.State.BLOCKED, ledger.state());
                    assertThrows(LedgerFault.class, () -> ledger.append(Samples.entry("a", new Persons.None())));
                }
            }
        }
    }

    @Test
    @DisplayName("can be set aside by a person: it is kept whole, the new one says so, and references go on")
    void setAside() throws IOException {
        byte[] bad = Files.readAllBytes(file);
        bad[bad.length - 500] ^= 1;
        Files.write(file, bad);
        try (Ledger ledger = LedgerRepair.setAside(
                directory, Samples.SIGNER, new Samples.Hands(), Samples.SMALL, "ada", "a disk failed")) {
            assertTrue(ledger.append(Samples.entry("a", new Persons.None())).reference() > 15);
            List<LedgerRecord> records = new ArrayList<>();
            ledger.pages().all(records::add);
            var act = assertInstanceOf(LedgerRecord.Act.class, records.get(1));
            assertEquals("ledger.set-aside", act.kind());
            assertEquals("damaged-1", act.facts().get("directory"));
            assertTrue(
                    act.facts().get("verdict").contains("record"), act.facts().get("verdict"));
        }
        assertArrayEquals(bad, Files.readAllBytes(directory.resolve("damaged-1").resolve("00000001.log")));
        assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
    }

    private interface Touch {
        void touch(Path file) throws IOException;
    }

    private void assertBlocked(String what) {
        var fault =
                assertThrows(LedgerFault.class, () -> Samples.open(directory).close(), what);
        assertTrue(fault.code() == LedgerFault.Code.BLOCKED || fault.code() == LedgerFault.Code.UNREADABLE, what);
    }

    private Broken broken() {
        return assertInstanceOf(Broken.class, Samples.verify(directory));
    }

    private long recordAt(int offset) {
        int end = 0;
        for (int i = 0; i < frames.size(); i++) {
            end += frames.get(i).length;
            if (offset < end) {
                return i + 1;
            }
        }
        throw new IllegalArgumentException();
    }

    private void rewrite() {
        ByteBuffer all =
                ByteBuffer.allocate(frames.stream().mapToInt(f -> f.length).sum());
        frames.forEach(all::put);
        try {
            Files.write(file, all.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<byte[]> frames(byte[] bytes) {
        List<byte[]> frames = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            byte[] frame = new byte[Tail.FRAME + buffer.getInt(buffer.position())];
            buffer.get(frame);
            frames.add(frame);
        }
        return frames;
    }
}
