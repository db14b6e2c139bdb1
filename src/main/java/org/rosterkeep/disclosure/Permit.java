package org.rosterkeep.disclosure;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Decision;

/// Leave to read exactly these rows and fields, as of one batch. Made only by the gate, from an allowance, and
/// handed to
/// nobody but the store.
///
/// A *glance* is leave to look without releasing: for comparing, filtering and sorting behind the door. What is
/// read by a
/// glance cannot be cleared.
public final class Permit {
    private final Entity entity;
    private final long batch;
    private final long fields;
    private final int[] ordinals;
    private final boolean release;

    /// The gate's: every field whose value is to be read must be allowed, or serve one that is ([Form#serves]).
    Permit(Decision.Allow allow, Entity entity, long batch, long fields, int[] ordinals) {
        this(entity, batch, fields, ordinals, true);
        for (Field field : Field.of(entity)) {
            if ((fields & field.mask()) != 0
                    && !Form.serves(field, allow.fields().keySet(), allow.rule())) {
                throw new DisclosureFault(DisclosureFault.Code.FIELD_BEYOND_PERMIT);
            }
        }
    }

    private Permit(Entity entity, long batch, long fields, int[] ordinals, boolean release) {
        this.entity = entity;
        this.batch = batch;
        this.fields = fields;
        this.ordinals = ordinals;
        this.release = release;
    }

    static Permit glance(Entity entity, long batch, long fields, int[] ordinals) {
        return new Permit(entity, batch, fields, ordinals, false);
    }

    /// The same leave for fewer records: positions `from` (inclusive) to `to` (exclusive).
    Permit stretch(int from, int to) {
        boolean whole = from == 0 && to == ordinals.length;
        return whole ? this : new Permit(entity, batch, fields, Arrays.copyOfRange(ordinals, from, to), release);
    }

    /// The same leave without the records that are not in `given`.
    Permit only(RoaringBitmap given) {
        int[] left = Arrays.stream(ordinals).filter(given::contains).toArray();
        return left.length == ordinals.length ? this : new Permit(entity, batch, fields, left, release);
    }

    /// The same leave for some of its records, as they stood after another batch.
    Permit asOf(long then, int[] some) {
        return new Permit(entity, then, fields, some, release);
    }

    public Entity entity() {
        return entity;
    }

    /// Rows are read as they stood after this batch.
    public long batch() {
        return batch;
    }

    /// The permitted fields as bits of [Field#mask()].
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

    /// Whether what is read may leave.
    boolean release() {
        return release;
    }

    @Override
    public String toString() {
        return "permit for " + ordinals.length + " " + entity.many() + " of batch " + batch;
    }
}
