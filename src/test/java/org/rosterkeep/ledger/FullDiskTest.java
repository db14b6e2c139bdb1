package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Entry.Persons;

@DisplayName("A ledger on a disk that fails")
class FullDiskTest {
    @TempDir
    Path home;

    private Path directory;
    private final Small disk = new Small();
    private final Samples.Hands clock = new Samples.Hands();

    /// A disk with a quota, as a full one behaves: part of a write may fit.
    private final class Small implements Disk {
        private volatile long quota = 60_000;
        private volatile boolean deaf;

        @Override
        public void write(FileChannel channel, ByteBuffer bytes) throws IOException {
            long free = quota - used();
            if (free < bytes.remaining()) {
                ByteBuffer part = bytes.duplicate();
                part.limit(part.position() + (int) Math.max(0, free));
                Disk.real().write(channel, part);
                throw new IOException("No space left on device");
            }
            Disk.real().write(channel, bytes);
        }

        @Override
        public void sync(FileChannel channel) throws IOException {
            if (deaf) {
                throw new IOException("Input/output error");
            }
            Disk.real().sync(channel);
        }

        private long used() {
            try (Stream<Path> files = Files.list(directory)) {
                return files.mapToLong(f -> f.toFile().length()).sum();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @BeforeEach
    void name() {
        directory = home.resolve("ledger");
    }

    private Ledger open() {
        LedgerSettings settings = new LedgerSettings(
                1 << 20, 32_000, 1_000, Duration.ofHours(1), Duration.ofSeconds(60), Duration.ofSeconds(30));
        return Ledger.open(directory, Samples.SIGNER, clock, settings, disk);
    }

    private void append(Ledger ledger) {
        ledger.append(Samples.entry(clock.instant(), "a", new Persons.None()));
    }

    private long fill(Ledger ledger) {
        long acknowledged = 0;
        while (ledger.state() == Ledger.State.OPEN) {
            append(ledger);
            acknowledged++;
            assertTrue(acknowledged < 1_000);
        }
        return acknowledged;
    }

    @Test
    @DisplayName("writes the last disclosures into its reserve, then refuses them, and still records that something is"
            + " stopped")
    void full() {
        long acknowledged;
        try (Ledger ledger = open()) {
            acknowledged = fill(ledger);
            assertEquals(Ledger.State.FULL, ledger.state());
            assertFalse(Files.exists(directory.resolve("reserve")));
            var fault = assertThrows(LedgerFault.class, () -> append(ledger));
            assertEquals(LedgerFault.Code.FULL, fault.code());
            ledger.record("rule.revoked", "ada", Map.of("rule", "reading"));
        }
        var sound = assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
        // The beginning, the disclosures, that it is full, the act, and the signature at the end.
        assertEquals(1 + acknowledged + 1 + 1 + 1, sound.records());
    }

    @Test
    @DisplayName("takes its reserve back when there is room again, and then goes on")
    void room() {
        try (Ledger ledger = open()) {
            fill(ledger);
            assertThrows(LedgerFault.class, () -> append(ledger));
            disk.quota = 1 << 20;
            clock.forward(Duration.ofMinutes(1));
            append(ledger);
            assertEquals(Ledger.State.OPEN, ledger.state());
            assertTrue(Files.exists(directory.resolve("reserve")));
            List<String> told = new ArrayList<>();
            ledger.pages().all(record -> told.add(LedgerQuery.kindOf(record)));
            // Where the disclosures stopped, and where they went on.
            assertEquals(
                    List.of("ledger.full", "disclosure", "ledger.room-again"),
                    told.subList(told.size() - 3, told.size()));
        }
    }

    @Test
    @DisplayName("opens without room for a reserve for acts only")
    void opensFull() {
        disk.quota = 10_000;
        try (Ledger ledger = open()) {
            assertEquals(Ledger.State.FULL, ledger.state());
            assertThrows(LedgerFault.class, () -> append(ledger));
            ledger.record("rule.revoked", "ada", Map.of());
        }
    }

    @Test
    @DisplayName("believes nothing after a sync that failed: it is blocked until it is opened again")
    void syncFails() {
        AtomicReference<LedgerFault> fault = new AtomicReference<>();
        try (Ledger ledger = open()) {
            append(ledger);
            disk.deaf = true;
            fault.set(assertThrows(LedgerFault.class, () -> append(ledger)));
            disk.deaf = false;
            assertThrows(LedgerFault.class, () -> append(ledger));
            assertEquals(Ledger.State.BLOCKED, ledger.state());
        }
        assertEquals(LedgerFault.Code.BLOCKED, fault.get().code());
        try (Ledger ledger = open()) {
            append(ledger);
        }
        assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
    }
}
