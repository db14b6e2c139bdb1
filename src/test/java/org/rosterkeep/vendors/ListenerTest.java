package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Reason;

@Timeout(60)
class ListenerTest {
    private static final String USERS = "/ims/oneroster/rostering/v1p2/users";
    private static final String GET = "GET " + USERS + " HTTP/1.1\r\nHost: localhost\r\n";

    private static Stage hasty() {
        Duration soon = Duration.ofMillis(300);
        Duration later = Duration.ofSeconds(30);
        return new Stage(
                Stage.refusing(Reason.NO_RULE),
                new Settings(Optional.empty(), false, Limits.usual().withWaits(soon, soon, later, soon, soon)));
    }

    @Nested
    @DisplayName("a slow client is shown out")
    class Slow {
        @Test
        @DisplayName("when it says nothing after TLS")
        void silent() throws IOException {
            try (Stage stage = hasty();
                    Socket socket = stage.raw()) {
                socket.getOutputStream().flush();
                assertEquals(-1, end(socket));
            }
        }

        @Test
        @DisplayName("when it does not even begin TLS")
        void noHandshake() throws IOException {
            try (Stage stage = hasty();
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.listener.port())) {
                socket.setSoTimeout(20_000);
                assertEquals(-1, end(socket));
            }
        }

        @Test
        @DisplayName("when its request line never ends")
        void requestLine() throws IOException {
            try (Stage stage = hasty();
                    Socket socket = stage.raw()) {
                socket.getOutputStream().write("GET /im".getBytes(StandardCharsets.US_ASCII));
                assertEquals(-1, end(socket));
            }
        }

        @Test
        @DisplayName("when its headers drip")
        void headers() throws IOException {
            try (Stage stage = hasty();
                    Socket socket = stage.raw()) {
                socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().write("X: ".getBytes(StandardCharsets.US_ASCII));
                assertEquals(-1, end(socket));
            }
        }

        @Test
        @DisplayName("when its second request drips")
        void secondRequest() throws IOException {
            try (Stage stage = hasty();
                    Socket socket = stage.raw()) {
                socket.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
                String first = answer(socket);
                assertTrue(first.startsWith("HTTP/1.1 401"), first);
                socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
                assertEquals(-1, end(socket));
            }
        }

