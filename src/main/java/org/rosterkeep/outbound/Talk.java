package org.rosterkeep.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.WireFault;

/// One order's talk with the courier. Several times a second it is looked whether the order may go on, whoever is being
/// waited for: what is stopped stops what is under way.
final class Talk {
    private static final Duration LOOK = Duration.ofMillis(200);
    /// How long the courier has to say how it ended after it was stopped; then the line is cut.
    static final Duration LAST_WORD = Duration.ofSeconds(2);
    /// Beyond the deadline the courier was given.
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final Line line;
    private final Ear ear;
    private final long until;

    Talk(Line line, Ear ear, Duration deadline) {
        this.line = line;
        this.ear = ear;
        until = System.nanoTime() + deadline.plus(GRACE).toNanos();
    }

    /// Something other than the courier's frame ended the waiting.
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final String why;

        Stopped(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    void say(Frame frame) {
        line.send(frame);
    }

    /// The courier's next frame, unless the order must not go on.
    Frame await(Supplier<Optional<String>> objection) throws InterruptedException {
        while (true) {
            Optional<Frame> frame = ear.next(LOOK);
            if (frame.isPresent()) {
                return frame.get();
            }
            objection.get().ifPresent(why -> {
                throw new Stopped(why);
            });
            if (System.nanoTime() > until) {
                throw new Stopped("deadline");
            }
        }
    }

    /// Tells the courier to stop, and hears its last word. A line on which nothing moves is cut: without its end no
    /// payload is whole.
    Optional<Frame> stop() throws InterruptedException {
        Thread.ofVirtual().name("hatch-stop").start(() -> {
            try {
                line.send(Frame.of(Frame.Kind.STOP));
            } catch (WireFault gone) {
                return;
            }
        });
        Optional<Frame> last = Optional.empty();
        try {
            last = ear.next(LAST_WORD).filter(frame -> frame.kind() == Frame.Kind.RESULT);
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
