package org.rosterkeep.appliance;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The courier of a trial: a second process of the same program, without the operating system's fence around it. It is
/// started when there is something to send, and again when it has ended.
final class CourierProcess {
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long END_SECONDS = 5;

    private final Home home;
    private Optional<Process> running = Optional.empty();
    private long startedAt = System.nanoTime() - AGAIN_NANOS;

    CourierProcess(Home home) {
        this.home = home;
    }

    synchronized void start() throws IOException {
        boolean here = running.filter(Process::isAlive).isPresent();
        if (!here && System.nanoTime() - startedAt >= AGAIN_NANOS) {
            startedAt = System.nanoTime();
            running = Optional.of(Launch.courier(home));
        }
    }

    synchronized void stop() {
        running.ifPresent(process -> {
            process.destroy();
            try {
                if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running = Optional.empty();
    }
}
