package org.rosterkeep.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Entity;

/// Says who stands where in an old edition's list; implemented over the editions that `entitlement` keeps. Without it a
/// span of the ledger names nobody.
public interface Spans {
    /// The ordinals at the positions `first` to `last` (exclusive) of the edition's list in its default order;
    /// fewer when
    /// the list is shorter, empty when this edition is not known any more.
    Optional<int[]> ordinals(String rule, long edition, Entity entity, long first, long last);

    /// The position of each of these ordinals in the edition's list, -1 for one that is not in it; empty when
    /// this edition
    /// is not known any more. To be overridden where a position can be found without making the whole list: the
    /// answer
    /// to "who received what about this child" asks every edition there was.
    default Optional<long[]> positions(String rule, long edition, Entity entity, int[] ordinals) {
        return ordinals(rule, edition, entity, 0, Integer.MAX_VALUE).map(list -> {
            Map<Integer, Long> places = new HashMap<>();
            for (int ordinal : ordinals) {
                places.put(ordinal, -1L);
            }
            for (int place = 0; place < list.length; place++) {
                places.replace(list[place], (long) place);
            }
            long[] positions = new long[ordinals.length];
            for (int i = 0; i < ordinals.length; i++) {
                positions[i] = places.getOrDefault(ordinals[i], -1L);
            }
            return positions;
        });
    }
}
