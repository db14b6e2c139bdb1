package org.rosterkeep.vault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.disclosure.Permits;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Entity;

/// Attempts to get at what the vault keeps, to mix it up, or to lose it.
class VaultFenceTest {
    private static final String CANARY = "Zaunkoenigcanary";

    @TempDir
    private Path directory;

    private static long people(Room room, int count, String name) {
        return room.land(batch -> {
            for (int i = 0; i < count; i++) {
                int user = batch.reserve(Entity.USER, Rows.id("u-" + i));
                batch.put(Entity.USER, user, Rows.user("u-" + i, name, "student", 0, "03"));
            }
        });
    }

    private static VaultFault.Code refusal(Runnable act) {
        return assertThrows(VaultFault.class, act::run).code();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void sql(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    @DisplayName("no file holds a value, an id, a role, a grade or a document's name in the open")
    void canary() throws IOException {
        Room room = new Room(directory);
        room.land(batch -> {
            int user = batch.reserve(Entity.USER, Rows.id(CANARY + "id"));
            batch.put(Entity.USER, user, Rows.user(CANARY + "id", CANARY, CANARY + "role", 0, CANARY + "grade"));
        });
        room.vault.put(CANARY + "kind", CANARY + "doc", CANARY.getBytes(StandardCharsets.UTF_8));
        for (int pass = 0; pass < 2; pass++) {
            assertTrue(files().size() >= 4);
            for (Path file : files()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(content.contains(CANARY), file.getFileName().toString());
                assertFalse(
                        content.contains(
                                new String(CANARY.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1)),
                        file.getFileName().toString());
            }
            if (pass == 0) {
                room.close();
            }
        }
    }

    @Test
    @DisplayName("superseded ciphertext is gone from the files once it is swept")
    void secureDelete() throws IOException, SQLException {
        Room room = new Room(directory);
        people(room, 40, "Ada");
        byte[] old = data(Space.rows(Entity.USER), 0, 1);
        assertTrue(anywhere(old));
        people(room, 40, "Augusta");
        room.clock.forward(Duration.ofHours(1));
        room.vault.idle(room.clock.instant());
        assertFalse(anywhere(old));
        room.close();
    }

    @Test
    @DisplayName("a dropped document is gone from the files after housekeeping")
    void droppedDocument() throws IOException, SQLException {
        Room room = new Room(directory);
        room.vault.put("token", "t", CANARY.repeat(20).getBytes(StandardCharsets.UTF_8));
        byte[] old = only("house.db", "SELECT data FROM document");
        assertTrue(anywhere(old));
        room.vault.remove("token", "t");
        room.vault.idle(room.clock.instant());
        assertFalse(anywhere(old));
        room.close();
    }

    private byte[] data(int space, int block, long version) throws SQLException {
        return only(
                "roster.db",
                "SELECT data FROM block WHERE space = " + space + " AND block = " + block + " AND version = "
                        + version);
    }

    private byte[] only(String file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(file));
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            assertTrue(rows.next());
            return Arrays.copyOfRange(rows.getBytes(1), 0, 64);
        }
    }

