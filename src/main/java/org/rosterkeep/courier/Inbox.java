package org.rosterkeep.courier;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.WireFault;

/// What the keep says, heard while the courier is at work: a word to stop counts at once, and so does a line that ends.
/// No more than one frame waits here, so that little is on its way when the word comes.
final class Inbox {
    private final Line line;
    private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(1);
    private final Thread ear;
    private volatile Optional<Handle> underWay = Optional.empty();
    private volatile Optional<WireFault> ended = Optional.empty();

    Inbox(Line line) {
        this.line = line;
        ear = Thread.ofVirtual().name("courier-ear").start(this::listen);
    }

    private void listen() {
        try {
            while (true) {
                Frame frame = line.next();
                if (frame.kind() == Frame.Kind.STOP) {
                    underWay.ifPresent(handle -> handle.stop(Code.STOPPED));
                } else {
                    frames.put(frame);
                }
            }
        } catch (WireFault e) {
            ended = Optional.of(e);
            underWay.ifPresent(handle -> handle.stop(Code.STOPPED));
        } catch (InterruptedException e) {
            ended = Optional.of(new WireFault(WireFault.Code.ENDED, e));
        }
    }

    /// From now on a word to stop means this delivery.
    void begins(Handle handle) {
        underWay = Optional.of(handle);
        if (ended.isPresent()) {
            handle.stop(Code.STOPPED);
        }
    }

    void isOver() {
        underWay = Optional.empty();
    }

    /// The next frame.
    ///
    /// @throws WireFault when the line has ended
    /// @throws Refused when the delivery was stopped meanwhile
    Frame take(Optional<Handle> handle) {
        try {
            while (true) {
                handle.ifPresent(Handle::check);
                Frame frame = frames.poll(100, TimeUnit.MILLISECONDS);
                if (frame != null) {
                    return frame;
                }
                if (ended.isPresent() && frames.isEmpty()) {
                    throw ended.get();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WireFault(WireFault.Code.ENDED, e);
        }
    }

    void close() {
        line.close();
        ear.interrupt();
    }
}
