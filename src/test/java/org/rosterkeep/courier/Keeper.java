package org.rosterkeep.courier;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;

/// The keep's end of the lines, as a test wants it.
final class Keeper implements AutoCloseable {
    private final ServerSocketChannel server;
    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    final Path socket;

    Keeper(Path directory) throws IOException {
        socket = directory.resolve("courier.sock");
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(() -> {
            while (server.isOpen()) {
                try {
                    lines.add(new Line(server.accept()));
                } catch (IOException e) {
                    return;
                }
            }
        });
    }

    /// A line on which the courier has introduced itself and asks for an order.
    Talk talk() throws InterruptedException {
        var line = lines.poll(15, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("the courier does not come");
        }
        var hello = Hello.read(line.next());
        return new Talk(line, hello);
    }

    record Talk(Line line, Hello hello) {
        /// Gives an order, hands over the payload when the courier says go, and comes back with what it says in
        /// the end.
        Result deliver(Order order, byte[] payload) {
            begin(order);
            expect(Frame.Kind.GO);
            send(payload);
            end(payload);
            return result();
        }

        void begin(Order order) {
            expect(Frame.Kind.NEXT);
            line.send(order.frame());
        }

        Frame expect(Frame.Kind kind) {
            var frame = line.next();
            if (frame.kind() != kind) {
                throw new AssertionError("the courier says " + frame.kind() + " " + new String(frame.body()));
            }
            return frame;
        }

        void send(byte[] payload) {
            for (int at = 0; at < payload.length; at += 1 << 14) {
                var piece = Arrays.copyOfRange(payload, at, Math.min(payload.length, at + (1 << 14)));
                line.send(new Frame(Frame.Kind.PAYLOAD, piece));
            }
        }

        void end(byte[] payload) {
            var sum = HexFormat.of().formatHex(Grant.sha256().digest(payload));
            line.send(new End(sum, payload.length).frame(Frame.Kind.END));
        }

        Result result() {
            return Result.read(expect(Frame.Kind.RESULT));
        }

        Refusal refusal(Order order) {
            begin(order);
            return Refusal.read(expect(Frame.Kind.REFUSE));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        lines.forEach(Line::close);
    }
}
