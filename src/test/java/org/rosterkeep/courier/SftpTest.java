package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
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
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;

/// The courier and a real SFTP server.
@Timeout(120)
class SftpTest {
    private static final String HOST = "drop.invalid";

    @TempDir
    Path directory;

    private final Paperwork paperwork = new Paperwork();
    private final KeyPair hostKey = keys();
    private final KeyPair login = keys();
    private SshServer server;
    private Path drop;
    private Keeper keeper;
    private Courier courier;

    @BeforeEach
    void furnish() throws Exception {
        drop = Files.createDirectories(directory.resolve("drop/in")).getParent();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
        server.setPasswordAuthenticator((user, password, _) -> user.equals("roster") && password.equals("pa55"));
        server.setPublickeyAuthenticator((_, key, _) -> KeyUtils.compareKeys(key, login.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory.Builder().build()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(drop));
        server.start();
        keeper = new Keeper(directory);
        var place = new Manifest.Place(
                HOST, server.getPort(), true, List.of(InetAddress.getLoopbackAddress()), Set.of(), Instant.now());
        Files.writeString(
                directory.resolve("manifest.json"),
                new Manifest(Instant.now(), List.of(place), Optional.empty())
                        .json()
                        .toString());
        var setting = new Courier.Setting(
                keeper.socket,
                directory.resolve("manifest.json"),
                paperwork.anchors(directory, "anna", "ben"),
                Optional.empty(),
                1,
                true,
                "test");
        courier = Courier.start(setting, new Silent(), Clock.systemUTC());
    }

    @AfterEach
    void leave() throws Exception {
        courier.close();
        keeper.close();
        server.stop(true);
    }

    @Test
    @DisplayName("a package gets its name when it is whole, also over the one of yesterday; by password and by key")
    void delivered() throws Exception {
        var talk = keeper.talk();
        var zip = zip("Mia");
        Files.writeString(drop.resolve("in/roster.zip"), "yesterday");
        var result = talk.deliver(order(Sftp.fingerprint(hostKey.getPublic()), password("pa55")), zip);
        assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
        assertArrayEquals(zip, Files.readAllBytes(drop.resolve("in/roster.zip")));
        var again = zip("Ben");
        var key = new Secret(Map.of(
                Secret.Part.PRIVATE_KEY,
                Certificates.pem("PRIVATE KEY", login.getPrivate().getEncoded())));
        var second = talk.deliver(order(Sftp.fingerprint(hostKey.getPublic()), key), again);
        assertEquals(Result.Outcome.DELIVERED, second.outcome(), second.toString());
        assertArrayEquals(again, Files.readAllBytes(drop.resolve("in/roster.zip")));
        assertEquals(List.of("roster.zip"), files());
    }

    @Test
    @DisplayName("another key of the host, or a login that is not accepted: refused before anything is handed over")
    void strangers() throws Exception {
        var talk = keeper.talk();
        talk.begin(order(Sftp.fingerprint(keys().getPublic()), password("pa55")));
        assertEquals(Code.HOST_KEY, talk.result().code());
        talk.begin(order(Sftp.fingerprint(hostKey.getPublic()), password("wrong")));
        assertEquals(Code.LOGIN_FAILED, talk.result().code());
        assertEquals(List.of(), files());
    }

    @Test
    @DisplayName("what is broken off, or has more in it than is given, never gets the name")
    void broken() throws Exception {
        var talk = keeper.talk();
        var order = order(Sftp.fingerprint(hostKey.getPublic()), password("pa55"));
        var zip = zip("Mia");
        talk.begin(order);
        talk.expect(Frame.Kind.GO);
        talk.send(java.util.Arrays.copyOf(zip, zip.length - 40));
        talk.line().send(Frame.of(Frame.Kind.STOP));
        var stopped = talk.result();
        assertEquals(Code.STOPPED, stopped.code());
        assertEquals(Result.Outcome.FAILED, stopped.outcome());
        assertFalse(Files.exists(drop.resolve("in/roster.zip")));
        var bad = ScreenTest.zipped(
                Map.of("users.csv", "sourcedId,status,dateLastModified,email\r\np1,,,mia@example.org\r\n"));
        talk.begin(order);
        talk.expect(Frame.Kind.GO);
        talk.send(bad);
        assertEquals(Code.PAYLOAD_FIELD, talk.result().code());
        assertFalse(Files.exists(drop.resolve("in/roster.zip")));
    }

    @Test
    @DisplayName("a file is fetched; one that is not there is a failure")
    void fetched() throws Exception {
        Files.writeString(drop.resolve("in/roster.zip"), "x".repeat(100_000));
        var talk = keeper.talk();
        var target = target(Sftp.fingerprint(hostKey.getPublic()));
        var order = paperwork.order(
                Way.SFTP_GET, target, paperwork.papers(Paperwork.text(Way.SFTP_GET, target)), password("pa55"));
        talk.begin(order);
        talk.expect(Frame.Kind.GO);
        var body = new ByteArrayOutputStream();
        var frame = talk.line().next();
        for (; frame.kind() == Frame.Kind.BODY; frame = talk.line().next()) {
            body.writeBytes(frame.body());
        }
        assertEquals(Frame.Kind.BODY_END, frame.kind());
        assertEquals(100_000, body.size());
        assertEquals(Result.Outcome.DELIVERED, talk.result().outcome());
        Files.delete(drop.resolve("in/roster.zip"));
        talk.begin(order);
        talk.expect(Frame.Kind.GO);
        assertEquals(Code.FAILED_THERE, talk.result().code());
    }

    private List<String> files() throws Exception {
        try (Stream<Path> all = Files.list(drop.resolve("in"))) {
            return all.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] zip(String name) throws Exception {
        return ScreenTest.zipped(
                Map.of("users.csv", "sourcedId,status,dateLastModified,givenName\r\np1,,," + name + "\r\n"));
    }

    private Target target(String hostKey) {
        return new Target(
                HOST,
                server.getPort(),
                "/in/roster.zip",
                "DE",
                true,
                Optional.empty(),
                Optional.of("roster"),
                Optional.of(hostKey));
    }

    private Order order(String hostKey, Secret secret) {
        var target = target(hostKey);
        return paperwork.order(Way.SFTP_ZIP, target, paperwork.papers(Paperwork.text(Way.SFTP_ZIP, target)), secret);
    }

    private static Secret password(String text) {
        return new Secret(Map.of(Secret.Part.PASSWORD, text));
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Silent implements Journal {
        @Override
        public void delivery(Line line) {}

        @Override
        public void refused(Code code) {}

        @Override
        public void confinement(Confinement.Finding finding) {}

        @Override
        public void line(Enum<?> code) {}

        @Override
        public void failure(RuntimeException failure) {
            throw failure;
        }
    }
}
