package org.rosterkeep.appliance;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;

/// The side that fetches: about once a second every district looks whether a source is due, and imports what has come.
/// On a thread of its own, because an import takes minutes.
final class Incoming implements AutoCloseable {
    private static final long LOOK_MILLIS = 1000;
    /// After a fault of ours, a full disk for one.
    private static final long REST_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final Districts districts;
    private final Log log;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private final Map<DistrictName, Long> failed = new HashMap<>();

    private Incoming(Districts districts, Log log) {
        this.districts = districts;
        this.log = log;
        thread = Thread.ofPlatform().name("incoming").daemon().unstarted(this::go);
    }

    static Incoming begin(Districts districts, Log log) {
        var incoming = new Incoming(districts, log);
        incoming.thread.start();
        return incoming;
    }

    private void go() {
        try {
            do {
                districts.list().forEach(this::look);
            } while (!stop.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What came back from a backup asks nobody until somebody has looked.
    private void look(District district) {
        var before = failed.get(district.name());
        if (before != null && System.nanoTime() - before < REST_NANOS) {
            return;
        }
        failed.remove(district.name());
        try {
            if (district.restored().isEmpty() && district.state() instanceof District.State.Open(Rooms rooms)) {
                rooms.sources().look();
            }
        } catch (RuntimeException e) {
            failed.put(district.name(), System.nanoTime());
            log.say(Event.SOURCE_FAILED, e, new Fact.In(district.name().text()));
        }
    }

    /// Waits for an import that is under way: a district is not closed under it.
    @Override
    public void close() throws InterruptedException {
        stop.countDown();
        thread.join();
    }
}
