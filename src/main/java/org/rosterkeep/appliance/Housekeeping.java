package org.rosterkeep.appliance;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Does about once a minute what no request should wait for.
final class Housekeeping implements AutoCloseable {
    private static final long ROUND_SECONDS = 60;

    private final Districts districts;
    private final Front front;
    private final Log log;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    Housekeeping(Districts districts, Front front, Log log, Clock clock) {
        this.districts = districts;
        this.front = front;
        this.log = log;
        this.clock = clock;
        this.thread = Thread.ofPlatform().name("housekeeping").daemon().unstarted(this::go);
    }

    Housekeeping start() {
        thread.start();
        return this;
    }

    private void go() {
        try {
            while (!stop.await(ROUND_SECONDS, TimeUnit.SECONDS)) {
                districts.list().forEach(this::tidy);
                tidyFront();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tidy(District district) {
        try {
            if (district.state() instanceof District.State.Open open) {
                open.rooms().tidy(clock.instant());
            }
        } catch (RuntimeException e) {
            log.error("housekeeping failed and goes on", e, new Fact.In(district.name()));
        }
    }

    private void tidyFront() {
        try {
            front.tidy(clock.instant());
        } catch (RuntimeException e) {
            log.error("the certificate could not be looked after", e);
        }
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(ROUND_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
