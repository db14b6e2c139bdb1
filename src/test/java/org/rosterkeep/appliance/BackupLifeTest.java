package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.backup.BackupFault;
import org.rosterkeep.backup.Life;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.log.Log;

/// Backups through days and nights, kills and full disks: each time on a copy of one furnished home.
@DisplayName("A keep that makes backups")
class BackupLifeTest {
    private static final String DISTRICT = "demo";

    @TempDir
    private static Path shared;

    private static Path furnished;

    @TempDir
    private Path directory;

    @BeforeAll
    static void furnish() throws IOException {
        try (var run = new TrialRun(shared, Optional.empty(), line -> {})) {
            furnished = run.home().directory();
            var kit = run.ask("key kit", run.as("anna"));
            var all = kit.getJsonArray("words").getValuesAs(JsonString::getString);
            var asked = kit.getJsonArray("asked").getValuesAs(JsonNumber::intValue).stream()
                    .map(n -> all.get(n - 1))
                    .toList();
            run.ask("key kit confirm", run.as("anna").with("words", String.join(" ", asked)));
        }
    }

    /// A home of its own whose backups go beside it.
    private Path home(String name) throws IOException {
        var home = directory.resolve(name);
        LiveDistrict.copy(furnished, home);
        Files.createDirectories(directory.resolve(name + "-backups"));
        Files.createDirectories(directory.resolve(name + "-safes"));
        Files.writeString(
                home.resolve("rosterkeep.conf"),
                "backup-directory = " + directory.resolve(name + "-backups") + "\nsafe-directory = "
                        + directory.resolve(name + "-safes") + "\n",
                StandardOpenOption.APPEND);
        return home;
    }

    private record Keep(Districts districts, District district, Backups backups, Nightly nightly)
            implements AutoCloseable {
        static Keep open(Path directory, Clock clock) {
            var log = new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock);
            var home = new Home(directory);
            var settings = Settings.read(home.settings());
            var wiring = new Wiring(clock, new SecureRandom(), log)
                    .keeping(settings.backups().places());
            var districts = Districts.open(home, wiring);
            var backups = new Backups(home, settings, wiring, Life.shipped());
            return new Keep(
                    districts, districts.find(DISTRICT).orElseThrow(), backups, new Nightly(districts, backups, log));
        }

        void look(Clock clock) {
            nightly.look(district, clock.instant());
        }

        List<Kept> kept() {
            return Kept.all(district.rooms().vault());
        }

