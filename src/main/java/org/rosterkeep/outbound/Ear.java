package org.rosterkeep.outbound;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.WireFault;

/// Listens on a line all the time, so that whoever waits for a frame can look at something else meanwhile, and
/// knows when
/// the line has ended.
final class Ear {
    /// So much of an answer waits here; the rest waits on the line.
    private static final int FRAMES_MAX = 64;
    /// When nobody takes anything for so long, nobody is there any more.
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final LinkedBlockingQueue<Optional<Frame>> frames = new LinkedBlockingQueue<>(FRAMES_MAX);
    private volatile boolean ended;

    Ear(Line line) {
        Thread.ofVirtual().name("hatch-ear").start(() -> listen(line));
    }

    private void listen(Line line) {
        try {
            while (frames.offer(Optional.of(line.next()), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                continue;
            }
        } catch (WireFault over) {
            ended = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        var _ = frames.offer(Optional.empty());
    }

    /// The next frame, if one comes within this time.
    ///
    /// @throws WireFault when the line has ended and nothing is left
    Optional<Frame> next(Duration within) throws InterruptedException {
        if (ended && frames.isEmpty()) {
            throw new WireFault(WireFault.Code.ENDED);
        }
        Optional<Frame> frame = frames.poll(within.toMillis(), TimeUnit.MILLISECONDS);
        if (frame == null) {
            return Optional.empty();
        }
        if (frame.isEmpty()) {
            throw new WireFault(WireFault.Code.ENDED);
        }
        return frame;
    }
}
