package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.sources.Standing;

@DisplayName("Files that are fetched by SFTP, or found in a folder")
@Timeout(180)
class FetchFileTest {
    private static final String HOST = "drop.example.org";
    private static final int STUDENTS = 120;

    private final HandClock clock = new HandClock(Instant.now());
    private Path directory;
    private FetchingDistrict town;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        directory = temporary;
        town = new FetchingDistrict(directory.resolve("town"), clock);
    }

    @AfterEach
    void close() throws IOException {
        town.close();
    }

    private static void roster(Path file, int students) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            new MadeUpDistrict(MadeUpDistrict.Shape.of(students).schools(1).demographics(false)).zip(out);
        }
    }

    private static KeyPair key() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    @Test
    @DisplayName("a real host of SFTP: the file is imported once, a new one anew; another host's key is refused")
    void sftp() throws Exception {
        Path drop = Files.createDirectories(directory.resolve("drop"));
        KeyPair hostKey = key();
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, password, _) -> user.equals("roster") && password.equals("pa55"));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(drop));
        server.start();
        try (server) {
            String print = KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
            town.source(sftp(server.getPort(), print.substring("SHA256:".length())));
            town.courier(HOST, server.getPort(), Optional.empty());
            assertEquals("secret-missing", town.run("drop").last());
            town.secret("drop", Secret.Part.PASSWORD, "pa55");
            assertEquals("failed-there", town.asked("drop", false).last(), "there is no such file yet");

            roster(drop.resolve("roster.zip"), STUDENTS);
            assertEquals(
                    Standing.OK,
                    town.asked("drop", false).last(),
                    town.acts("source.").toString());
            int people = town.count(Entity.USER);
            assertTrue(people > STUDENTS);
            assertEquals(Standing.UNCHANGED, town.asked("drop", false).last());

            byte[] half = Files.readAllBytes(drop.resolve("roster.zip"));
            Files.write(drop.resolve("roster.zip"), java.util.Arrays.copyOf(half, half.length / 2));
            assertEquals("import", town.asked("drop", false).last(), "half a zip is none");
            assertEquals(people, town.count(Entity.USER));

            town.source(sftp(server.getPort(), "A".repeat(43)));
            assertEquals("host-key", town.asked("drop", false).last());
        }
    }

    private static String sftp(int port, String hostKey) {
        return """
            {"id": "drop", "from": "2020-01-01", "until": "2090-01-01",
             "source": {"kind": "sftp-get", "host": "%s", "port": %d, "path": "/roster.zip", "country": "US",
                        "internal": true, "user": "roster", "hostKey": "%s"},
             "dailyAt": "03:30", "zone": "America/Chicago"}\
            """.formatted(HOST, port, hostKey);
    }

    private Path watched() throws IOException {
        Path folder = Files.createDirectories(town.home.resolve("incoming").resolve("sis"));
        town.source("""
            {"id": "files", "from": "2020-01-01", "until": "2090-01-01",
             "source": {"kind": "folder", "folder": "sis"}}\
            """);
        return folder;
    }

    private void look() {
        town.live.rooms().sources().look();
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    @DisplayName("a file that stands still is imported once and moved, with a report that names nobody")
    void folder() throws Exception {
        Path folder = watched();
        roster(folder.resolve("roster.zip"), STUDENTS);
        look();
        clock.forward(Duration.ofSeconds(59));
        look();
        assertEquals(0, town.count(Entity.USER), "it may still be written");
        Files.setLastModifiedTime(
                folder.resolve("roster.zip"),
                java.nio.file.attribute.FileTime.from(Instant.now().plusSeconds(5)));
        clock.forward(Duration.ofSeconds(2));
        look();
        assertEquals(0, town.count(Entity.USER), "it was written meanwhile");
        clock.forward(Duration.ofSeconds(61));
        look();
        assertTrue(town.count(Entity.USER) > STUDENTS);
        var done = names(folder.resolve("done"));
        assertEquals(2, done.size(), done.toString());
        assertTrue(done.getFirst().endsWith("-roster.zip"));
        String report = Files.readString(folder.resolve("done").resolve(done.get(1)));
        assertTrue(report.startsWith("applied at ") && report.contains("users: "), report);

        roster(folder.resolve("again.zip"), STUDENTS);
        Files.createFile(folder.resolve("again.zip.done"));
        look();
        assertEquals(4, names(folder.resolve("done")).size(), "whoever says that it is whole need not wait");
        assertFalse(Files.exists(folder.resolve("again.zip.done")));
        assertEquals(Standing.UNCHANGED, town.standing("files").last());
        assertTrue(town.acts("intake.").stream()
                        .filter(one -> one.startsWith("intake.applied"))
                        .count()
                == 1);
    }

    @Test
    @DisplayName(
            "links, pipes, nonsense and files of half a gigabyte are moved away unopened or refused, and hold nobody"
                    + " up")
    void hostile() throws Exception {
        Path folder = watched();
        Path secret = Files.writeString(directory.resolve("secret.zip"), "not for here");
        Files.createSymbolicLink(folder.resolve("a-link.zip"), secret);
        assertEquals(
                0,
                new ProcessBuilder("mkfifo", folder.resolve("b-pipe.zip").toString())
                        .start()
                        .waitFor());
        Files.writeString(folder.resolve("c-nonsense.zip"), "Canary, and no zip");
        Files.write(folder.resolve("d-bomb.zip"), bomb());
        try (var large =
                new java.io.RandomAccessFile(folder.resolve("e-large.zip").toFile(), "rw")) {
            large.setLength(600L << 20);
        }
        Files.writeString(folder.resolve("f.zip.part"), "being written");
        roster(folder.resolve("z-good.zip"), STUDENTS);
        look();
        clock.forward(Duration.ofMinutes(2));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (names(folder).contains("z-good.zip") && System.nanoTime() < end) {
            look();
            clock.forward(Duration.ofSeconds(1));
        }
        assertTrue(town.count(Entity.USER) > STUDENTS, names(folder).toString());
        var refused = names(folder.resolve("refused"));
        assertEquals(10, refused.size(), refused.toString());
        for (String name : refused) {
            if (name.endsWith(".txt")) {
                String report = Files.readString(folder.resolve("refused").resolve(name));
                assertTrue(report.startsWith("refused at "), report);
                assertFalse(report.contains("Canary"));
            }
        }
        assertEquals("not for here", Files.readString(secret));
        assertEquals(List.of(".taking", "done", "f.zip.part", "refused"), names(folder));
        assertEquals(List.of(), names(folder.resolve(".taking")));
    }

    /// Ten million zeros, packed.
    private static byte[] bomb() throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(bytes)) {
            zip.putNextEntry(new java.util.zip.ZipEntry("users.csv"));
            zip.write(new byte[10_000_000]);
        }
        return bytes.toByteArray();
    }

    @Test
    @DisplayName("a folder that is a link, or is not there, is not looked into, and that is said")
    void elsewhere() throws Exception {
        Path folder = watched();
        Files.delete(folder);
        Path real = Files.createDirectories(directory.resolve("elsewhere"));
        Files.createSymbolicLink(folder, real);
        roster(real.resolve("roster.zip"), STUDENTS);
        look();
        assertEquals("folder", town.standing("files").last());
        assertEquals(List.of("roster.zip"), names(real));
        assertEquals(1, town.live.rooms().sources().failing().size());
        Files.delete(folder);
        Files.createDirectories(folder);
        clock.forward(Duration.ofHours(7));
        look();
        assertEquals(List.of(), town.live.rooms().sources().failing());
    }
}
