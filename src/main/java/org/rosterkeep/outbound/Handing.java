package org.rosterkeep.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Refusal;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.WireFault;
import org.rosterkeep.disclosure.DisclosureFault;

/// Hands one errand to the courier: the order, its answer, the payload, the result. Several times a second it is looked
/// whether the errand may go on, whoever is being waited for: a rule that is stopped stops what is under way.
final class Handing {
    private static final Duration LOOK = Duration.ofMillis(200);
    /// How long the courier has to say how it ended after it was stopped; then the line is cut.
    private static final Duration LAST_WORD = Duration.ofSeconds(2);
    /// Beyond the deadline the courier was given.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Line line;
    private final Ear ear;
    private final Errand errand;
    private final long until;

    Handing(Line line, Ear ear, Errand errand) {
        this.line = line;
        this.ear = ear;
        this.errand = errand;
        until = System.nanoTime()
                + errand.outbox().settings().deadline().plus(GRACE).toNanos();
    }

    /// Something other than the courier's frame ended the waiting.
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String why;

        Stopped(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    /// @return whether the line can be used again
    boolean run() throws InterruptedException {
        try {
            line.send(errand.order().frame());
            Frame answer = await(Optional.empty());
            return switch (answer.kind()) {
                case REFUSE -> {
                    errand.outbox().refused(errand, Ending.of(Refusal.read(answer)));
                    yield true;
                }
                case RESULT -> {
                    errand.outbox().refused(errand, Ending.of(result(answer)));
                    yield true;
                }
                case GO -> gone();
                case HELLO, NEXT, ORDER, PAYLOAD, END, STOP, BODY, BODY_END -> throw new WireFault(WireFault.Code.KIND);
            };
        } catch (Stopped stopped) {
            stop();
            errand.outbox().stopped(errand, stopped.why);
            return false;
        } catch (WireFault broken) {
            errand.outbox().refused(errand, Ending.of("line-" + Outbox.lower(broken.code())));
            return false;
        } catch (RuntimeException | Error fault) {
            errand.outbox().refused(errand, Ending.of("fault"));
            throw fault;
        }
    }

    private boolean gone() throws InterruptedException {
        Optional<String> refused = errand.outbox().begin(errand);
        if (refused.isPresent()) {
            throw new Stopped(refused.get());
        }
        // From here on it may have been sent, whatever happens.
        AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.empty());
        Thread writer = Thread.ofVirtual().name("hatch-payload").start(() -> write(fault));
        try {
            Result result = result(await(Optional.of(fault)));
            writer.join(LAST_WORD);
            boolean clean = !writer.isAlive();
            errand.outbox().ended(errand, Ending.of(result));
            return clean;
        } catch (Stopped stopped) {
            Optional<Result> told = stop();
            if (told.filter(one -> one.outcome() == Result.Outcome.DELIVERED).isPresent()) {
                errand.outbox().ended(errand, Ending.of(told.get()));
            } else {
                errand.outbox().stopped(errand, stopped.why);
            }
            return false;
        } catch (WireFault broken) {
            errand.outbox().ended(errand, Ending.of("line-" + Outbox.lower(broken.code())));
            return false;
        }
    }

    private void write(AtomicReference<Optional<String>> fault) {
        try {
            PayloadStream payload = new PayloadStream(line::send);
            errand.parcel().writeTo(payload);
            payload.end();
        } catch (DisclosureFault withdrawn) {
            fault.set(Optional.of(withdrawn.reason().map(Outbox::word).orElse("fault")));
        } catch (WireFault broken) {
            // The listening side finds that out, and what the courier said before.
            return;
        } catch (IOException | RuntimeException unreadable) {
            fault.set(Optional.of("fault"));
        }
    }

    /// The courier's next frame, unless the errand must not go on.
    private Frame await(Optional<AtomicReference<Optional<String>>> fault) throws InterruptedException {
        while (true) {
            Optional<Frame> frame = ear.next(LOOK);
            if (frame.isPresent()) {
                return frame.get();
            }
            fault.flatMap(AtomicReference::get).ifPresent(why -> {
                throw new Stopped(why);
            });
            errand.outbox().objection(errand).ifPresent(why -> {
                throw new Stopped(why);
            });
            if (System.nanoTime() > until) {
                throw new Stopped("deadline");
            }
        }
    }

    private Result result(Frame frame) {
        Result result = Result.read(frame);
        if (!result.delivery().equals(errand.delivery().id())) {
            throw new WireFault(WireFault.Code.KIND);
        }
        return result;
    }

    /// Tells the courier to stop. A line on which nothing moves is cut: without its end no payload is whole.
    private Optional<Result> stop() throws InterruptedException {
        Thread.ofVirtual().name("hatch-stop").start(() -> {
            try {
                line.send(Frame.of(Frame.Kind.STOP));
            } catch (WireFault gone) {
                return;
            }
        });
        Optional<Result> last = Optional.empty();
        try {
            last = ear.next(LAST_WORD)
                    .filter(frame -> frame.kind() == Frame.Kind.RESULT)
                    .map(this::result);
        } catch (WireFault gone) {
            last = Optional.empty();
        }
        close();
        return last;
    }

    private void close() {
        try {
            line.close();
        } catch (WireFault already) {
            return;
        }
    }
}
