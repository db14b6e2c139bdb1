package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Entity;

@DisplayName("An exported ledger")
class LedgerExportTest {
    private static final byte[] KEY = Samples.SIGNER.publicKey();

    @TempDir
    Path home;

    private Path export;
    private Path zip;
    private long records;

    @BeforeEach
    void export() throws IOException {
        export = home.resolve("export");
        zip = home.resolve("export.zip");
        try (Ledger ledger = Samples.open(home.resolve("ledger"))) {
            for (int i = 0; i < 100; i++) {
                ledger.append(Samples.entry("a", new Persons.Span(Entity.USER, i, i + 1)));
            }
            records = new LedgerExport(ledger).directory(export, Samples.NOON);
            try (OutputStream out = Files.newOutputStream(zip)) {
                new LedgerExport(ledger).zip(out, Samples.NOON);
            }
        }
    }

    @Test
    @DisplayName("is sound, as a directory and as a zip, and names its key")
    void sound() throws IOException {
        var sound = assertInstanceOf(Verdict.Sound.class, verify(export));
        assertEquals(records, sound.records());
        assertEquals(0, sound.unsigned());
        assertInstanceOf(Verdict.Sound.class, verify(zip));
        assertEquals(HexFormat.of().formatHex(KEY), ExportVerifier.ownKey(export));
        assertEquals(HexFormat.of().formatHex(KEY), ExportVerifier.ownKey(zip));
    }

    @Test
    @DisplayName("is broken when its end was cut off at an older checkpoint, or its note is of another key")
    void shortened() throws IOException {
        List<Path> segments = segments();
        Files.delete(segments.getLast());
        assertInstanceOf(Verdict.Broken.class, verify(export));
        Path note = zip.resolveSibling("elsewhere");
        Files.createDirectory(note);
        Files.writeString(note.resolve("export.json"), "{\"format\":1,\"records\":0,\"sig\":\"AAAA\"}");
        assertInstanceOf(Verdict.Broken.class, verify(note));
    }

    @Nested
    @DisplayName("under the second verifier, which shares no code with the first")
    class Script {
        @Test
        @DisplayName("is sound, as a directory and as a zip")
        void sound() throws Exception {
            assertTrue(run(0, export.toString(), "--key", HexFormat.of().formatHex(KEY))
                    .contains(records + " records"));
            run(0, zip.toString());
        }

        @Test
        @DisplayName("is broken at the same place: flipped bit, missing file, short tail, other key")
        void broken() throws Exception {
            Path first = segments().getFirst();
            byte[] whole = Files.readAllBytes(first);
            byte[] bad = whole.clone();
            bad[whole.length / 2] ^= 1;
            Files.write(first, bad);
            Verdict.Broken ours = assertInstanceOf(Verdict.Broken.class, verify(export));
            String said = run(1, export.toString());
            assertTrue(said.contains("record " + ours.record() + " in " + first.getFileName()), said + " / " + ours);
            Files.write(first, whole);
            run(1, export.toString(), "--key", "11".repeat(32));
            Path last = segments().getLast();
            byte[] tail = Files.readAllBytes(last);
            Files.write(last, java.util.Arrays.copyOf(tail, tail.length - 10));
            run(1, export.toString());
            Files.delete(last);
            run(1, export.toString());
        }

        private String run(int expected, String... args) throws IOException, InterruptedException {
            assumeTrue(python(), "python3 is not here: the script was not tried");
            List<String> command = new ArrayList<>(
                    List.of("python3", export.resolve("verify-ledger.py").toString()));
            command.addAll(List.of(args));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(expected, process.exitValue(), said);
            return said;
        }

        private boolean python() {
            try {
                return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(export)) {
            return files.filter(f -> Segment.named(f.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static Verdict verify(Path path) {
        return new ExportVerifier(Optional.of(KEY)).verify(path);
    }
}
