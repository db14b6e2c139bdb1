package org.rosterkeep.intake;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.SourcedId;

/// Where a batch lands. Implemented by the vault: one batch at a time, in one transaction that readers do not see until
/// it is committed.
public interface Landing {
    /// Opens a batch.
    ///
    /// @throws LandingBusy when another batch is open
    Batch open(Instant at);

    /// Thrown when an import is already under way.
    final class LandingBusy extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LandingBusy() {
            super("an import is already running; wait for it or cancel it");
        }
    }

    /// One batch. Closing it without a commit leaves everything as it was.
    interface Batch extends AutoCloseable {
        /// The roster before this batch.
        Relations before();

        /// The ordinal of this record, a new one when the district never saw it. Reserving alone changes nothing that
        /// is kept.
        int reserve(Entity entity, SourcedId id);

        /// The ordinal of this record if it is in the roster or was reserved in this batch; else `Relations.NONE`.
        int find(Entity entity, SourcedId id);

        /// Gives a record that was known before this batch one more id: from now on it is found under that one,
        /// too, and
        /// keeps its first id and its key for everybody outside.
        ///
        /// @param further an id that [#find] does not find
        void rename(Entity entity, int ordinal, SourcedId further);

        /// Stages a packed row. The store compares it with the row it has: an equal live row is no change. At most one
        /// row per record and batch; demographics use their user's ordinal.
        Change put(Entity entity, int ordinal, byte[] row);

        /// Stages the removal of a live record; its row and its ordinal stay until disposal.
        void remove(Entity entity, int ordinal);

        /// A copy of the row this batch staged for the record, else of its live row; empty when there is
        /// neither. A delta
        /// names only what changed: the rest of the record is taken from here.
        Optional<Row> row(Entity entity, int ordinal);

        /// The record has a row in this batch or is live and not removed by it.
        boolean present(Entity entity, int ordinal);

        /// What would change, by entity.
        Map<Entity, Tally> tally();

        /// Makes the batch the roster; returns its number. A batch without any change returns the current number and
        /// writes nothing.
        long commit();

        @Override
        void close();
    }

    enum Change {
        ADDED,
        CHANGED,
        RETURNED,
        SAME
    }

    /// Ordinals by what the batch does to them.
    record Tally(RoaringBitmap added, RoaringBitmap changed, RoaringBitmap removed, long same) {}
}
