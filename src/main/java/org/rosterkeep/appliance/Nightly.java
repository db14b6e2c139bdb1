package org.rosterkeep.appliance;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;

/// Makes the nightly backups, practises restores, and destroys the keys of backups whose time is over; on a thread of
/// its own, because a backup of a large district takes minutes. What failed is tried again an hour later.
final class Nightly implements AutoCloseable {
    private static final Duration AGAIN = Duration.ofHours(1);

    private final Districts districts;
    private final Backups backups;
    private final Log log;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("backups").factory());
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Map<DistrictName, Instant> failed = new ConcurrentHashMap<>();

    Nightly(Districts districts, Backups backups, Log log) {
        this.districts = districts;
        this.backups = backups;
        this.log = log;
    }

    /// Called about once a minute; returns at once.
    void look(Instant now) {
        if (busy.compareAndSet(false, true)) {
            thread.execute(() -> {
                try {
                    districts.list().forEach(district -> look(district, now));
                } finally {
                    busy.set(false);
                }
            });
        }
    }

    /// One district's turn.
    void look(District district, Instant now) {
        if (!(district.state() instanceof District.State.Open(Rooms rooms))) {
            return;
        }
        try {
            rooms.safe().settle();
            backups.tidy(district);
            backups.expire(rooms, now);
            var before = failed.get(district.name());
            if (before != null && now.isBefore(before.plus(AGAIN))) {
                return;
            }
            if (backups.due(rooms, now)) {
                backups.make(district, java.util.Optional.empty());
            }
            if (backups.drillDue(rooms, now)) {
                backups.drill(district, java.util.Optional.empty());
            }
            failed.remove(district.name());
        } catch (RuntimeException e) {
            failed.put(district.name(), now);
            log.say(Event.BACKUP_FAILED, e, new Fact.In(district.name().text()));
        }
    }

    /// The districts whose last backup or drill failed.
    Set<DistrictName> failing() {
        return Set.copyOf(failed.keySet());
    }

    /// Waits for a backup that is being made: a district is not closed under it.
    @Override
    public void close() {
        thread.close();
    }
}