        @Override
        public void close() {
            nightly.close();
            districts.close();
        }
    }

    private static long parts(Path backups) throws IOException {
        try (var all = Files.list(backups)) {
            return all.filter(one -> one.toString().endsWith(".part")).count();
        }
    }

    private static long shares(Path home) throws IOException {
        var shares = new Home(home)
                .district(new DistrictName(DISTRICT))
                .resolve("safe")
                .resolve("shares");
        if (!Files.isDirectory(shares)) {
            return 0;
        }
        try (var all = Files.list(shares)) {
            return all.count();
        }
    }

    @Test
    @DisplayName(
            "makes one a night and practises a restore every week by itself, and destroys keys when their time is over")
    void nights() throws IOException {
        var life = Life.shipped();
        var evening = Instant.now()
                .atZone(ZoneOffset.UTC)
                .toLocalDate()
                .plusDays(1)
                .atTime(life.hour(), 0)
                .toInstant(ZoneOffset.UTC);
        var clock = new HandClock(evening.minus(Duration.ofMinutes(1)));
        var home = home("nights");
        try (var keep = Keep.open(home, clock)) {
            // Tonight's hour has not come, but yesterday's has passed without one.
            keep.look(clock);
            int first = keep.kept().size();
            clock.stand(evening);
            keep.look(clock);
            assertEquals(first + 1, keep.kept().size());
            assertEquals("verified", keep.kept().getFirst().word());
            assertTrue(Kept.newestDrilled(keep.district().rooms().vault()).isPresent());
            keep.look(clock);
            assertEquals(first + 1, keep.kept().size());
            var drilled = Kept.newestDrilled(keep.district().rooms().vault())
                    .flatMap(Kept::drilled)
                    .orElseThrow();
            clock.forward(life.drill());
            keep.look(clock);
            assertEquals(first + 2, keep.kept().size());
            assertTrue(Kept.newestDrilled(keep.district().rooms().vault())
                    .flatMap(Kept::drilled)
                    .orElseThrow()
                    .isAfter(drilled));
            var before = shares(home);
            clock.stand(evening.plus(life.usual()));
            keep.look(clock);
            assertEquals(before - first, shares(home), "those of the first night went, and tonight's came");
            assertTrue(keep.kept().stream().anyMatch(one -> one.word().equals("destroyed")));
        }
    }

    @Test
    @DisplayName("calls none good that was not read back, and makes another one the same night")
    void notReadBack() throws IOException {
        var home = home("unread");
        var clock = new HandClock(Instant.now());
        try (var keep = Keep.open(home, clock)) {
            var now = clock.instant();
            var spoilt = new Kept(
                    "20260101T000000Z-abcdef",
                    now,
                    now.plus(Duration.ofDays(1)),
                    directory.resolve("unread-backups").resolve("spoilt.rkb").toString(),
                    1000,
                    "K",
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty());
            spoilt.put(keep.district().rooms().vault());
            assertEquals("not verified", spoilt.word());
            assertEquals(
                    "warning",
                    BackupDoctor.look(keep.district(), keep.district().rooms(), DoctorBounds.shipped(), now).stream()
                            .map(Diagnosis::json)
                            .filter(one -> one.getString("check").equals("backup"))
                            .findFirst()
                            .orElseThrow()
                            .getString("state"));
            assertTrue(keep.backups().due(keep.district().rooms(), now));
        }
    }

    /// A keep that makes a backup, and is killed.
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] args) throws IOException {
            try (var keep = Keep.open(Path.of(args[0]), Clock.systemUTC())) {
                System.out.println("up");
                System.in.read();
                keep.backups().make(keep.district(), Optional.empty());
                System.out.println("done");
                System.in.read();
            }
        }
    }

    @Test
    @DisplayName("that is killed while it makes one leaves no part, no key and no scratch after the next minute")
    void killed() throws Exception {
        int unfinished = 0;
        for (int delay : new int[] {60, 150, 300, 600}) {
            var home = home("k" + delay);
            kill(home, delay);
            var backups = directory.resolve("k" + delay + "-backups");
            try (var keep = Keep.open(home, Clock.systemUTC())) {
                unfinished += (int) keep.kept().stream()
                        .filter(one -> one.word().equals("unfinished"))
                        .count();
                keep.backups().tidy(keep.district());
                assertEquals(0, parts(backups), "after " + delay);
                assertEquals(keep.kept().size(), shares(home), "after " + delay);
                assertTrue(keep.kept().stream().noneMatch(one -> one.word().equals("unfinished")));
                assertFalse(Files.exists(keep.district().directory().resolve("backup-making")));
                assertFalse(Files.exists(keep.district().directory().resolve("backup-proving")));
                keep.backups().make(keep.district(), Optional.empty());
                assertEquals("verified", keep.kept().getFirst().word());
            }
        }
        assertTrue(unfinished > 0, "at least one was killed while it was being made");
    }

    private static void kill(Path home, int delay) throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Keeper.class.getName(),
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("up", lines.readLine());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            Thread.sleep(delay);
        } finally {
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName("finds the disk full at any byte of one: nothing half is left, and it is said")
    void full() throws IOException {
        var disk = FullDisk.at(directory.resolve("disk"));
        assumeTrue(disk.isPresent(), "no file system can be mounted here");
        try (var small = disk.get()) {
            var home = home("full");
            try (var keep = Keep.open(home, Clock.systemUTC())) {
                small.fill();
                assertThrows(
                        RuntimeException.class, () -> keep.backups().make(keep.district(), Optional.of(small.path())));
                assertEquals(0, parts(small.path()));
                assertEquals(0, shares(home));
                assertEquals(List.of(), keep.kept());
                small.empty();
                // Written past what fits: the check before it cannot know what others write meanwhile.
                var from = Files.createDirectory(directory.resolve("from"));
                var random = new SecureRandom();
                var block = new byte[1 << 20];
                try (var out = Files.newOutputStream(from.resolve("roster.db"))) {
                    for (int n = 0; n < 120; n++) {
                        random.nextBytes(block);
                        out.write(block);
                    }
                }
                var fault =
                        assertThrows(BackupFault.class, () -> write(small.path().resolve("b.rkb"), from, keep));
                assertEquals(BackupFault.Code.NO_ROOM, fault.code());
                try (var left = Files.list(small.path())) {
                    assertEquals(List.of(), left.toList());
                }
            }
        }
    }

    private static void write(Path to, Path from, Keep keep) {
        var now = Instant.now();
        try (var key = org.rosterkeep.keys.BackupKey.fresh("x", new SecureRandom())) {
            org.rosterkeep.backup.BackupFile.write(
                    to,
                    new org.rosterkeep.backup.Header(
                            "x",
                            DISTRICT,
                            now,
                            now,
                            "1",
                            "K",
                            java.util.Map.of(),
                            java.util.Map.of(),
                            "",
                            0,
                            "",
                            "",
                            "",
                            0,
                            ""),
                    from,
                    key,
                    keep.district().rooms().keys().ledgerSigner());
        }
    }
}
