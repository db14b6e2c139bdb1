package org.rosterkeep.appliance;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// One running appliance: its districts, the listener vendors connect to, and the local control socket. Made in that
/// order and closed in the reverse.
final class Appliance implements AutoCloseable {
    private final Home home;
    private final Settings settings;
    private final Log log;
    private final Instant started;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    private Appliance(Home home, Settings settings, Log log, Clock clock) {
        this.home = home;
        this.settings = settings;
        this.log = log;
        this.started = clock.instant();
    }

    /// Starts everything; when a part fails, those before it are closed again.
    static Appliance start(Home home, Settings settings, Log log, Clock clock) {
        var appliance = new Appliance(home, settings, log, clock);
        try {
            appliance.parts.push(HomeLock.take(home));
            var verbs = new Verbs();
            new ApplianceVerbs(appliance, clock).into(verbs);
            appliance.parts.push(ControlSocket.listen(home.socket(), verbs, log));
            log.info("the appliance is up");
            return appliance;
        } catch (IOException e) {
            appliance.close();
            throw new Trouble(
                            Exit.FAILED,
                            "The appliance cannot be started.",
                            "The control socket " + home.socket() + " could not be made.",
                            "Check that the home belongs to this user and that its disk is not full.")
                    .because(e);
        } catch (RuntimeException | Error e) {
            appliance.close();
            throw e;
        }
    }

    Home home() {
        return home;
    }

    Settings settings() {
        return settings;
    }

    Instant started() {
        return started;
    }

    /// Returns when somebody asked the appliance to stop.
    void await() throws InterruptedException {
        stop.await();
    }

    /// Asks for an orderly end; returns at once.
    void stop() {
        stop.countDown();
    }

    @Override
    public void close() {
        stop.countDown();
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                log.error("a part did not close in order", e);
            }
        }
        log.info("the appliance is down");
    }
}
