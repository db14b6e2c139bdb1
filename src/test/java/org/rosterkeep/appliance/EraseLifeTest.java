package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Log;
import org.rosterkeep.retention.Ground;
import org.rosterkeep.retention.Order;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.vault.Everything;

/// Erasures that are killed, that find the disk full or an import under way: each time on a copy of one furnished home.
@DisplayName("An erasure")
class EraseLifeTest {
    private static final String DISTRICT = "demo";

    @TempDir
    private static Path shared;

    private static Path furnished;
    private static Map<String, String> passwords;

    @TempDir
    private Path directory;

    @BeforeAll
    static void furnish() throws IOException {
        var roster = Canary.zip(shared.resolve("roster.zip"), 1);
        passwords = new TreeMap<>();
        try (var run = new TrialRun(shared, Optional.of(roster), line -> {})) {
            furnished = run.home().directory();
            run.file().operators().forEach(one -> passwords.put(one.name(), one.password()));
            for (int turn = 2; turn <= 3; turn++) {
                var file = Canary.zip(shared.resolve("turn.zip"), turn);
                run.ask("intake run", new Common.Args().with("file", file.toString()));
            }
            run.refused(
                    "erase person",
                    run.as("anna")
                            .with("person", Canary.PERSON)
                            .with("ground", "asked")
                            .with("request", "R-1"));
        }
    }

    private static Districts open(Path home) {
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        return Districts.open(new Home(home), new Wiring(Clock.systemUTC(), new SecureRandom(), log));
    }

    private static RecordKey key(Rooms rooms) {
        return rooms.vault().key(Entity.USER, SourcedId.of(Canary.PERSON));
    }

    private static Rooms rooms(Districts districts) {
        return districts.find(DISTRICT).orElseThrow().rooms();
    }

    /// The second signature.
    private static Order decide(Rooms rooms, String password) {
        try (var session = rooms.operators()
                .signIn("ben", password.toCharArray(), Instant.now())
                .orElseThrow()) {
            return rooms.orders().sign(key(rooms), Ground.ASKED, "R-1", session, Instant.now());
        }
    }

    private static List<Everything.Piece> held(Path home) {
        var district = new Home(home).district(new DistrictName(DISTRICT));
        try (var ring = KeyRing.open(
                District.keys(district), new UnsealingFile(District.unsealingFile(district)), new SecureRandom())) {
            return Everything.of(district, ring).stream()
                    .filter(one -> Canary.in(one.plain()).isPresent())
                    .toList();
        }
    }

    private static List<String> sealed(Path home, List<Everything.Piece> held) throws IOException {
        var found = new ArrayList<String>();
        try (var all = Files.walk(home)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                held.stream()
                        .filter(one -> text.contains(new String(one.sealed(), StandardCharsets.ISO_8859_1)))
                        .forEach(one -> found.add(file.getFileName() + ": " + one.where()));
            }
        }
        return found;
    }

    private Path copied(String name) throws IOException {
        var to = directory.resolve(name);
        LiveDistrict.copy(furnished, to);
        return to;
    }

    /// A keep that is told to erase somebody, and is killed.
    static final class Keeper {
        private Keeper() {}

        public static void main(String[] args) throws IOException {
            try (var districts = open(Path.of(args[0]))) {
                var rooms = rooms(districts);
                System.out.println("up");
                System.in.read();
                new Erasing(rooms).carryOut(decide(rooms, args[1]), Instant.now());
                System.out.println("done");
                System.in.read();
            }
        }
    }

    @Test
    @DisplayName("that is killed at any moment has not begun, or is finished at the next start to the last byte")
    void killed() throws Exception {
        var before = held(furnished);
        assertFalse(before.isEmpty());
        var states = new HashSet<Order.State>();
        for (int delay : new int[] {0, 350, 450, 550, 700, 5000}) {
            var home = copied("k" + delay);
            kill(home, delay);
            try (var districts = open(home)) {
                states.add(rooms(districts).orders().list().getFirst().state());
            }
            var state = state(home);
            if (state == Order.State.ASKED) {
                assertEquals(before.size(), held(home).size(), "killed before it was decided: nothing is gone");
            } else {
                assertEquals(Order.State.DONE, state, "after " + delay);
                assertEquals(List.of(), held(home), "after " + delay);
                assertEquals(List.of(), sealed(home, before), "after " + delay);
            }
        }
        assertEquals(java.util.Set.of(Order.State.ASKED, Order.State.DONE), states, "both were seen");
    }

    private static Order.State state(Path home) {
        try (var districts = open(home)) {
            return rooms(districts).orders().list().getFirst().state();
        }
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
                        home.toString(),
                        passwords.get("ben"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("up", lines.readLine());
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            if (delay >= 5000) {
                assertEquals("done", lines.readLine());
            } else {
                Thread.sleep(delay);
            }
        } finally {
            process.destroyForcibly();
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        }
    }

    @Test
    @DisplayName(
            "that is decided and finds an import under way goes on when that has ended, whatever the import brought")
    void importing() throws IOException {
        var home = copied("importing");
        try (var districts = open(home)) {
            var rooms = rooms(districts);
            Order order;
            try (var batch = rooms.vault().open(Instant.now())) {
                order = decide(rooms, passwords.get("ben"));
                assertThrows(Landing.LandingBusy.class, () -> new Erasing(rooms).carryOut(order, Instant.now()));
                assertFalse(new Erasing(rooms).goOn(Instant.now()));
                assertEquals(
                        Order.State.DECIDED, rooms.orders().list().getFirst().state());
            }
            assertTrue(new Erasing(rooms).goOn(Instant.now()));
            assertEquals(Order.State.DONE, rooms.orders().list().getFirst().state());
        }
        assertEquals(List.of(), held(home));
    }

    @Test
    @DisplayName("with a full disk has not begun, or goes on by itself when there is room; nobody is given the person")
    void full() throws IOException {
        var disk = FullDisk.at(directory.resolve("disk"));
        assumeTrue(disk.isPresent(), "no file system can be mounted here");
        try (var small = disk.get()) {
            var home = small.path().resolve("h");
            LiveDistrict.copy(furnished, home);
            var before = held(home);
            try (var districts = open(home)) {
                var rooms = rooms(districts);
                small.fill();
                assertThrows(RuntimeException.class, () -> decide(rooms, passwords.get("ben")));
                assertEquals(Order.State.ASKED, rooms.orders().list().getFirst().state());
                small.empty();
                var order = decide(rooms, passwords.get("ben"));
                assertEquals(Order.State.DECIDED, order.state());
                small.fill();
                assertThrows(RuntimeException.class, () -> new Erasing(rooms).carryOut(order, Instant.now()));
                assertFalse(new Erasing(rooms).goOn(Instant.now()));
                assertEquals(
                        Order.State.DECIDED, rooms.orders().list().getFirst().state());
                small.empty();
                assertTrue(new Erasing(rooms).goOn(Instant.now()));
                assertEquals(Order.State.DONE, rooms.orders().list().getFirst().state());
            }
            assertEquals(List.of(), held(home));
            assertEquals(List.of(), sealed(home, before));
        }
    }
}
