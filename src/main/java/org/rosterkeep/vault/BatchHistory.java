package org.rosterkeep.vault;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;

/// Which ordinals each of the last batches touched.
final class BatchHistory {
    /// Batches whose changes are kept; whoever asks further back is told "everything".
    private static final int KEPT = 1000;

    private final Blocks blocks;

    BatchHistory(Blocks blocks) {
        this.blocks = blocks;
    }

    RoaringBitmap changedSince(Roster roster, Entity entity, long batch) {
        long newest = roster.relations().batch();
        RoaringBitmap changed = new RoaringBitmap();
        if (batch < newest - KEPT) {
            changed.add(0L, roster.relations().size(entity));
            return changed;
        }
        for (long each = batch + 1; each <= newest; each++) {
            blocks.newest(roster.directory(), Space.changed(entity), Math.toIntExact(each))
                    .map(ByteBuffer::wrap)
                    .map(Columns::set)
                    .ifPresent(changed::or);
        }
        return changed;
    }

    /// Changes nobody can ask for any more.
    static List<Directory.Place> forgotten(Roster roster) {
        List<Directory.Place> places = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            int space = Space.changed(entity);
            for (int batch = 0; batch <= roster.relations().batch() - KEPT; batch++) {
                long version = roster.directory().newest(space, batch);
                if (version != 0) {
                    places.add(new Directory.Place(space, batch, version));
                }
            }
        }
        return places;
    }
}
