package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.rosterkeep.rules.Reason;

/// The bounds that strangers meet, as they are published (operations.md section 5).
@Timeout(60)
class LimitsTest {
    private static final String GET = "GET /ims/oneroster/v1p1/users HTTP/1.1\r\nHost: h\r\n\r\n";

    @Test
    @DisplayName("are the published ones unless somebody says otherwise")
    void published() {
        var limits = Limits.usual();
        assertEquals(4_000, limits.connections());
        assertEquals(100, limits.perAddress());
        assertEquals(Duration.ofSeconds(10), limits.headers());
        assertEquals(Duration.ofSeconds(10), limits.bodyGrace());
        assertEquals(1_024, limits.rateMin());
        assertEquals(Duration.ofMinutes(5), limits.body());
        assertEquals(16_384, limits.headerBytes());
        assertEquals(1_048_576, limits.bodyBytes());
        assertEquals(50, limits.requestsPerClient());
        assertEquals(Duration.ofSeconds(10), limits.grace());
    }

    @Test
    @DisplayName("so many connections are served at a time; who comes then waits, and is served when somebody leaves")
    void inAll() throws IOException {
        Settings settings = new Settings(Optional.empty(), false, Limits.usual().withConnections(3, 50));
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE), settings)) {
            List<Socket> inside = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                inside.add(served(stage));
            }
            // The system takes the connection; nobody speaks TLS on it yet.
            try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), stage.listener.port())) {
                waiting.setSoTimeout(1_000);
                waiting.getOutputStream().write(0x16);
                assertThrows(
                        SocketTimeoutException.class,
                        () -> waiting.getInputStream().read());
                assertTrue(stage.listener.connections() <= 3);
            }
            inside.removeFirst().close();
            served(stage).close();
            for (Socket socket : inside) {
                socket.close();
            }
        }
    }

    private static Socket served(Stage stage) throws IOException {
        Socket socket = stage.raw();
        socket.getOutputStream().write(GET.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[12];
        assertEquals(12, socket.getInputStream().readNBytes(answer, 0, 12));
        assertEquals("HTTP/1.1 401", new String(answer, StandardCharsets.US_ASCII));
        return socket;
    }
}
