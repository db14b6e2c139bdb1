package org.rosterkeep.entitlement;

import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;

/// The only questions editions ask about values. Answered behind the door, in sets of ordinals.
public interface Looks {
    /// Those of `within` whose rows, as of `batch`, hold every value of their own without which the official
    /// schema knows
    /// no record and no honest stand-in exists ([org.rosterkeep.roster.Field.Need#GRANT]).
    RoaringBitmap whole(Entity entity, long batch, RoaringBitmap within);

    /// Those of `candidates` that look different. A record whose earlier row can no longer be read counts as different.
    RoaringBitmap moved(Entity entity, Sight before, Sight after, RoaringBitmap candidates);

    /// Tells which records those of `within` point at by a reference field, as their rows stood after `batch`:
    /// ordinals, as the relations have them.
    void links(Field field, long batch, RoaringBitmap within, Link link);

    /// Told of one record that points at another.
    interface Link {
        void to(int from, int target);
    }

    /// All that decides how a record looks.
    ///
    /// @param hidden values that a floor makes absent
    /// @param families who was whose child; empty when it is no longer known
    /// @param relations the roster's shape as of the batch; empty when it is no longer known
    /// @param held the records that are read as of other batches
    record Sight(
            Lens lens,
            long batch,
            Views views,
            Hidden hidden,
            Optional<Families> families,
            Optional<Relations> relations,
            Held held) {
        /// The same for rows that a batch left as they were.
        Sight asOf(long later) {
            return new Sight(lens, later, views, hidden, families, relations, Held.NOTHING);
        }

        /// The same records through another lens.
        public Sight through(Lens other) {
            return new Sight(other, batch, views, hidden, families, relations, held);
        }
    }
}
