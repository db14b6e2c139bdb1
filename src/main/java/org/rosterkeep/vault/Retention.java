package org.rosterkeep.vault;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.rosterkeep.entitlement.Census;

/// How long superseded rows stay readable: as long as somebody holds a pin on their batch, and at least forty minutes
/// after they were superseded, so that a pull run (30 minutes idle) that has not pinned yet still finds them.
final class Retention {
    private static final Duration AFTERLIFE = Duration.ofMinutes(40);

    private final TreeMap<Long, Integer> pins = new TreeMap<>();
    private long floor;

    /// @throws VaultFault `BATCH_GONE` when it is too late
    synchronized Census.Pin pin(long batch) {
        if (batch < floor) {
            // A row that is missing because it is too old must not look like no row.
            throw new VaultFault(VaultFault.Code.BATCH_GONE, "rows as of that batch are no longer kept");
        }
        pins.merge(batch, 1, Integer::sum);
        return new Hold(batch);
    }

    /// Decides how far back rows stay readable from now on; returns the oldest batch that does. It never goes back.
    ///
    /// @param batches all batches, oldest first
    synchronized long advance(List<Store.BatchRecord> batches, Instant now) {
        floor = Math.max(floor, needed(batches, now));
        return floor;
    }

    private long needed(List<Store.BatchRecord> batches, Instant now) {
        if (batches.isEmpty()) {
            return 0;
        }
        int at = batches.size() - 1;
        while (at > 0 && batches.get(at).committed().plus(AFTERLIFE).isAfter(now)) {
            at--;
        }
        long recent = batches.get(at).number();
        if (at == 0 && batches.getFirst().committed().plus(AFTERLIFE).isAfter(now)) {
            recent = 0;
        }
        return pins.isEmpty() ? recent : Math.min(recent, pins.firstKey());
    }

    private synchronized void release(long batch) {
        pins.computeIfPresent(batch, (key, count) -> count == 1 ? null : count - 1);
    }

    private final class Hold implements Census.Pin {
        private final long batch;
        private boolean released;

        Hold(long batch) {
            this.batch = batch;
        }

        @Override
        public synchronized void close() {
            if (!released) {
                released = true;
                release(batch);
            }
        }
    }
}
