package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.courier.wire.WireFault;

/// The courier between a keep that is a test and receivers that are real, over real sockets and real TLS. The
/// host's name
/// is one that nobody could resolve.
@Timeout(120)
class CourierTest {
    private static final String HOST = "vendor.invalid";
    private static final byte[] PAYLOAD = users(3).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private final Paperwork paperwork = new Paperwork();
    private final List<Journal.Line> journal = new CopyOnWriteArrayList<>();
    private final List<Confinement.Finding> findings = new CopyOnWriteArrayList<>();
    private Certificates certificates;
    private Keeper keeper;
    private Path operators;

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

    @Test
    @DisplayName("a delivery arrives as it was sent, under its key, with the name proven, and without a name looked up")
    void delivered() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var order = order(receiver.port());
            var result = keeper.talk().deliver(order, PAYLOAD);
            assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
            assertEquals(Optional.of(202), result.status());
            var got = receiver.got.getFirst();
            assertArrayEquals(PAYLOAD, got.body());
            assertEquals("POST /v1/roster?x=1 HTTP/1.1", got.line());
            assertEquals(order.delivery(), got.headers().get("Idempotency-Key"));
            assertEquals(order.headers().get(Order.SIGNATURE), got.headers().get("X-JWS-Signature"));
            assertEquals("application/json", got.headers().get("Content-Type"));
            assertEquals(HOST + ":" + receiver.port(), got.headers().get("Host"));
            assertEquals("Rosterkeep", got.headers().get("User-Agent"));
            assertTrue(got.name().contains(HOST), got.name());
            var line = journal.getFirst();
            assertEquals(PAYLOAD.length, line.bytes());
            assertEquals(Grant.hash(order.grant().text()), line.rule());
            assertFalse(journal.toString().contains("Mia"));
        }
    }

    @Test
    @DisplayName("one line carries one delivery after the other")
    void several() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            for (int i = 0; i < 3; i++) {
                assertEquals(
                        Result.Outcome.DELIVERED,
                        talk.deliver(order(receiver.port()), PAYLOAD).outcome());
            }
            assertEquals(3, receiver.got.size());
        }
    }

    @Test
    @DisplayName("a package passes as it is")
    void zip() throws Exception {
        var zip = ScreenTest.zipped(
                Map.of("users.csv", "sourcedId,status,dateLastModified,givenName,email\r\np1,,,Mia,\r\n"));
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var target = Paperwork.target(HOST, receiver.port());
            var result = keeper.talk().deliver(paperwork.order(Way.HTTPS_ZIP, target), zip);
            assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
            assertArrayEquals(zip, receiver.got.getFirst().body());
            assertEquals("application/zip", receiver.got.getFirst().headers().get("Content-Type"));
        }
    }

    @Test
    @DisplayName("what the other side answers is told as it is; nobody is followed anywhere")
    void answers() throws Exception {
        answered("HTTP/1.1 500 No", Result.Outcome.FAILED, Code.FAILED_THERE, Optional.empty());
        answered("HTTP/1.1 429 Slow\nRetry-After: 77", Result.Outcome.FAILED, Code.BUSY, Optional.of(77));
        answered(
                "HTTP/1.1 503 Later\nRetry-After: Fri, 01 Jan 2100 00:00:00 GMT",
                Result.Outcome.FAILED,
                Code.BUSY,
                Optional.of(86_400));
        answered("HTTP/1.1 400 Bad\nContent-Length: 0", Result.Outcome.REFUSED, Code.NOT_ACCEPTED, Optional.empty());
        answered(
                "HTTP/1.1 401 Who\nWWW-Authenticate: Basic realm=\"x\"",
                Result.Outcome.REFUSED,
                Code.NOT_ACCEPTED,
                Optional.empty());
        answered(
                "HTTP/1.1 307 There\nLocation: https://127.0.0.1/",
                Result.Outcome.REFUSED,
                Code.REDIRECTED,
                Optional.empty());
        answered("HTTP/1.1 103 Wait\n\nHTTP/1.1 200 OK", Result.Outcome.DELIVERED, Code.ACCEPTED, Optional.empty());
        answered("nonsense", Result.Outcome.UNKNOWN, Code.ANSWER_FORM, Optional.empty());
        answered(
                "HTTP/1.1 200 OK\nX: " + "x".repeat(20_000),
                Result.Outcome.UNKNOWN,
                Code.ANSWER_FORM,
                Optional.empty());
        answered(
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2",
                Result.Outcome.UNKNOWN,
                Code.ANSWER_FORM,
                Optional.empty());
    }

    private void answered(String head, Result.Outcome outcome, Code code, Optional<Integer> wait) throws Exception {
        try (var receiver = receiver(Receiver.says(head));
                var _ = courier(receiver.port())) {
            var result = keeper.talk().deliver(order(receiver.port()), PAYLOAD);
            assertEquals(outcome, result.outcome(), head + ": " + result);
            assertEquals(code, result.code(), head);
            assertEquals(wait, result.retryAfter(), head);
            assertEquals(1, receiver.got.size(), "one request, no second try");
        }
    }

    @Test
    @DisplayName("a receiver that takes everything and says nothing may have it: unknown, after the deadline")
    void hangs() throws Exception {
        try (var receiver = receiver((_, _) -> Thread.sleep(60_000));
                var _ = courier(receiver.port())) {
            var all = order(receiver.port());
            var order = new Order(
                    all.delivery(),
                    all.kind(),
                    all.target(),
                    all.token(),
                    all.headers(),
                    all.secret(),
                    all.grant(),
                    all.fields(),
                    all.maxBytes(),
                    2);
            var before = Instant.now();
            var result = keeper.talk().deliver(order, PAYLOAD);
            assertEquals(Result.Outcome.UNKNOWN, result.outcome());
            assertEquals(Code.TIMEOUT, result.code());
            assertTrue(Duration.between(before, Instant.now()).toSeconds() < 10);
        }
    }

    @Test
    @DisplayName("nobody there, or nobody who speaks TLS: failed, and the keep's payload is not asked for")
    void nobody() throws Exception {
        int port;
        try (var closed = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (var _ = courier(port)) {
            var talk = keeper.talk();
            talk.begin(order(port));
            var result = talk.result();
            assertEquals(Result.Outcome.FAILED, result.outcome());
            assertEquals(Code.CONNECT_FAILED, result.code());
        }
        try (var plain = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var _ = courier(plain.getLocalPort())) {
            var talk = keeper.talk();
            talk.begin(order(plain.getLocalPort()));
            try (var socket = plain.accept()) {
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals(Code.TLS_FAILED, talk.result().code());
            }
        }
    }

    @Test
    @DisplayName("another name, an unknown authority or an old certificate: refused before anything is handed over")
    void wrongCertificate() throws Exception {
        var other = new Certificates();
        refusedBy(certificates.server(certificates.identity("other.invalid")), Code.TLS_CERTIFICATE);
        refusedBy(other.server(other.identity(HOST)), Code.TLS_CERTIFICATE);
        refusedBy(
                certificates.server(certificates.identity(HOST, Instant.now().minusSeconds(60))), Code.TLS_CERTIFICATE);
    }

    private void refusedBy(javax.net.ssl.SSLContext context, Code code) throws Exception {
        try (var receiver = new Receiver(context, false, Receiver.ok());
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.begin(order(receiver.port()));
            var result = talk.result();
            assertEquals(code, result.code());
            assertEquals(Result.Outcome.REFUSED, result.outcome());
            assertTrue(receiver.got.isEmpty());
        }
    }

    @Test
    @DisplayName("a pinned key counts instead of an authority, for its name only; any other key is refused")
    void pinned() throws Exception {
        var strangers = new Certificates();
        var identity = strangers.identity(HOST);
        try (var receiver = new Receiver(strangers.server(identity), false, Receiver.ok());
                var _ = courier(receiver.port())) {
            var target = Paperwork.target(HOST, receiver.port());
            var talk = keeper.talk();
            var result =
                    talk.deliver(paperwork.order(Way.HTTPS_JSON, Paperwork.pinned(target, identity.pin())), PAYLOAD);
            assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
            assertEquals(Optional.of(identity.pin()), result.pin());
            talk.begin(paperwork.order(
                    Way.HTTPS_JSON,
                    Paperwork.pinned(target, strangers.identity(HOST).pin())));
            assertEquals(Code.TLS_PIN, talk.result().code());
        }
        var named = strangers.identity("other.invalid");
        try (var receiver = new Receiver(strangers.server(named), false, Receiver.ok());
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.begin(paperwork.order(
                    Way.HTTPS_JSON, Paperwork.pinned(Paperwork.target(HOST, receiver.port()), named.pin())));
            assertEquals(Code.TLS_CERTIFICATE, talk.result().code());
        }
    }

    @Test
    @DisplayName("who wants a client's certificate is shown the order's; a token goes into its header")
    void client() throws Exception {
        var ours = certificates.identity("rosterkeep.client");
        try (var receiver = new Receiver(certificates.server(certificates.identity(HOST)), true, Receiver.ok());
                var _ = courier(receiver.port())) {
            var target = Paperwork.target(HOST, receiver.port());
            var papers = paperwork.papers(Paperwork.text(Way.HTTPS_JSON, target));
            var parts = new java.util.EnumMap<>(ours.secret().parts());
            parts.put(Secret.Part.TOKEN, "t0ken");
            var result =
                    keeper.talk().deliver(paperwork.order(Way.HTTPS_JSON, target, papers, new Secret(parts)), PAYLOAD);
            assertEquals(Result.Outcome.DELIVERED, result.outcome(), result.toString());
            assertEquals("CN=rosterkeep.client", receiver.got.getFirst().client());
            assertEquals("Bearer t0ken", receiver.got.getFirst().headers().get("Authorization"));
            assertFalse(journal.toString().contains("t0ken"));
        }
    }

    @Test
    @DisplayName(
            "a field that is not given breaks the delivery off: the receiver never has it whole, and never that field")
    void field() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var bad = users(3000)
                    .replace("\"sourcedId\":\"p2999\"", "\"sourcedId\":\"p2999\",\"email\":\"mia@example.org\"");
            var talk = keeper.talk();
            talk.begin(order(receiver.port()));
            talk.expect(Frame.Kind.GO);
            talk.send(bad.getBytes(StandardCharsets.UTF_8));
            var result = talk.result();
            assertEquals(Code.PAYLOAD_FIELD, result.code());
            assertEquals(Result.Outcome.REFUSED, result.outcome());
            await(() -> receiver.got.size() == 1);
            assertFalse(receiver.got.getFirst().whole());
            assertFalse(receiver.got.getFirst().text().contains("mia@"));
            // And the line is good for the next.
            assertEquals(
                    Result.Outcome.DELIVERED,
                    talk.deliver(order(receiver.port()), PAYLOAD).outcome());
        }
    }

    @Test
    @DisplayName("without the keep's word that it is whole, of the right sum, it is never handed over as whole")
    void whole() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.begin(order(receiver.port()));
            talk.expect(Frame.Kind.GO);
            talk.send(PAYLOAD);
            talk.end("another payload".getBytes(StandardCharsets.UTF_8));
            assertEquals(Code.PAYLOAD_DIGEST, talk.result().code());
            talk.begin(order(receiver.port()));
            talk.expect(Frame.Kind.GO);
            talk.send(PAYLOAD);
            // It is on its way, and the keep dies.
            Thread.sleep(700);
            talk.line().close();
            await(() -> receiver.got.size() == 2);
            assertTrue(receiver.got.stream().noneMatch(Receiver.Got::whole));
        }
    }

    @Test
    @DisplayName("a word to stop breaks it off at once, while it runs and while the answer is awaited")
    void stop() throws Exception {
        try (var receiver = receiver((_, _) -> Thread.sleep(60_000));
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.begin(order(receiver.port()));
            talk.expect(Frame.Kind.GO);
            talk.send(Arrays.half(PAYLOAD));
            var before = Instant.now();
            talk.line().send(Frame.of(Frame.Kind.STOP));
            var running = talk.result();
            assertEquals(Code.STOPPED, running.code());
            assertEquals(Result.Outcome.FAILED, running.outcome());
            talk.begin(order(receiver.port()));
            talk.expect(Frame.Kind.GO);
            talk.send(PAYLOAD);
            talk.end(PAYLOAD);
            await(() -> receiver.got.stream().anyMatch(Receiver.Got::whole));
            talk.line().send(Frame.of(Frame.Kind.STOP));
            var waiting = talk.result();
            assertEquals(Code.STOPPED, waiting.code());
            assertEquals(Result.Outcome.UNKNOWN, waiting.outcome());
            assertTrue(Duration.between(before, Instant.now()).toMillis() < 5000);
        }
    }

    /// The first half of it.
    private static final class Arrays {
        static byte[] half(byte[] all) {
            return java.util.Arrays.copyOf(all, all.length / 2);
        }
    }

    @Test
    @DisplayName("an order that no two people signed, or that goes where the list has no address, is refused and nobody"
            + " called")
    void refused() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            var target = Paperwork.target(HOST, receiver.port());
            var text = Paperwork.text(Way.HTTPS_JSON, target);
            var one = new Papers(Paperwork.DISTRICT, text, List.of(paperwork.sign("anna", "propose", text)), Map.of());
            assertEquals(
                    Code.GRANT_UNSIGNED,
                    talk.refusal(paperwork.order(Way.HTTPS_JSON, target, one, Secret.NONE))
                            .code());
            var elsewhere = Paperwork.target("elsewhere.invalid", receiver.port());
            assertEquals(
                    Code.ADDRESS_NOT_LISTED,
                    talk.refusal(paperwork.order(Way.HTTPS_JSON, elsewhere)).code());
            var street = new Target(
                    HOST, receiver.port(), "/", "DE", false, Optional.empty(), Optional.empty(), Optional.empty());
            assertEquals(
                    Code.ADDRESS_FORBIDDEN,
                    talk.refusal(paperwork.order(Way.HTTPS_JSON, street)).code());
            var over = Paperwork.text(
                    Way.HTTPS_JSON, target, Paperwork.FROM, Instant.now().minusSeconds(5), Optional.empty());
            assertEquals(
                    Code.GRANT_NOT_IN_FORCE,
                    talk.refusal(paperwork.order(Way.HTTPS_JSON, target, paperwork.papers(over), Secret.NONE))
                            .code());
            Files.delete(operators);
            assertEquals(
                    Code.GRANT_UNSIGNED, talk.refusal(order(receiver.port())).code());
            assertTrue(receiver.open.isEmpty());
        }
    }

    @Test
    @DisplayName("the number of persons a day is counted over deliveries, and each person once")
    void ceiling() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var target = Paperwork.target(HOST, receiver.port());
            var text = Paperwork.text(Way.HTTPS_JSON, target, Paperwork.FROM, Paperwork.UNTIL, Optional.of(4));
            var order = paperwork.order(Way.HTTPS_JSON, target, paperwork.papers(text), Secret.NONE);
            var talk = keeper.talk();
            assertEquals(Result.Outcome.DELIVERED, talk.deliver(order, PAYLOAD).outcome());
            assertEquals(Result.Outcome.DELIVERED, talk.deliver(order, PAYLOAD).outcome());
            talk.begin(order);
            talk.expect(Frame.Kind.GO);
            talk.send(users(5).getBytes(StandardCharsets.UTF_8));
            assertEquals(Code.VOLUME, talk.result().code());
        }
    }

    @Test
    @DisplayName("a payload or an answer longer than the order allows is broken off")
    void size() throws Exception {
        try (var receiver = receiver((_, out) ->
                        out.write(("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n" + "x".repeat(2_000_000))
                                .getBytes(StandardCharsets.US_ASCII)));
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.begin(order(receiver.port()));
            talk.expect(Frame.Kind.GO);
            talk.send(users(20_000).getBytes(StandardCharsets.UTF_8));
            assertEquals(Code.PAYLOAD_SIZE, talk.result().code());
            talk.begin(paperwork.order(Way.SIS_GET, Paperwork.target(HOST, receiver.port())));
            talk.expect(Frame.Kind.GO);
            var frame = talk.line().next();
            while (frame.kind() == Frame.Kind.BODY) {
                frame = talk.line().next();
            }
            assertEquals(Code.ANSWER_SIZE, Result.read(frame).code());
        }
    }

    @Test
    @DisplayName("an answer is fetched, in chunks and by length, and told as whole only when it is")
    void fetch() throws Exception {
        fetched(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\nT: x\r\n\r\n",
                true);
        fetched("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nabcdefg", true);
        fetched("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nabcdefg", false);
        fetched("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\nabcdefg\r\n", false);
        fetched("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 7\r\n\r\nabcdefg", false);
        fetched("HTTP/1.1 206 Some\r\nContent-Length: 7\r\n\r\nabcdefg", false);
        fetched("HTTP/1.1 302 There\r\nLocation: /b\r\nContent-Length: 7\r\n\r\nabcdefg", false);
    }

    @Test
    @DisplayName(
            "a source that wants a token is asked for one first, at the place that two people signed; one that wants a"
                    + " signature gets it")
    void credentials() throws Exception {
        try (var receiver = receiver((got, out) -> {
                    String body =
                            got.line().startsWith("POST") ? "{\"access_token\":\"t0ken\",\"expires_in\":60}" : "roster";
                    out.write(("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
                });
                var _ = courier(receiver.port())) {
            var target = Paperwork.target(HOST, receiver.port());
            var at = new Target(
                    HOST, receiver.port(), "/token", "DE", true, Optional.empty(), Optional.empty(), Optional.empty());
            var text = Paperwork.text(
                    Way.SIS_GET, target, Optional.of(at), Paperwork.FROM, Paperwork.UNTIL, Optional.empty());
            var secret = new Secret(
                    Map.of(Secret.Part.CLIENT_ID, "us", Secret.Part.CLIENT_SECRET, "s:3", Secret.Part.SCOPE, "a b"));
            var plain = paperwork.order(Way.SIS_GET, target, paperwork.papers(text), secret);
            var order = new Order(
                    plain.delivery(),
                    plain.kind(),
                    target,
                    Optional.of(at),
                    plain.headers(),
                    secret,
                    plain.grant(),
                    Map.of(),
                    100,
                    20);
            var talk = keeper.talk();
            assertEquals(Result.Outcome.DELIVERED, asked(talk, order).outcome());
            var token = receiver.got.getFirst();
            assertEquals("POST /token HTTP/1.1", token.line());
            assertEquals("grant_type=client_credentials&scope=a%20b", token.text());
            assertEquals("Basic dXM6cyUzQTM=", token.headers().get("Authorization"));
            assertEquals("Bearer t0ken", receiver.got.get(1).headers().get("Authorization"));

            var signing = new Secret(Map.of(Secret.Part.CLIENT_ID, "us", Secret.Part.CONSUMER_SECRET, "s3"));
            var papers = paperwork.papers(Paperwork.text(Way.SIS_GET, target));
            assertEquals(
                    Result.Outcome.DELIVERED,
                    asked(talk, paperwork.order(Way.SIS_GET, target, papers, signing))
                            .outcome());
            var signed = receiver.got.get(2).headers().get("Authorization");
            assertTrue(signed.startsWith("OAuth oauth_consumer_key=\"us\""), signed);
            assertEquals(signature(signed, receiver.port()), param(signed, "oauth_signature"));
        }
    }

    private static Result asked(Keeper.Talk talk, Order order) {
        talk.begin(order);
        talk.expect(Frame.Kind.GO);
        var frame = talk.line().next();
        while (frame.kind() != Frame.Kind.RESULT) {
            frame = talk.line().next();
        }
        return Result.read(frame);
    }

    private static String param(String header, String name) {
        var found = java.util.regex.Pattern.compile(name + "=\"([^\"]*)\"").matcher(header);
        assertTrue(found.find(), header);
        return java.net.URLDecoder.decode(found.group(1), StandardCharsets.UTF_8);
    }

    /// The signature as RFC 5849 has it, written down by hand.
    private static String signature(String header, int port) throws Exception {
        var base =
                "GET&https%3A%2F%2F" + HOST + "%3A" + port + "%2Fv1%2Froster&oauth_consumer_key%3Dus%26oauth_nonce%3D"
                        + param(header, "oauth_nonce") + "%26oauth_signature_method%3DHMAC-SHA256%26oauth_timestamp%3D"
                        + param(header, "oauth_timestamp") + "%26oauth_version%3D1.0%26x%3D1";
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        mac.init(new javax.crypto.spec.SecretKeySpec("s3&".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return java.util.Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
    }

    private void fetched(String answer, boolean whole) throws Exception {
        try (var receiver = receiver((_, out) -> out.write(answer.getBytes(StandardCharsets.US_ASCII)));
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.begin(paperwork.order(Way.SIS_GET, Paperwork.target(HOST, receiver.port())));
            talk.expect(Frame.Kind.GO);
            var body = new ByteArrayOutputStream();
            var ended = false;
            var frame = talk.line().next();
            for (; frame.kind() != Frame.Kind.RESULT; frame = talk.line().next()) {
                ended |= frame.kind() == Frame.Kind.BODY_END;
                if (frame.kind() == Frame.Kind.BODY) {
                    body.writeBytes(frame.body());
                }
            }
            var result = Result.read(frame);
            assertEquals(whole, ended, answer);
            assertEquals(whole, result.outcome() == Result.Outcome.DELIVERED, answer + ": " + result);
            if (whole) {
                assertEquals("abcdefg", body.toString(StandardCharsets.UTF_8));
                assertEquals(
                        "GET /v1/roster?x=1 HTTP/1.1", receiver.got.getFirst().line());
            }
        }
    }

    @Test
    @DisplayName("a courier that got through to the canary says so, does no order, and looks again")
    void unconfined() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var canary = new java.net.ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            manifest(
                    receiver.port(),
                    Optional.of(new Manifest.Canary(
                            canary.getInetAddress(), canary.getLocalPort(), Optional.of(Instant.now()))));
            try (var _ = start(false)) {
                var talk = keeper.talk();
                assertEquals(Hello.Confined.NO, talk.hello().confined());
                assertEquals(List.of("got-through"), talk.hello().findings());
                assertEquals(
                        Code.UNCONFINED, talk.refusal(order(receiver.port())).code());
                assertEquals(Confinement.Finding.GOT_THROUGH, findings.getFirst());
                assertTrue(receiver.open.isEmpty());
            }
        }
    }

    @Test
    @DisplayName("what is no order ends the line, and the courier comes again")
    void nonsense() throws Exception {
        try (var receiver = receiver(Receiver.ok());
                var _ = courier(receiver.port())) {
            var talk = keeper.talk();
            talk.expect(Frame.Kind.NEXT);
            talk.line().send(new Frame(Frame.Kind.ORDER, "{\"delivery\":1}".getBytes(StandardCharsets.UTF_8)));
            assertThrows(WireFault.class, () -> talk.line().next());
            assertEquals(
                    Result.Outcome.DELIVERED,
                    keeper.talk().deliver(order(receiver.port()), PAYLOAD).outcome());
        }
    }

    private Receiver receiver(Receiver.Behaviour behaviour) throws Exception {
        return new Receiver(certificates.server(certificates.identity(HOST)), false, behaviour);
    }

    private Order order(int port) {
        return paperwork.order(Way.HTTPS_JSON, Paperwork.target(HOST, port));
    }

    private Courier courier(int port) throws Exception {
        manifest(port, Optional.empty());
        return start(true);
    }

    private void manifest(int port, Optional<Manifest.Canary> canary) throws Exception {
        var place = new Manifest.Place(
                HOST, port, true, List.of(InetAddress.getLoopbackAddress()), Set.of(), Instant.now());
        var manifest = new Manifest(Instant.now(), List.of(place), canary);
        Files.writeString(directory.resolve("manifest.json"), manifest.json().toString());
    }

    private Courier start(boolean trial) throws Exception {
        var setting = new Courier.Setting(
                keeper.socket,
                directory.resolve("manifest.json"),
                operators,
                Optional.of(certificates.file(directory)),
                1,
                trial,
                "test");
        return Courier.start(setting, new Notes(), Clock.systemUTC());
    }

    private static String users(int n) {
        var text = new StringBuilder("{\"users\":[");
        for (int i = 0; i < n; i++) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"sourcedId\":\"p")
                    .append(i)
                    .append("\",\"status\":\"active\",\"givenName\":\"Mia\"}");
        }
        return text.append("]}").toString();
    }

    private interface Question {
        boolean holds();
    }

    private static void await(Question question) throws InterruptedException {
        for (int i = 0; i < 200 && !question.holds(); i++) {
            Thread.sleep(50);
        }
        assertTrue(question.holds());
    }

    private final class Notes implements Journal {
        @Override
        public void delivery(Line line) {
            journal.add(line);
        }

        @Override
        public void refused(Code code) {}

        @Override
        public void confinement(Confinement.Finding finding) {
            findings.add(finding);
        }

        @Override
        public void line(Enum<?> code) {}

        @Override
        public void failure(RuntimeException failure) {
            throw failure;
        }
    }
}
