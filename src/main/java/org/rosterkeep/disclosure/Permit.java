package org.rosterkeep.disclosure;

import java.util.Arrays;
import org.rosterkeep.roster.Entity;

/// Leave to read exactly these rows and fields, as of one batch. Only the gate makes one, after an allowance, and never
/// hands it to anybody but the store.
public final class Permit {
    private final Entity entity;
    private final long batch;
    private final long fields;
    private final int[] ordinals;

    Permit(Entity entity, long batch, long fields, int[] ordinals) {
        this.entity = entity;
        this.batch = batch;
        this.fields = fields;
        this.ordinals = ordinals;
    }

    public Entity entity() {
        return entity;
    }

    /// Rows are read as they stood after this batch.
    public long batch() {
        return batch;
    }

    /// The permitted fields as bits of [org.rosterkeep.roster.Field#mask()].
    public long fields() {
        return fields;
    }

    public int size() {
        return ordinals.length;
    }

    /// The n-th record to read.
    public int ordinal(int n) {
        return ordinals[n];
    }

    @Override
    public String toString() {
        return "permit for " + ordinals.length + " " + entity.many() + " of batch " + batch + ", digest "
                + Arrays.hashCode(ordinals);
    }
}
