package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Account.Numbers;
import org.rosterkeep.disclosure.Entry.Persons;

@DisplayName("A ledger whose process is killed under load")
class CrashTest {
    @TempDir
    Path directory;

    /// The process that will be killed: 16 threads append; each prints what was acknowledged, after it was.
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) {
            try (Ledger ledger = Samples.open(Path.of(args[0]), Clock.systemUTC());
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int t = 0; t < 16; t++) {
                    String client = "client-" + t;
                    threads.submit(() -> work(ledger, client));
                }
            }
        }

        private static void work(Ledger ledger, String client) {
            while (true) {
                Numbers numbers = ledger.append(Samples.entry(Clock.systemUTC().instant(), client, new Persons.None()));
                synchronized (System.out) {
                    System.out.println(numbers.ledger() + " " + client + " " + numbers.reference());
                }
            }
        }
    }

    @Test
    @DisplayName("has every record that was acknowledged, and goes on counting")
    void nothingAcknowledgedIsLost() throws Exception {
        long seed = 99;
        SplittableRandom random = new SplittableRandom(seed);
        Map<Long, String> acknowledged = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            load(200 + random.nextInt(1_500), acknowledged);
            Map<Long, String> found = new HashMap<>();
            try (Ledger ledger = Samples.open(directory, Clock.systemUTC())) {
                ledger.pages().all(r -> {
                    if (r instanceof LedgerRecord.Disclosed d) {
                        found.put(d.number(), d.entry().client() + " " + d.reference());
                    }
                });
            }
            acknowledged.forEach((number, text) -> assertEquals(text, found.get(number), "seed " + seed));
            assertEquals(
                    found.size(), Map.copyOf(found).values().stream().distinct().count());
        }
        assertInstanceOf(Verdict.Sound.class, Samples.verify(directory));
    }

    /// Where a class was loaded from: all that the process needs is in these two places.
    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    private void load(int lines, Map<Long, String> acknowledged) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        place(Victim.class) + File.pathSeparator + place(Ledger.class),
                        Victim.class.getName(),
                        directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = victim.inputReader()) {
            int count = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                int space = line.indexOf(' ');
                acknowledged.put(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
                if (++count == lines) {
                    victim.destroyForcibly();
                }
            }
            assertTrue(count >= lines, "the load ended by itself after " + count + " lines");
        } catch (IOException e) {
            // The stream was closed under us by the kill: what was read is what was acknowledged.
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }
}
