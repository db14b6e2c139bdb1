package org.rosterkeep.courier.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameTest {
    private static final int TRIES = 400;

    @TempDir
    Path directory;

    /// Every thing that can be said: how it is made from a seed, how it becomes a frame, how it is read.
    private record Said<T>(Function<Any, T> make, Function<T, Frame> frame, Function<Frame, T> read) {
        void returns(long seed) {
            T said = make.apply(new Any(seed));
            assertEquals(said, read.apply(frame.apply(said)), "seed " + seed);
        }

        /// A damaged frame is refused with a fault of ours, or happens to be another thing that may be said.
        void withstands(long seed) {
            Random random = new Random(seed);
            Frame whole = frame.apply(make.apply(new Any(seed)));
            byte[] body = whole.body().clone();
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            Frame damaged = new Frame(whole.kind(), Arrays.copyOf(body, body.length - random.nextInt(2)));
            try {
                T other = read.apply(damaged);
                assertEquals(other, read.apply(frame.apply(other)), "seed " + seed);
            } catch (WireFault refused) {
                assertFalse(refused.getMessage().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(body, StandardCharsets.UTF_8), e);
            }
        }
    }

    private static final List<Said<?>> ALL = List.of(
            new Said<>(Any::order, Order::frame, Order::read),
            new Said<>(Any::hello, Hello::frame, Hello::read),
            new Said<>(Any::result, Result::frame, Result::read),
            new Said<>(Any::refusal, Refusal::frame, Refusal::read),
            new Said<>(Any::end, end -> end.frame(Frame.Kind.END), End::read),
            new Said<>(Any::end, end -> end.frame(Frame.Kind.BODY_END), End::read));

    @Test
    @DisplayName("what is said is what is understood")
    void returns() {
        for (var said : ALL) {
            for (long seed = 0; seed < TRIES; seed++) {
                said.returns(seed);
            }
        }
    }

    @Test
    @DisplayName("what was damaged is refused, or means something that may be said")
    void damaged() {
        for (var said : ALL) {
            for (long seed = 0; seed < TRIES; seed++) {
                said.withstands(seed);
            }
        }
    }

    @Test
    @DisplayName("a member that is not known, missing, or there twice is refused, at every depth")
    void strict() {
        String order = new String(new Any(1).order().frame().body(), StandardCharsets.UTF_8);
        for (int at = order.indexOf('{'); at >= 0; at = order.indexOf('{', at + 1)) {
            // Inside of the text of a paper a brace is only a letter.
            if (at == 0 || order.charAt(at - 1) != '"') {
                refuse(WireFault.Code.FORM, order.substring(0, at + 1) + "\"more\":1," + order.substring(at + 1));
            }
        }
        refuse(WireFault.Code.FORM, order.replace("\"maxBytes\"", "\"deadlineSeconds\""));
        refuse(WireFault.Code.FORM, order.replaceFirst("\"delivery\":\"[^\"]*\",", ""));
        refuse(WireFault.Code.FORM, order + "{}");
        refuse(WireFault.Code.LENGTH, "{\"a\":" + "[".repeat(10_000));
        refuse(WireFault.Code.FORM, order.replaceFirst("\"port\":[0-9]+", "\"port\":1e400000000"));
        refuse(WireFault.Code.FORM, order.replaceFirst("\"port\":[0-9]+", "\"port\":65536"));
    }

    private static void refuse(WireFault.Code code, String order) {
        Frame frame = new Frame(Frame.Kind.ORDER, order.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                code,
                assertThrows(WireFault.class, () -> Order.read(frame), order).code(),
                order);
    }

    @Test
    @DisplayName("a target is a name: no address, no user, no way up, no second line")
    void targets() {
        for (var host : List.of(
                "",
                "127.0.0.1",
                "::1",
                "[::1]",
                "2130706433",
                "0x7f000001",
                "a..b",
                ".a",
                "a.",
                "A.de",
                "user@host",
                "a/b",
                "a:80",
                "a b",
                "a\r\nb",
                "\u00e4.de",
                "-a.de",
                "127.1")) {
            assertThrows(WireFault.class, () -> target(host, 443, "/"), host);
        }
        for (var path : List.of("", "a", "//\n", "/ ", "/a#b", "/a\\b", "/a/../b", "/\u00e4", "/a\r\nHost: b")) {
            assertThrows(WireFault.class, () -> target("a.example", 443, path), path);
        }
        assertThrows(WireFault.class, () -> target("a.example", 0, "/"));
        assertEquals("/v1/in?x=1", target("a.example", 443, "/v1/in?x=1").path());
        assertEquals("localhost", target("localhost", 1, "/").host());
    }

    private static Target target(String host, int port, String path) {
        return new Target(host, port, path, "DE", false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    @DisplayName("another version is refused as such, whatever else it says")
    void version() {
        var later =
                Json.createObjectBuilder().add("protocol", 2).add("news", true).build();
        var fault = assertThrows(WireFault.class, () -> Hello.read(Frame.of(Frame.Kind.HELLO, later)));
        assertEquals(WireFault.Code.VERSION, fault.code());
    }

    @Test
    @DisplayName("a header that is not on the list, or has a line break in it, cannot be ordered")
    void headers() {
        String order = new String(new Any(1).order().frame().body(), StandardCharsets.UTF_8);
        assertTrue(order.contains("\"headers\":{"), order);
        String bare = order.replaceFirst("\"headers\":\\{[^}]*}", "\"headers\":{}");
        refuse(WireFault.Code.FORM, bare.replace("\"headers\":{}", "\"headers\":{\"host\":\"x\"}"));
        refuse(WireFault.Code.FORM, bare.replace("\"headers\":{}", "\"headers\":{\"accept\":\"x\\r\\ny: z\"}"));
    }

    @Test
    @DisplayName("a secret does not print itself")
    void secret() {
        Order order = new Any(3).order();
        String token = "t0ps3cret";
        var secret = new Secret(java.util.Map.of(Secret.Part.TOKEN, token));
        assertFalse(secret.toString().contains(token));
        assertFalse(order.toString().contains("secret"), order.toString());
    }

    @Test
    @DisplayName("frames pass over a real local socket, in pieces and all together")
    void line() throws Exception {
        try (var pair = new Pair(directory.resolve("s"))) {
            Frame payload = new Frame(Frame.Kind.PAYLOAD, new byte[Frame.Kind.PAYLOAD.bytesMax()]);
            Thread sender = Thread.ofVirtual().start(() -> {
                pair.one.send(payload);
                pair.one.send(Frame.of(Frame.Kind.STOP));
            });
            Line other = new Line(pair.raw);
            assertArrayEquals(payload.body(), other.next().body());
            assertEquals(Frame.Kind.STOP, other.next().kind());
            sender.join();
            pair.one.close();
            assertEquals(
                    WireFault.Code.ENDED,
                    assertThrows(WireFault.class, other::next).code());
        }
    }

    @Test
    @DisplayName("a length beyond what the kind allows is refused before it is read, and so is an unknown kind")
    void lengths() throws Exception {
        for (var kind : Frame.Kind.values()) {
            assertEquals(WireFault.Code.LENGTH, raw(kind.letter(), kind.bytesMax() + 1));
            assertEquals(WireFault.Code.LENGTH, raw(kind.letter(), Integer.MIN_VALUE));
        }
        assertEquals(WireFault.Code.KIND, raw((byte) '?', 0));
    }

    private WireFault.Code raw(byte letter, int length) throws Exception {
        try (var pair = new Pair(directory.resolve("r"))) {
            pair.raw.write(ByteBuffer.allocate(5).put(letter).putInt(length).flip());
            return assertThrows(WireFault.class, pair.one::next).code();
        }
    }

    /// Both ends of a Unix socket.
    private static final class Pair implements AutoCloseable {
        private final Path path;
        final Line one;
        final SocketChannel raw;

        Pair(Path path) throws Exception {
            this.path = path;
            var address = UnixDomainSocketAddress.of(path);
            try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                server.bind(address);
                raw = SocketChannel.open(address);
                one = new Line(server.accept());
            }
        }

        @Override
        public void close() throws Exception {
            one.close();
            raw.close();
            java.nio.file.Files.delete(path);
        }
    }
}
