package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Account.Numbers;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Entity;

@DisplayName("The ledger")
class LedgerTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("gives back every entry and act exactly as it was told, in order")
    void readsBack() {
        Entry span = Samples.entry("a", new Persons.Span(Entity.USER, 100, 200));
        Entry listed =
                Samples.entry("a\"\\\u0001é", new Persons.Listed(Entity.ENROLLMENT, new int[] {0, 7, 300, 70_000}));
        Entry refusal = Samples.refusal("b", "NO_RULE");
        List<LedgerRecord> records = new ArrayList<>();
        try (Ledger ledger = Samples.open(directory)) {
            assertEquals(new Numbers(2, 1), ledger.append(span));
            assertEquals(new Numbers(3, 1), ledger.append(listed));
            assertEquals(4, ledger.record("rule.approved", "ada", Map.of("rule", "reading", "version", "2")));
            assertEquals(new Numbers(5, 1), ledger.append(refusal));
            assertEquals(new Numbers(6, 2), ledger.append(span));
            ledger.pages().all(records::add);
        }
        assertInstanceOf(LedgerRecord.Checkpoint.class, records.getFirst());
        assertEquals(span, ((LedgerRecord.Disclosed) records.get(1)).entry());
        Entry back = ((LedgerRecord.Disclosed) records.get(2)).entry();
        assertEquals(listed.client(), back.client());
        assertArrayEquals(((Persons.Listed) listed.persons()).ordinals(), ((Persons.Listed) back.persons()).ordinals());
        assertEquals(
                new LedgerRecord.Act(
                        4, Samples.NOON, "rule.approved", "ada", Map.of("rule", "reading", "version", "2")),
                records.get(3));
        assertEquals(refusal, ((LedgerRecord.Disclosed) records.get(4)).entry());
    }

    @Test
    @DisplayName("goes on counting where it stopped, over many segments and openings")
    void continues() {
        long reference = 0;
        for (int opening = 0; opening < 5; opening++) {
            try (Ledger ledger = Samples.open(directory)) {
                for (int i = 0; i < 60; i++) {
                    assertEquals(++reference, ledger.append(span()).reference());
                    ledger.append(Samples.entry("other", new Persons.None()));
                }
            }
        }
        assertTrue(Files.exists(directory.resolve("00000003.log.gz")), "closed segments are compressed");
        var sound = assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
        assertEquals(0, sound.unsigned());
        assertTrue(sound.records() > 600);
    }

    @Test
    @DisplayName("counts previews apart: a client cannot tell that somebody looked")
    void previewsCountApart() {
        Entry e = span();
        Entry preview = new Entry(
                e.at(),
                "preview",
                e.vendor(),
                e.client(),
                e.rule(),
                3,
                "",
                "",
                "",
                "",
                "",
                "",
                Set.of(),
                1,
                "",
                e.persons(),
                1,
                200,
                "",
                "");
        try (Ledger ledger = Samples.open(directory)) {
            assertEquals(1, ledger.append(e).reference());
            assertEquals(1, ledger.append(preview).reference());
            assertEquals(2, ledger.append(e).reference());
        }
        try (Ledger ledger = Samples.open(directory)) {
            assertEquals(2, ledger.append(preview).reference());
            assertEquals(3, ledger.append(e).reference());
        }
    }

    @Test
    @DisplayName("gives 64 waiting threads numbers without gaps or doubles, all of them on the disk")
    void groupsCommits() throws Exception {
        Set<Long> numbers = new TreeSet<>();
        Set<Long> references = new TreeSet<>();
        try (Ledger ledger = Samples.open(directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Numbers>>> all = new ArrayList<>();
            for (int t = 0; t < 64; t++) {
                Callable<List<Numbers>> work = () -> {
                    List<Numbers> mine = new ArrayList<>();
                    for (int i = 0; i < 40; i++) {
                        mine.add(ledger.append(span()));
                    }
                    return mine;
                };
                all.add(threads.submit(work));
            }
            for (var future : all) {
                future.get().forEach(n -> {
                    numbers.add(n.ledger());
                    references.add(n.reference());
                });
            }
            List<Long> onDisk = new ArrayList<>();
            ledger.pages().all(r -> {
                if (r instanceof LedgerRecord.Disclosed) {
                    onDisk.add(r.number());
                }
            });
            assertEquals(new ArrayList<>(numbers), onDisk);
        }
        assertEquals(64 * 40, numbers.size());
        assertEquals(64 * 40, references.size());
        assertEquals(64L * 40, references.stream().max(Long::compare).orElseThrow());
        assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
    }

    @Test
    @DisplayName("signs after so many records, after an hour, and when it is closed")
    void checkpoints() {
        Samples.Hands clock = new Samples.Hands();
        try (Ledger ledger = Samples.open(directory, clock)) {
            for (int i = 0; i < 25; i++) {
                ledger.append(Samples.entry(clock.instant(), "a", new Persons.None()));
            }
            assertEquals(27, ledger.stats().checkpointNumber());
            clock.forward(Duration.ofMinutes(61));
            ledger.append(Samples.entry(clock.instant(), "a", new Persons.None()));
            assertEquals(29, ledger.stats().checkpointNumber());
            ledger.append(Samples.entry(clock.instant(), "a", new Persons.None()));
        }
        assertEquals(
                0,
                assertInstanceOf(Verdict.Sound.class, Samples.verify(directory)).unsigned());
    }

    @Test
    @DisplayName("can be open only once")
    void locked() {
        try (Ledger ledger = Samples.open(directory)) {
            var fault = assertThrows(LedgerFault.class, () -> Samples.open(directory));
            assertEquals(LedgerFault.Code.IN_USE, fault.code());
            assertEquals(Ledger.State.OPEN, ledger.state());
        }
    }

    @Test
    @DisplayName("lets no record stand before the one it follows, whatever the clock says")
    void timeNeverRunsBack() {
        Samples.Hands clock = new Samples.Hands();
        List<LedgerRecord> records = new ArrayList<>();
        try (Ledger ledger = Samples.open(directory, clock)) {
            ledger.append(Samples.entry(Samples.NOON, "a", new Persons.None()));
            ledger.append(Samples.entry(Samples.NOON.minusSeconds(59), "a", new Persons.None()));
            ledger.pages().all(records::add);
        }
        assertEquals(Samples.NOON, records.getLast().at());
    }

    @Test
    @DisplayName("refuses disclosures after the clock was moved back, until an operator confirms it; acts are recorded")
    void clockMovedBack() {
        Samples.Hands clock = new Samples.Hands();
        try (Ledger ledger = Samples.open(directory, clock)) {
            ledger.append(span());
        }
        clock.set(Samples.NOON.minusSeconds(61));
        try (Ledger ledger = Samples.open(directory, clock)) {
            assertFalse(ledger.clockTrusted(clock.instant()));
            var fault = assertThrows(LedgerFault.class, () -> ledger.append(early(clock)));
            assertEquals(LedgerFault.Code.CLOCK_UNTRUSTED, fault.code());
            ledger.record("rule.revoked", "ada", Map.of("rule", "reading"));
            assertFalse(ledger.clockTrusted(Samples.NOON), "it stays untrusted even when it comes right by itself");
            ledger.confirmClock("ada");
            assertTrue(ledger.clockTrusted(clock.instant()));
            ledger.append(early(clock));
            List<LedgerRecord> records = new ArrayList<>();
            ledger.pages().all(records::add);
            assertEquals(clock.instant(), records.getLast().at());
        }
        assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
    }

    @Test
    @DisplayName("cuts off an interrupted write, keeps what was acknowledged, and records the cut")
    void tornTail() throws IOException {
        long before;
        try (Ledger ledger = Samples.open(directory)) {
            ledger.append(span());
            before = ledger.append(span()).ledger();
        }
        Path file = directory.resolve("00000001.log");
        byte[] whole = Files.readAllBytes(file);
        byte[] unfinished = java.util.Arrays.copyOf(
                java.nio.ByteBuffer.allocate(40).putInt(300).array(), 100);
        unfinished[99] = 1;
        for (byte[] rest : List.of(new byte[] {0}, unfinished, new byte[3_000])) {
            Files.deleteIfExists(directory.resolve("mark"));
            Files.write(file, whole);
            Files.write(file, rest, StandardOpenOption.APPEND);
            try (Ledger ledger = Samples.open(directory)) {
                List<LedgerRecord> records = new ArrayList<>();
                ledger.pages().all(records::add);
                assertEquals(before + 2, records.size());
                var act = assertInstanceOf(LedgerRecord.Act.class, records.getLast());
                assertEquals("ledger.recovered", act.kind());
                assertEquals(Integer.toString(rest.length), act.facts().get("cutBytes"));
                assertEquals(3, ledger.append(span()).reference());
            }
            assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
        }
    }

    private static Entry span() {
        return Samples.entry("a", new Persons.Span(Entity.USER, 0, 100));
    }

    private static Entry early(Samples.Hands clock) {
        return Samples.entry(clock.instant(), "a", new Persons.None());
    }
}
