package org.rosterkeep.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;

/// Kills a Java machine in the middle of its imports and looks at what it left.
class CrashTest {
    private static final int PEOPLE = 3000;
    private static final int KILLS = 4;
    private static final int RENAMED = 200;

    @TempDir
    private Path directory;

    /// Imports for ever, one batch after the other, each giving everybody the batch's number as a name.
    static final class Importer {
        private Importer() {}

        public static void main(String[] args) {
            try (Room room = new Room(Path.of(args[0]))) {
                for (; ; ) {
                    System.out.println(land(room));
                }
            }
        }

        private static long land(Room room) {
            long number = room.vault.relations().batch() + 1;
            return room.land(batch -> {
                for (int i = 0; i < PEOPLE; i++) {
                    int user = batch.reserve(Entity.USER, Rows.id("u-" + i));
                    batch.put(Entity.USER, user, Rows.user("u-" + i, "Name" + number, "student", 0, "03"));
                }
                for (int i = 0; i < RENAMED && number > 1; i++) {
                    batch.rename(Entity.USER, i, Rows.id("night-" + number + "-" + i));
                }
                room.vault.put("report", "last", Long.toString(number).getBytes(StandardCharsets.US_ASCII));
            });
        }
    }

    @Test
    @DisplayName("after kill -9 during an import the roster is the batch before or the batch after, whole")
    void killed() throws IOException, InterruptedException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long durable = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            durable = Math.max(durable, importAndKill(1 + random.nextInt(3), random.nextInt(2_000_000)));
            try (Room room = new Room(directory)) {
                long batch = room.vault.relations().batch();
                assertTrue(batch == durable || batch == durable + 1, "seed " + seed + ": " + durable + ", " + batch);
                int[] all = new int[PEOPLE];
                Arrays.setAll(all, i -> i);
                List<byte[]> rows = room.rows(Entity.USER, batch, all);
                for (int i = 0; i < PEOPLE; i++) {
                    assertArrayEquals(
                            Rows.user("u-" + i, "Name" + batch, "student", 0, "03"), rows.get(i), "seed " + seed);
                }
                assertEquals(PEOPLE, room.vault.relations().live(Entity.USER).getCardinality());
                for (int i = 0; i < RENAMED && batch > 1; i++) {
                    assertEquals(i, room.vault.find(Entity.USER, Rows.id("night-" + batch + "-" + i)), "seed " + seed);
                    assertEquals(
                            Relations.NONE, room.vault.find(Entity.USER, Rows.id("night-" + (batch + 1) + "-" + i)));
                }
                durable = batch;
            }
        }
    }

    /// Waits until some batches are durable, a little longer, and kills. Returns the last number it was told.
    private long importAndKill(int batches, int spins) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Importer.class.getName(),
                directory.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        long last = 0;
        try (BufferedReader told =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            for (int i = 0; i < batches; i++) {
                String line = told.readLine();
                assertTrue(line != null, "the importer ended by itself");
                last = Long.parseLong(line);
            }
            for (int i = 0; i < spins; i++) {
                Thread.onSpinWait();
            }
            // By its handle: destroying the process would close the pipe, and with it what it told last.
            process.toHandle().destroyForcibly();
            for (String line = told.readLine(); line != null; line = told.readLine()) {
                last = Long.parseLong(line);
            }
        }
        process.waitFor();
        return last;
    }
}