        @Test
        @DisplayName("when its body does not come, whether a route wants it or not")
        void body() throws IOException {
            for (String line : List.of("POST /token", "GET " + USERS, "POST /nowhere")) {
                try (Stage stage = hasty();
                        Socket socket = stage.raw()) {
                    socket.getOutputStream()
                            .write((line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\na=b")
                                    .getBytes(StandardCharsets.US_ASCII));
                    String rest = new String(readAll(socket), StandardCharsets.UTF_8);
                    assertTrue(rest.isEmpty() || rest.startsWith("HTTP/1.1 400"), line + ": " + rest);
                }
            }
        }

        @Test
        @DisplayName("and its place is free again")
        void freed() throws IOException {
            try (Stage stage = hasty()) {
                List<Socket> sockets = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    sockets.add(stage.raw());
                }
                for (Socket socket : sockets) {
                    assertEquals(-1, end(socket));
                    socket.close();
                }
                assertEquals(401, stage.get(USERS).statusCode());
                assertTrue(stage.listener.connections() <= 1);
            }
        }
    }

    private static int end(Socket socket) {
        try {
            return socket.getInputStream().read();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        } catch (IOException e) {
            return -1;
        }
    }

    private static byte[] readAll(Socket socket) {
        try {
            return socket.getInputStream().readAllBytes();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection is still open", e);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /// One answer with a Content-Length.
    private static String answer(Socket socket) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                return text.toString();
            }
            text.append((char) next);
        }
        String length = text.toString()
                .toLowerCase(java.util.Locale.ROOT)
                .split("content-length: ")[1]
                .split("\r\n")[0];
        text.append(new String(socket.getInputStream().readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8));
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        Host: h~X: a~: empty name                                      | 400
        Host: h~Host: h                                                | 400
        X: no host                                                     | 400
        Host: h~Content-Length: 3~Transfer-Encoding: chunked           | 400
        Host: h~Content-Length: 3~Content-Length: 4                    | 400
        Host: h~Content-Length: +3                                     | 400
        Host: h~Content-Length: -3                                     | 400
        Host: h~Transfer-Encoding: chunked, identity                   | 400
        Host: h~X: a~ folded                                           | 400
        Host: h~no colon                                               | 400
        Host: h~Expect: the unexpected                                 | 417
        Host: h~Expect: 100-continue, x                                | 417
        """)
    @DisplayName("what is malformed is refused in OneRoster's shape, and the connection ends")
    void malformedHeaders(String headers, int status) throws IOException {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            String answer = stage.raw("GET " + USERS + " HTTP/1.1\r\n" + headers.replace("~", "\r\n") + "\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
            assertTrue(answer.contains("imsx_codeMajor"), answer);
        }
    }

    @ParameterizedTest
    @CsvSource({"zz", "-1", "0x3", "3;", "99999999999999999999", "'3 '", "''"})
    @DisplayName("a malformed chunk size is 400 and the end, on every kind of route")
    void malformedChunks(String size) throws IOException {
        for (String line : List.of("POST /token", "GET " + USERS, "POST " + USERS)) {
            try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
                String answer = stage.raw(line + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + size + "\r\na=b\r\n0\r\n\r\n");
                assertTrue(answer.startsWith("HTTP/1.1 400"), line + " " + answer);
                assertTrue(answer.indexOf("HTTP/1.1", 1) < 0, "one answer only: " + answer);
            }
        }
    }

    @Test
    @DisplayName("too long a request line, too many headers and too large a body are refused")
    void tooLarge() throws IOException {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            String line = stage.raw("GET " + USERS + "?x=" + "y".repeat(17_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
            assertTrue(line.startsWith("HTTP/1.1 414"), line);
            String headers = stage.raw(GET + "X: " + "y".repeat(17_000) + "\r\n\r\n");
            assertTrue(headers.startsWith("HTTP/1.1 400"), headers);
            String body = stage.raw("POST /token HTTP/1.1\r\nHost: h\r\nContent-Length: 1048577\r\n\r\n");
            assertTrue(body.startsWith("HTTP/1.1 413"), body);
            assertEquals(401, stage.get(USERS + "?filter=" + "y".repeat(15_000)).statusCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GET /users?x=LONG HTTP/1.1~Host: h~~', 414",
        "'GET /users HTTP/1.1~Host: h~X: LONG~~', 400",
        "'POST /token HTTP/1.1~Host: h~Content-Length: 2000000~~LONG', 413"
    })
    @DisplayName("what is far too long is answered, however much of it is still on its way, and the connection ends in"
            + " order")
    void farTooLong(String request, int status) throws IOException {
        var sent = request.replace("~", "\r\n").replace("LONG", "y".repeat(70_000));
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            for (int i = 0; i < 20; i++) {
                // A connection that is reset would throw.
                String answer = stage.raw(sent);
                assertTrue(answer.startsWith("HTTP/1.1 " + status), "the " + i + "th: " + answer);
                assertTrue(answer.contains("imsx_codeMajor") && answer.length() < 1_000, answer);
                assertTrue(answer.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), answer);
            }
            assertEquals(401, stage.get(USERS).statusCode());
        }
    }

    @Test
    @DisplayName("who goes on talking after that is not listened to for long")
    void talksOn() throws IOException {
        try (Stage stage = hasty();
                Socket socket = stage.raw()) {
            byte[] more = "y".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
            assertThrows(IOException.class, () -> {
                for (int i = 0; i < 20_000; i++) {
                    socket.getOutputStream().write(more);
                }
            });
        }
    }

    @Test
    @DisplayName("signs that should have been encoded are understood")
    void unencoded() throws IOException {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            String answer = stage.raw("GET " + USERS
                    + "?filter=dateLastModified>='2026-10-01' HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                    + "Authorization: Bearer " + Stage.TOKEN + "\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 403"), answer);
            assertTrue(stage.asked.getFirst().filter().isPresent());
        }
    }

    @Test
    @DisplayName("one address gets so many connections and no more")
    void perAddress() throws IOException {
        Settings settings = new Settings(Optional.empty(), false, Limits.usual().withConnections(50, 3));
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE), settings)) {
            List<Socket> inside = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Socket socket = stage.raw();
                socket.getOutputStream().write((GET + "\r\n").getBytes(StandardCharsets.US_ASCII));
                assertTrue(answer(socket).startsWith("HTTP/1.1 401"));
                inside.add(socket);
            }
            assertThrows(IOException.class, () -> stage.raw(GET + "\r\n"));
            for (Socket socket : inside) {
                socket.close();
            }
        }
    }

    @Test
    @DisplayName("one client gets so many requests at a time; the next is told to come back")
    void crowd() throws InterruptedException, ExecutionException {
        int max = Limits.usual().requestsPerClient();
        CountDownLatch inside = new CountDownLatch(max);
        CountDownLatch release = new CountDownLatch(1);
        Door slow = inquiry -> {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Outcome.Mistaken(Outcome.Mistake.UNKNOWN_OBJECT);
        };
        try (Stage stage = new Stage(slow);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < max; i++) {
                answers.add(threads.submit(() -> stage.read(USERS).statusCode()));
            }
            inside.await();
            var over = stage.read(USERS);
            release.countDown();
            assertEquals(429, over.statusCode());
            assertEquals(new String(Complaint.TOO_MANY.body(Wire.V1P2), StandardCharsets.UTF_8), over.body());
            assertTrue(over.headers().firstValue("Retry-After").isPresent());
            for (Future<Integer> answer : answers) {
                assertEquals(404, answer.get());
            }
            assertEquals(404, stage.read(USERS).statusCode(), "the places are free again");
        }
    }

    @Test
    @DisplayName("stopping lets a request finish and takes no new one")
    void stop() throws InterruptedException, ExecutionException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Door slow = inquiry -> {
            inside.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                return new Outcome.Refused(Reason.NO_RULE);
            }
            return new Outcome.Mistaken(Outcome.Mistake.UNKNOWN_OBJECT);
        };
        Stage stage = new Stage(slow);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> answer = threads.submit(() -> stage.read(USERS).statusCode());
            inside.await();
            Future<?> stopping = threads.submit(stage.listener::close);
            while (accepts(stage)) {
                Thread.onSpinWait();
            }
            release.countDown();
            assertEquals(404, answer.get());
            stopping.get();
        }
        stage.close();
    }

    private static boolean accepts(Stage stage) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.listener.port())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, true", "TLSv1.2, true", "TLSv1.1, false", "TLSv1, false"})
    @DisplayName("speaks TLS 1.2 and 1.3 and nothing older")
    void versions(String version, boolean spoken) throws IOException {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE));
                SSLSocket socket = (SSLSocket) stage.raw()) {
            socket.setEnabledProtocols(new String[] {version});
            if (spoken) {
                socket.startHandshake();
                assertEquals(version, socket.getSession().getProtocol());
            } else {
                assertThrows(IOException.class, socket::startHandshake);
            }
        }
    }

    @Test
    @DisplayName("shows a renewed certificate to the next connection, without a restart")
    void renewed() throws IOException {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            byte[] before = stage.shown();
            byte[] after = stage.renew();
            assertFalse(Arrays.equals(before, after));
            assertArrayEquals(after, stage.shown());
        }
    }

    @Test
    @DisplayName("a key store without a key is a fault with a code")
    void noKey() throws IOException {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            ListenerFault fault = assertThrows(ListenerFault.class, stage::withoutKey);
            assertEquals(ListenerFault.Code.IDENTITY_UNUSABLE, fault.code());
        }
    }

    @Test
    @DisplayName("a taken port is a fault with a code")
    void takenPort() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            ListenerFault fault = assertThrows(ListenerFault.class, () -> stage.another(stage.listener.port()));
            assertEquals(ListenerFault.Code.PORT_UNUSABLE, fault.code());
        }
    }
}