    private boolean anywhere(byte[] wanted) throws IOException {
        String needle = new String(wanted, StandardCharsets.ISO_8859_1);
        for (Path file : files()) {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(needle)) {
                return true;
            }
        }
        return false;
    }

    @Test
    @DisplayName("every file is the owner's alone")
    void ownerOnly() throws IOException {
        try (Room room = new Room(directory)) {
            people(room, 1, "Ada");
            for (Path file : files()) {
                if (file.getFileName().toString().contains(".db")) {
                    assertEquals(
                            "rw-------",
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)),
                            file.getFileName().toString());
                }
            }
        }
    }

    @Test
    @DisplayName("refuses the keys of another district, and harms nothing")
    void wrongKey() {
        Room room = new Room(directory);
        people(room, 1, "Ada");
        room.close();
        Path elsewhere = directory.resolve("elsewhere");
        SecureRandom random = new SecureRandom();
        try (KeyRing other =
                KeyRing.create(elsewhere, UnsealingFile.create(elsewhere.resolve("unseal"), random), random)) {
            assertEquals(
                    VaultFault.Code.WRONG_KEY,
                    refusal(() -> Vault.open(directory, other, room.clock, Room.settings())));
        }
        try (Room again = new Room(directory)) {
            assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), again.row(Entity.USER, 0, 1));
        }
    }

    @Test
    @DisplayName("a block moved to another place, or another version, does not open there")
    void movedBlock() throws SQLException {
        for (String move : List.of("block", "version", "space")) {
            Path own = directory.resolve(move);
            assertTrue(own.toFile().mkdir());
            Room room = new Room(own);
            people(room, 64, "Ada");
            people(room, 64, "Augusta");
            room.close();
            int space = Space.rows(Entity.USER);
            String from = switch (move) {
                case "block" -> "space = " + space + " AND block = 1 AND version = 2";
                case "version" -> "space = " + space + " AND block = 0 AND version = 1";
                default -> "space = " + Space.many(Entity.USER) + " AND block = 0 AND version = 1";
            };
            sql(
                    move + "/roster.db",
                    "UPDATE block SET data = (SELECT data FROM block WHERE " + from + ") WHERE space = " + space
                            + " AND block = 0 AND version = 2");
            try (Room again = new Room(own)) {
                assertEquals(VaultFault.Code.REPAIR_NEEDED, refusal(() -> again.row(Entity.USER, 0, 2)), move);
            }
        }
    }

    @Test
    @DisplayName("refuses a damaged database with a word of its own")
    void damaged() throws IOException {
        Room room = new Room(directory);
        people(room, 2000, "Ada");
        room.close();
        Path file = directory.resolve("roster.db");
        byte[] whole = Files.readAllBytes(file);
        byte[] torn = whole.clone();
        Arrays.fill(torn, 16384, 16384 * 4, (byte) 0x55);
        Files.write(file, torn);
        Files.createFile(directory.resolve("open"));
        assertEquals(VaultFault.Code.REPAIR_NEEDED, refusal(() -> new Room(directory)));
        assertTrue(Files.exists(directory.resolve("open")), "the next opening checks again");
        Files.write(file, "not a database at all, but long enough to be looked at".getBytes(StandardCharsets.US_ASCII));
        assertEquals(VaultFault.Code.REPAIR_NEEDED, refusal(() -> new Room(directory)));
        Files.write(file, whole);
        new Room(directory).close();
        assertFalse(Files.exists(directory.resolve("open")));
    }

    @Test
    @DisplayName("refuses a store of a newer version")
    void newer() throws SQLException {
        new Room(directory).close();
        sql("roster.db", "INSERT INTO migration (number) VALUES (9999)");
        assertEquals(VaultFault.Code.NEWER_FORMAT, refusal(() -> new Room(directory)));
    }

    @Test
    @DisplayName("one vault at a time has a district open")
    void inUse() {
        try (Room room = new Room(directory)) {
            assertEquals(
                    VaultFault.Code.IN_USE,
                    refusal(() -> Vault.open(directory, room.keys, room.clock, Room.settings())));
            people(room, 1, "Ada");
        }
    }

    @Test
    @DisplayName("a full disk stops the import, says so, loses nothing, and the next one that fits is taken")
    void full() {
        new Room(directory).close();
        Room room = new Room(directory);
        people(room, 40, "Ada");
        room.vault.close();
        room.vault = Vault.open(directory, room.keys, room.clock, new Vault.Settings(1 << 20, 2, 20));
        assertEquals(VaultFault.Code.DISK_FULL, refusal(() -> people(room, 20_000, "Augusta".repeat(4))));
        assertEquals(1, room.vault.relations().batch());
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
        room.vault.put("rule", "r", new byte[] {1});
        assertEquals(2, people(room, 40, "Grace"));
        room.restart();
        assertArrayEquals(Rows.user("u-39", "Ada", "student", 0, "03"), room.row(Entity.USER, 39, 1));
        assertEquals(3, people(room, 40, "Augusta"));
        room.close();
    }

    @Test
    @DisplayName("a rotation is taken up where a restart left it, and ends with the old keys gone")
    void rotation() throws IOException {
        Room room = new Room(directory);
        people(room, 700, "Ada");
        room.vault.put("rule", "r", "text".getBytes(StandardCharsets.UTF_8));
        room.keys.rotate();
        people(room, 20, "Augusta");
        assertFalse(room.vault.reseal(5));
        Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
        Files.createDirectories(copy.resolve("keys"));
        Files.copy(
                directory.resolve("keys/district.keys"),
                copy.resolve("keys/district.keys"),
                StandardCopyOption.REPLACE_EXISTING);
        room.restart();
        assertEquals(List.of(1, 2), room.keys.epochs());
        int steps = 0;
        while (!room.vault.reseal(5)) {
            steps++;
            assertArrayEquals(Rows.user("u-699", "Ada", "student", 0, "03"), room.row(Entity.USER, 699, 1));
        }
        assertTrue(steps > 2, "in steps");
        assertEquals(List.of(2), room.keys.epochs());
        room.restart();
        assertArrayEquals(Rows.user("u-699", "Ada", "student", 0, "03"), room.row(Entity.USER, 699, 2));
        assertArrayEquals(Rows.user("u-0", "Augusta", "student", 0, "03"), room.row(Entity.USER, 0, 2));
        assertArrayEquals(Rows.user("u-0", "Ada", "student", 0, "03"), room.row(Entity.USER, 0, 1));
        assertEquals("text", new String(room.vault.get("rule", "r").orElseThrow(), StandardCharsets.UTF_8));
        room.close();
    }

    @Test
    @DisplayName("an import that began before a rotation is sealed anew as well")
    void rotationDuringImport() {
        Room room = new Room(directory);
        people(room, 10, "Ada");
        try (Landing.Batch batch = room.vault.open(Room.START)) {
            for (int i = 0; i < 10; i++) {
                batch.put(Entity.USER, i, Rows.user("u-" + i, "Augusta", "student", 0, "03"));
            }
            room.keys.rotate();
            assertFalse(room.vault.reseal(1000), "waits for the import");
            batch.commit();
        }
        assertTrue(room.vault.reseal(1000));
        room.restart();
        assertArrayEquals(Rows.user("u-9", "Augusta", "student", 0, "03"), room.row(Entity.USER, 9, 2));
        room.close();
    }

    @Test
    @DisplayName("readers see one batch or the other while imports go on, never half of one")
    void readersDuringImport() throws InterruptedException {
        int count = 200;
        int[] all = new int[count];
        Arrays.setAll(all, i -> i);
        try (Room room = new Room(directory)) {
            people(room, count, "Name1");
            AtomicBoolean over = new AtomicBoolean();
            AtomicReference<String> wrong = new AtomicReference<>("");
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Runnable work = () -> {
                    while (!over.get()) {
                        long batch = room.vault.relations().batch();
                        byte[] expected = Rows.user("u-7", "Name" + batch, "student", 0, "03");
                        List<byte[]> rows = room.rows(Entity.USER, batch, all);
                        if (!Arrays.equals(expected, rows.get(7))
                                || rows.stream().anyMatch(row -> row.length == 0)) {
                            wrong.set("batch " + batch);
                        }
                    }
                };
                readers.add(
                        i % 2 == 0
                                ? Thread.ofVirtual().start(work)
                                : Thread.ofPlatform().start(work));
            }
            for (int n = 2; n <= 30; n++) {
                assertEquals(n, people(room, count, "Name" + n));
                room.vault.idle(room.clock.instant());
            }
            over.set(true);
            for (Thread reader : readers) {
                reader.join();
            }
            assertEquals("", wrong.get());
        }
    }

    @Test
    @DisplayName("the cache keeps to its bound, and is empty after a quiet minute")
    void cache() {
        Room room = new Room(directory);
        people(room, 4000, "Ada");
        int[] some = new int[4000];
        Arrays.setAll(some, i -> i);
        room.vault.read(Permits.whole(Entity.USER, 1, some), (position, ordinal, row) -> {});
        assertTrue(room.vault.cachedBytes() > 0 && room.vault.cachedBytes() <= 1 << 20);
        room.clock.forward(Duration.ofSeconds(59));
        room.vault.idle(room.clock.instant());
        assertTrue(room.vault.cachedBytes() > 0);
        room.clock.forward(Duration.ofSeconds(2));
        room.vault.idle(room.clock.instant());
        assertEquals(0, room.vault.cachedBytes());
        room.close();
    }
}
