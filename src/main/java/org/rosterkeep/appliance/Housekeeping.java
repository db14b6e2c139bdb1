package org.rosterkeep.appliance;

import java.time.Clock;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;

/// Does about once a minute what no request should wait for, and gives memory back to the system once nothing goes on:
/// an import or a sign-in needs much of it for a moment, and an appliance is idle for most of a day.
final class Housekeeping implements AutoCloseable {
    private static final long ROUND_SECONDS = 60;
    private static final long QUIET_SECONDS = 5;
    /// Less than this is not worth a collection.
    private static final long HEAP_MAX_IDLE = 64L << 20;

    private final Districts districts;
    private final Front front;
    private final Nightly nightly;
    private final NoticeRound round;
    private final Log log;
    private final Clock clock;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private long seen = -1;
    private long givenBackAt = -1;

    Housekeeping(Districts districts, Front front, Nightly nightly, NoticeRound round, Log log, Clock clock) {
        this.districts = districts;
        this.front = front;
        this.nightly = nightly;
        this.round = round;
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
            for (long second = QUIET_SECONDS; !stop.await(QUIET_SECONDS, TimeUnit.SECONDS); second += QUIET_SECONDS) {
                giveBack();
                if (second % ROUND_SECONDS == 0) {
                    districts.list().forEach(this::tidy);
                    districts.rehearsals().tidy(clock.instant());
                    tidyFront();
                    nightly.look(clock.instant());
                    round.look(clock.instant());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Everything that is done leaves a record, so ledgers that stand still mean that nothing goes on.
    private void giveBack() {
        long records = 0;
        for (var district : districts.list()) {
            if (district.state() instanceof District.State.Open open) {
                records += open.rooms().ledger().stats().records();
            }
        }
        boolean quiet = records == seen;
        seen = records;
        if (quiet && Runtime.getRuntime().totalMemory() > HEAP_MAX_IDLE && records != givenBackAt) {
            givenBackAt = records;
            System.gc();
        }
    }

    private void tidy(District district) {
        try {
            if (district.state() instanceof District.State.Open open) {
                open.rooms().tidy(clock.instant());
            }
        } catch (RuntimeException e) {
            log.say(Event.HOUSEKEEPING_FAILED, e, new Fact.In(district.name().text()));
        }
    }

    private void tidyFront() {
        try {
            front.tidy(clock.instant());
        } catch (RuntimeException e) {
            log.say(Event.CERTIFICATE_TROUBLE, e);
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
