package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Held;
import org.rosterkeep.roster.Row;

/// The rows of an edition in which something is held: each record is read as of the batch it is shown as of, in the
/// permit's order all the same. What is held is read first and kept for the length of one reading.
final class Layered implements Records {
    private final Records records;
    private final Held held;

    private Layered(Records records, Held held) {
        this.records = records;
        this.held = held;
    }

    static Records of(Records records, Held held) {
        return held.layers().isEmpty() ? records : new Layered(records, held);
    }

    @Override
    public void read(Permit permit, Visitor visitor) {
        RoaringBitmap older = held.of(permit.entity());
        int[] wanted = ordinals(permit);
        if (older.isEmpty() || Arrays.stream(wanted).noneMatch(older::contains)) {
            records.read(permit, visitor);
            return;
        }
        Map<Integer, Row> rows = new HashMap<>();
        held.layers(permit.entity()).forEach((batch, layer) -> {
            int[] some = Arrays.stream(wanted).filter(layer::contains).toArray();
            if (some.length > 0) {
                records.read(permit.asOf(batch, some), (_, ordinal, row) -> {
                    if (row != null) {
                        rows.put(ordinal, row.copy());
                    }
                });
            }
        });
        int[] rest = Arrays.stream(wanted).filter(one -> !older.contains(one)).toArray();
        Merging merging = new Merging(wanted, rows, visitor);
        records.read(permit.asOf(permit.batch(), rest), (_, ordinal, row) -> merging.next(ordinal, row));
        merging.end();
    }

    private static int[] ordinals(Permit permit) {
        int[] ordinals = new int[permit.size()];
        Arrays.setAll(ordinals, permit::ordinal);
        return ordinals;
    }

    /// Puts what was read before between what is being read.
    private static final class Merging {
        private final int[] wanted;
        private final Map<Integer, Row> rows;
        private final Visitor visitor;
        private int at;

        Merging(int[] wanted, Map<Integer, Row> rows, Visitor visitor) {
            this.wanted = wanted;
            this.rows = rows;
            this.visitor = visitor;
        }

        void next(int ordinal, @Nullable Row row) {
            upTo(ordinal);
            visitor.row(at++, ordinal, row);
        }

        private void upTo(int ordinal) {
            while (wanted[at] != ordinal) {
                older();
            }
        }

        void end() {
            while (at < wanted.length) {
                older();
            }
        }

        private void older() {
            int ordinal = wanted[at];
            visitor.row(at++, ordinal, rows.get(ordinal));
        }
    }
}
