package org.rosterkeep.appliance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.WireFault;

/// Speaks with a keep as a courier does, and does with deliveries what a test says.
final class DoubleCourier implements AutoCloseable {
    private final Path socket;
    private final Hello.Confined confined;
    private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean over;
    private volatile Optional<Line> line = Optional.empty();
    volatile Manner manner = order -> accepted(order);

    /// What came of an order.
    ///
    /// @param whole whether its end came, and fits
    /// @param stopped whether the keep broke it off
    record Got(Order order, byte[] payload, boolean whole, boolean stopped) {}

    /// How an order is answered.
    interface Manner {
        /// @return empty to end the line without a word
        Optional<Result> ended(Order order) throws InterruptedException;

        default Optional<Refusal> refused(Order order) {
            return Optional.empty();
        }

        /// Called after the first frame of payload.
        default void begun(Order order) throws InterruptedException {}
    }

    DoubleCourier(Path socket) {
        this(socket, Hello.Confined.TRIAL);
    }

    DoubleCourier(Path socket, Hello.Confined confined) {
        this.socket = socket;
        this.confined = confined;
        thread = Thread.ofPlatform().name("double-courier").daemon().start(this::live);
    }

    static Optional<Result> accepted(Order order) {
        return result(order, Result.Outcome.DELIVERED, Code.ACCEPTED, 200);
    }

    static Optional<Result> result(Order order, Result.Outcome outcome, Code code, int status) {
        return Optional.of(
                new Result(order.delivery(), outcome, Optional.of(status), Optional.empty(), code, Optional.empty()));
    }

    private void live() {
        while (!over) {
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                var here = new Line(channel);
                line = Optional.of(here);
                here.send(new Hello("double", confined, List.of()).frame());
                while (!over) {
                    here.send(Frame.of(Frame.Kind.NEXT));
                    if (!serve(here, Order.read(here.next()))) {
                        break;
                    }
                }
            } catch (IOException | WireFault gone) {
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean serve(Line here, Order order) throws InterruptedException {
        var refusal = manner.refused(order);
        if (refusal.isPresent()) {
            here.send(refusal.get().frame());
            got.add(new Got(order, new byte[0], false, false));
            return true;
        }
        try {
            here.send(Frame.of(Frame.Kind.GO));
        } catch (WireFault cut) {
            got.add(new Got(order, new byte[0], false, true));
            return false;
        }
        var payload = new ByteArrayOutputStream();
        boolean first = true;
        while (true) {
            Frame frame;
            try {
                frame = here.next();
            } catch (WireFault cut) {
                got.add(new Got(order, payload.toByteArray(), false, true));
                return false;
            }
            switch (frame.kind()) {
                case PAYLOAD -> {
                    payload.writeBytes(frame.body());
                    if (first) {
                        first = false;
                        manner.begun(order);
                    }
                }
                case STOP -> {
                    got.add(new Got(order, payload.toByteArray(), false, true));
                    here.send(result(order, Result.Outcome.FAILED, Code.STOPPED, 499)
                            .orElseThrow()
                            .frame());
                    return false;
                }
                case END -> {
                    boolean whole = End.read(frame).length() == payload.size();
                    var result = manner.ended(order);
                    got.add(new Got(order, payload.toByteArray(), whole, false));
                    result.ifPresent(one -> here.send(one.frame()));
                    return result.isPresent();
                }
                default -> throw new AssertionError(frame.kind());
            }
        }
    }

    /// The next delivery that was handed over, whatever became of it.
    Got next() throws InterruptedException {
        var next = got.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was handed over");
        }
        return next;
    }

    /// Whether nothing is handed over for a while.
    boolean nothing() throws InterruptedException {
        return got.poll(1500, TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        line.ifPresent(one -> {
            try {
                one.close();
            } catch (WireFault already) {
                return;
            }
        });
    }
}
