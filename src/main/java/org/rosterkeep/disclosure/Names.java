package org.rosterkeep.disclosure;

import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.roster.Entity;

/// Outward ids: what one client sees as the sourcedId of a record. One object serves one answer or one comparison.
///
/// An answer prepares the ids of its records a chunk at a time ([#prepare]) and then moves through the chunk ([#at]).
abstract sealed class Names permits PairwiseNames, PassThroughNames {
    /// Records whose ids are prepared at once.
    static final int CHUNK = 512;
    /// The longest an id can be, percent-encoded.
    static final int LENGTH_MAX = 255 * 3;
    /// What a tombstone's references point at.
    static final byte[] NIL = Out.utf8("00000000-0000-0000-0000-000000000000");

    /// Prepares the ids of `count` records from `ordinals[from]` on.
    abstract void prepare(Entity entity, int[] ordinals, int from, int count);

    /// Moves to the n-th of the prepared records and writes its id into `into`; returns the length.
    abstract int at(int n, byte[] into);

    /// Writes the id of any record; returns the length.
    abstract int of(Entity entity, int ordinal, byte[] into);

    /// The members in the order of their outward ids.
    abstract int[] sorted(Entity entity, RoaringBitmap members);

    /// Whether an id can stand in a path as it is.
    abstract boolean plainInPaths();

    /// The record a client means by an id; `Relations.NONE` when there is none or the text is no id of ours.
    abstract int find(Census census, Entity entity, String id);

    final int[] sorted(Entity entity, int[] ordinals) {
        return sorted(entity, RoaringBitmap.bitmapOf(ordinals));
    }
}
