package org.rosterkeep.courier;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.courier.wire.Code;

/// By which a delivery under way can be stopped, at any moment and by anybody: what it holds is closed, and it ends.
final class Handle implements AutoCloseable {
    private final List<Closeable> held = new ArrayList<>();
    private final Thread clock;
    private Optional<Code> stopped = Optional.empty();

    /// @param deadline after which it stops by itself
    Handle(Duration deadline) {
        clock = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(deadline);
                stop(Code.TIMEOUT);
            } catch (InterruptedException e) {
                // It ended in time.
                Thread.currentThread().interrupt();
            }
        });
    }

    /// What is closed when it stops; at once when it has stopped already.
    synchronized <T extends Closeable> T holds(T one) {
        held.add(one);
        if (stopped.isPresent()) {
            shut();
            check();
        }
        return one;
    }

    synchronized void stop(Code why) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(why);
        }
        shut();
    }

    synchronized Optional<Code> stopped() {
        return stopped;
    }

    void check() {
        stopped().ifPresent(why -> {
            throw new Refused(why, "It was stopped.");
        });
    }

    private void shut() {
        for (Closeable one : held) {
            try {
                one.close();
            } catch (IOException e) {
                // It is closed as far as it can be; what still uses it fails by itself.
                continue;
            }
        }
        held.clear();
    }

    /// It ended; what it held is closed all the same.
    @Override
    public synchronized void close() {
        clock.interrupt();
        shut();
    }
}
