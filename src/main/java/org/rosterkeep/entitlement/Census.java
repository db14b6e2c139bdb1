package org.rosterkeep.entitlement;

import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// What the store tells the editions about the roster: shapes and changes, never values.
public interface Census {
    /// The roster as it stands.
    Relations relations();

    /// The roster as it stood after a batch that somebody has pinned. Read anew each time, and large.
    Relations relations(long batch);

    /// The ordinal of a record by any id a source system gave it; `Relations.NONE` when unknown.
    int find(Entity entity, SourcedId id);

    /// The ordinal of a record by the id it was first seen under, the only one of its ids that a vendor may be told;
    /// `Relations.NONE` when unknown.
    int findFirst(Entity entity, SourcedId id);

    /// The ordinal of a record by its lasting key; `Relations.NONE` when unknown.
    int find(Entity entity, RecordKey key);

    /// The ordinals whose stored row was made, changed or removed by a batch after `batch`. May name too many, never
    /// too
    /// few (everything ever given when the history does not reach back that far).
    RoaringBitmap changedSince(Entity entity, long batch);

    /// Promises that rows as of `batch` stay readable until the handle is closed.
    Pin pin(long batch);

    /// A hold on old row versions.
    interface Pin extends AutoCloseable {
        @Override
        void close();
    }
}
