package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/// The courier and a real mail server, over real sockets and real TLS.
@Timeout(120)
class MailTest {
    private static final String HOST = "mail.invalid";
    private static final String PASSWORD = "plum orbit canyon velvet";
    private static final byte[] LETTER = Json.createObjectBuilder()
            .add("subject", "Rosterkeep: a backup failed")
            .add(
                    "lines",
                    Json.createArrayBuilder(List.of(
                            "The backup of last night failed.", ".", "..hidden", "What to do: see the doctor.")))
            .build()
            .toString()
            .getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Paperwork paperwork = new Paperwork();
    private final List<Mailed> mails = new CopyOnWriteArrayList<>();
    private final List<String> peers = new CopyOnWriteArrayList<>();
    private Certificates certificates;
    private Keeper keeper;
    private Path operators;

    private record Mailed(String from, String to, String text) {}

    @BeforeEach
    void furnish() throws Exception {
        certificates = new Certificates();
        keeper = new Keeper(directory);
        operators = paperwork.anchors(directory, "anna", "ben");
    }

    @AfterEach
    void leave() throws Exception {
        keeper.close();
    }

    private SMTPServer.Builder server() {
        BasicMessageListener heard = (context, from, to, data) ->
                mails.add(new Mailed(from, to, new String(data, StandardCharsets.US_ASCII)));
        return SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()).messageHandler(heard);
    }

    private SMTPServer startTls(Certificates.Identity identity) throws Exception {
        var context = certificates.server(identity);
        return server().enableTLS(true)
                .requireTLS(true)
                .startTlsSocketFactory(context, false)
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, session) -> {
                    if (!user.equals("keep") || !password.equals(PASSWORD)) {
                        throw new LoginFailedException();
                    }
                }))
                .build();
    }

    private Courier courier(int port) throws Exception {
        var place = new Manifest.Place(
                HOST,
                port,
                true,
                List.of(InetAddress.getByAddress(new byte[] {127, 0, 0, 1})),
                Set.of(),
                Instant.now());
        var manifest = new Manifest(Instant.now(), List.of(place), Optional.empty());
        var file = Files.writeString(
                directory.resolve("manifest.json"), manifest.json().toString());
        var setting = new Courier.Setting(
                keeper.socket, file, operators, Optional.of(certificates.file(directory)), 1, true, "0");
        return Courier.start(setting, new Silent(), Clock.systemUTC());
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

    private static Target target(int port, Optional<String> user) {
        return new Target(HOST, port, "/", "US", true, Optional.empty(), user, Optional.empty());
    }

    private static String text(Target target, String tls, String... recipients) {
        var push = Json.createObjectBuilder(target.json()).add("kind", "smtp");
        return Json.createObjectBuilder()
                .add("id", "office-mail")
                .add("version", 1)
                .add("from", Paperwork.FROM.toString())
                .add("until", Paperwork.UNTIL.toString())
                .add(
                        "destination",
                        Json.createObjectBuilder().add("country", "US").add("push", push))
                .add("fields", Json.createObjectBuilder())
                .add(
                        "mail",
                        Json.createObjectBuilder()
                                .add("sender", "rosterkeep@school.example")
                                .add("recipients", Json.createArrayBuilder(List.of(recipients)))
                                .add("tls", tls))
                .build()
                .toString();
    }

    private Order order(Target target, String tls, Secret secret, String... recipients) {
        return new Order(
                "notice-0123456789abcdef",
                Way.SMTP,
                target,
                Optional.empty(),
                Map.of(),
                secret,
                paperwork.papers(text(target, tls, recipients)),
                Map.of(),
                1 << 15,
                60);
    }

    private static Secret password(String word) {
        return new Secret(Map.of(Secret.Part.PASSWORD, word));
    }

    @Test
    @DisplayName("a mail arrives by STARTTLS, after a login, to whom two people signed, dots and all")
    void delivered() throws Exception {
        var server = startTls(certificates.identity(HOST));
        server.start();
        try (var _ = courier(server.getPortAllocated())) {
            var order = order(
                    target(server.getPortAllocated(), Optional.of("keep")),
                    "starttls",
                    password(PASSWORD),
                    "po@school.example",
                    "it@school.example");
            var result = keeper.talk().deliver(order, LETTER);
            assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
            var mail = mails.getFirst();
            assertEquals("rosterkeep@school.example", mail.from());
            assertTrue(mail.text().contains("Subject: Rosterkeep: a backup failed\r\n"), mail.text());
            assertTrue(
                    mail.text().contains("\r\n\r\nThe backup of last night failed.\r\n.\r\n..hidden\r\n"), mail.text());
            assertTrue(mail.text().contains("Message-ID: <notice-0123456789abcdef@school.example>"), mail.text());
            assertTrue(mail.text().contains("To: po@school.example,\r\n it@school.example\r\n"), mail.text());
            assertTrue(mail.text().contains("Auto-Submitted: auto-generated"), mail.text());
        } finally {
            server.stop();
        }
    }

    @Test
    @DisplayName("a wrong password and a certificate for another name end it before anything is told")
    void refused() throws Exception {
        var server = startTls(certificates.identity(HOST));
        server.start();
        try (var _ = courier(server.getPortAllocated())) {
            var talk = keeper.talk();
            talk.begin(order(
                    target(server.getPortAllocated(), Optional.of("keep")),
                    "starttls",
                    password("wrong"),
                    "po@school.example"));
            assertEquals(Code.LOGIN_FAILED, talk.result().code());
        } finally {
            server.stop();
        }
        var other = startTls(certificates.identity("other.invalid"));
        other.start();
        try (var _ = courier(other.getPortAllocated())) {
            var talk = keeper.talk();
            talk.begin(order(
                    target(other.getPortAllocated(), Optional.empty()), "starttls", Secret.NONE, "po@school.example"));
            assertEquals(Code.TLS_CERTIFICATE, talk.result().code());
        } finally {
            other.stop();
        }
        assertEquals(List.of(), mails);
    }

    @Test
    @DisplayName("a server without TLS is told nothing, not even the password")
    void noTls() throws Exception {
        var server = server().authenticationHandlerFactory(
                        new EasyAuthenticationHandlerFactory((user, password, session) -> peers.add(user)))
                .build();
        server.start();
        try (var _ = courier(server.getPortAllocated())) {
            var talk = keeper.talk();
            talk.begin(order(
                    target(server.getPortAllocated(), Optional.of("keep")),
                    "starttls",
                    password(PASSWORD),
                    "po@school.example"));
            assertEquals(Code.TLS_FAILED, talk.result().code());
            assertEquals(List.of(), mails);
            assertEquals(List.of(), peers);
        } finally {
            server.stop();
        }
    }

    @Test
    @DisplayName("TLS from the first byte, and a certificate of the district's own that the server asks for")
    void implicit() throws Exception {
        var context = certificates.server(certificates.identity(HOST));
        try (var socket = context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var _ = courier(socket.getLocalPort())) {
            ((javax.net.ssl.SSLServerSocket) socket).setNeedClientAuth(true);
            var dialogue = Thread.ofVirtual().start(() -> dialogue(socket));
            var order = order(
                    target(socket.getLocalPort(), Optional.empty()),
                    "implicit",
                    certificates.identity("keep.invalid").secret(),
                    "po@school.example");
            var result = keeper.talk().deliver(order, LETTER);
            assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
            dialogue.join();
            assertEquals(List.of("CN=keep.invalid"), peers);
            assertTrue(mails.getFirst().text().contains("Subject: Rosterkeep: a backup failed"));
        }
    }

    /// The other half of one dialogue, by hand: the server above cannot ask for a certificate from the first byte.
    private void dialogue(ServerSocket listening) {
        try (var socket = (SSLSocket) listening.accept()) {
            peers.add(socket.getSession().getPeerPrincipal().getName());
            var in = new java.io.BufferedReader(
                    new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            var out = socket.getOutputStream();
            var mail = new StringBuilder();
            boolean data = false;
            out.write("220 here\r\n".getBytes(StandardCharsets.US_ASCII));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (data && !line.equals(".")) {
                    mail.append(line).append("\r\n");
                    continue;
                }
                if (data) {
                    mails.add(new Mailed("", "", mail.toString()));
                }
                data = line.equals("DATA");
                out.write((data ? "354 go on\r\n" : "250-well\r\n250 done\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException over) {
            return;
        }
    }

    @Test
    @DisplayName("an address in the text, a header in the subject, a recipient nobody signed: nothing is sent")
    void screened() throws Exception {
        var server = startTls(certificates.identity(HOST));
        server.start();
        try (var _ = courier(server.getPortAllocated())) {
            var target = target(server.getPortAllocated(), Optional.of("keep"));
            for (var letter : List.of(
                    "{\"subject\":\"x\",\"lines\":[\"to anna@home.example\"]}",
                    "{\"subject\":\"x\\r\\nBcc: a\",\"lines\":[\"y\"]}",
                    "{\"subject\":\"x\",\"lines\":[\"\u00e9\"]}",
                    "{\"subject\":\"x\",\"lines\":[\"y\"],\"to\":\"z\"}")) {
                var talk = keeper.talk();
                talk.begin(order(target, "starttls", password(PASSWORD), "po@school.example"));
                talk.expect(org.rosterkeep.courier.wire.Frame.Kind.GO);
                talk.send(letter.getBytes(StandardCharsets.UTF_8));
                talk.end(letter.getBytes(StandardCharsets.UTF_8));
                var code = talk.result().code();
                assertTrue(code == Code.PAYLOAD_FORM || code == Code.PAYLOAD_FIELD, code + " " + letter);
                talk.line().close();
            }
            var talk = keeper.talk();
            var good = order(target, "starttls", password(PASSWORD), "po@school.example");
            var papers = good.grant();
            var forged = new org.rosterkeep.courier.wire.Papers(
                    papers.district(), text(target, "starttls", "thief@home.example"), papers.endorsements(), Map.of());
            talk.begin(new Order(
                    good.delivery(),
                    good.kind(),
                    target,
                    Optional.empty(),
                    Map.of(),
                    good.secret(),
                    forged,
                    Map.of(),
                    100,
                    20));
            talk.expect(org.rosterkeep.courier.wire.Frame.Kind.REFUSE);
            assertFalse(mails.stream().anyMatch(mail -> mail.to().contains("thief")));
            assertEquals(List.of(), mails);
        } finally {
            server.stop();
        }
    }
}
