package org.rosterkeep.entitlement;

import java.time.Instant;
import org.roaringbitmap.RoaringBitmap;

/// One entity in one client's eyes: what it sees, what it saw and does not see any more (tombstones), and when each of
/// them last changed in its view.
public record Track(Runs live, Runs gone) {
    public static final Track NONE = new Track(Runs.NONE, Runs.NONE);

    /// Everything the client sees or once saw; a new set.
    public RoaringBitmap members() {
        return RoaringBitmap.or(live.all(), gone.all());
    }

    /// What one batch or rule change does to a track.
    ///
    /// @param came seen now and not before; those that were gone are back
    /// @param left seen before and not now
    /// @param moved seen before and now, and looking different
    /// @param dropped tombstones past their time, and leavers who get none
    record Step(RoaringBitmap came, RoaringBitmap left, RoaringBitmap moved, RoaringBitmap dropped) {
        static final Step NONE =
                new Step(new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap(), new RoaringBitmap());

        boolean isEmpty() {
            return came.isEmpty() && left.isEmpty() && moved.isEmpty() && dropped.isEmpty();
        }
    }

    Track after(Step step, Instant at) {
        if (step.isEmpty()) {
            return this;
        }
        Runs nextLive = live.after(step.left(), RoaringBitmap.or(step.came(), step.moved()), at);
        Runs nextGone = gone.after(
                RoaringBitmap.or(step.came(), step.dropped()), RoaringBitmap.andNot(step.left(), step.dropped()), at);
        return new Track(nextLive, nextGone);
    }
}
