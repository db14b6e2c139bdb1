package org.rosterkeep.courier;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.WireFault;

/// One line to the keep, one delivery at a time on it.
final class Worker implements AutoCloseable {
    private final Bag bag;
    private final Line line;
    private final Inbox inbox;

    Worker(Bag bag, ByteChannel channel) {
        this.bag = bag;
        line = new Line(channel);
        inbox = new Inbox(line);
    }

    /// Asks for orders and does them until the line ends, or the courier is found to be unconfined: then it
    /// says so on a
    /// new line and is given none.
    void run(Hello hello) {
        line.send(hello.frame());
        line.send(Frame.of(Frame.Kind.NEXT));
        while (hello.confined() == bag.confinement().state()) {
            Optional<Order> order = next();
            if (order.isPresent()) {
                carry(order.get());
                line.send(Frame.of(Frame.Kind.NEXT));
            }
        }
    }

    /// What is left of a delivery that ended early is passed over: the keep had not heard of it yet.
    private Optional<Order> next() {
        Frame frame = inbox.take(Optional.empty());
        return switch (frame.kind()) {
            case ORDER -> Optional.of(Order.read(frame));
            case PAYLOAD, END, STOP -> Optional.empty();
            case HELLO, NEXT, GO, REFUSE, BODY, BODY_END, RESULT -> throw new WireFault(WireFault.Code.KIND);
        };
    }

    private void carry(Order order) {
        Instant begun = bag.clock().instant();
        try (Handle handle = new Handle(Duration.ofSeconds(order.deadlineSeconds()))) {
            inbox.begins(handle);
            Grant grant;
            try {
                grant = bag.grant(order);
            } catch (Refused e) {
                bag.journal().refused(e.code());
                line.send(e.refusal().frame());
                return;
            }
            Sum sum = new Sum();
            Carrier.Ending ending = attempt(order, grant, handle, sum);
            bag.journal()
                    .delivery(new Journal.Line(
                            grant.hash(),
                            order.target().host(),
                            order.target().port(),
                            sum.bytes,
                            ending.outcome(),
                            ending.code(),
                            Duration.between(begun, bag.clock().instant())));
            line.send(ending.of(order).frame());
        } finally {
            inbox.isOver();
        }
    }

    /// How many bytes it came to.
    private static final class Sum {
        private long bytes;
    }

    private Carrier.Ending attempt(Order order, Grant grant, Handle handle, Sum sum) {
        try (Carrier.Attempt attempt = bag.carrier(order).open(order, bag::addresses, handle)) {
            line.send(Frame.of(Frame.Kind.GO));
            return order.kind().fetches() ? fetch(attempt, sum) : push(attempt, order, grant, handle, sum);
        } catch (Refused e) {
            boolean reached = switch (e.code()) {
                case CONNECT_FAILED, TIMEOUT, TLS_FAILED, STOPPED, ABORTED, FAILED_THERE -> false;
                default -> true;
            };
            return Carrier.Ending.of(reached ? Result.Outcome.REFUSED : Result.Outcome.FAILED, e.code());
        } catch (IOException e) {
            return Carrier.Ending.of(Result.Outcome.FAILED, handle.stopped().orElse(Code.ABORTED));
        }
    }

    private Carrier.Ending push(Carrier.Attempt attempt, Order order, Grant grant, Handle handle, Sum sum)
            throws IOException {
        Payload payload =
                new Payload(order, grant, inbox, handle, id -> bag.ceilings().take(grant, id));
        try {
            return attempt.push(payload);
        } finally {
            sum.bytes = payload.bytes();
        }
    }

    private Carrier.Ending fetch(Carrier.Attempt attempt, Sum sum) throws IOException {
        Fetched fetched = new Fetched(line);
        try {
            return attempt.fetch(fetched);
        } finally {
            sum.bytes = fetched.bytes();
        }
    }

    @Override
    public void close() {
        inbox.close();
    }
}
