package org.rosterkeep.vendors;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/// Buffers of [Body#WHOLE_MAX] bytes, lent and taken back: making and clearing a new one costs a tenth of a page.
///
/// What was written stays in a tray until the next answer overwrites it. A tray is never read beyond what its borrower
/// wrote.
final class Trays {
    private final BlockingQueue<byte[]> free;

    /// @param kept at most so many stay in memory while nobody needs them
    Trays(int kept) {
        this.free = new ArrayBlockingQueue<>(kept);
    }

    byte[] take() {
        byte[] tray = free.poll();
        return tray == null ? new byte[Body.WHOLE_MAX] : tray;
    }

    /// Not kept when there are enough.
    void giveBack(byte[] tray) {
        boolean kept = free.offer(tray);
        assert kept || free.remainingCapacity() == 0 : "an offer fails only when the rack is full";
    }

    int waiting() {
        return free.size();
    }
}
