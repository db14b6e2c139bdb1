package org.rosterkeep.entitlement;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// What one number of a stream changed in the set of records it shows or once showed: enough to walk back from the
/// newest edition to any earlier one, so that the ledger's spans stay readable.
///
/// @param came records that were in no earlier edition still kept
/// @param dropped tombstones past their time
/// @param waiting enrolments that were shown as of an older batch than the edition's, by that batch
/// @param living who began and ceased to be live; empty in one written by an earlier version of the program
/// @param digest the content of the edition, as the ledger cites it
public record Past(
        long number,
        long batch,
        Instant at,
        int ruleVersion,
        Lens lens,
        String digest,
        Map<Entity, RoaringBitmap> came,
        Map<Entity, RoaringBitmap> dropped,
        Map<Long, RoaringBitmap> waiting,
        Optional<Living> living) {
    /// Records that became live with a number, those that came back among them, and those that became tombstones.
    public record Living(Map<Entity, RoaringBitmap> arrived, Map<Entity, RoaringBitmap> left) {
        public Living {
            arrived = Map.copyOf(arrived);
            left = Map.copyOf(left);
        }
    }

    public Past {
        came = Map.copyOf(came);
        dropped = Map.copyOf(dropped);
        waiting = Map.copyOf(waiting);
    }

    /// The batch whose roster says whose an enrolment was in an edition: not the edition's own while a change waited to
    /// be looked at.
    static long batchOf(int enrollment, Map<Long, RoaringBitmap> waiting, long batch) {
        return waiting.entrySet().stream()
                .filter(layer -> layer.getValue().contains(enrollment))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(batch);
    }
}
