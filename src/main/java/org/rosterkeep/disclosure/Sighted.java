package org.rosterkeep.disclosure;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Looks;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Row;

/// The rows as one sight has them: what is held is read as of its own batch, and a value that a floor hides is not in
/// the row. Every reading of rows for an answer, a
/// filter, a sort or a comparison goes through here, so that a hidden value can neither be shown nor felt.
final class Sighted implements Records {
    private final Records records;
    private final Looks.Sight sight;

    private Sighted(Records records, Looks.Sight sight) {
        this.records = records;
        this.sight = sight;
    }

    static Records of(Records records, Looks.Sight sight) {
        Records dated = Layered.of(records, sight.held());
        return sight.hidden().fields().isEmpty() ? dated : new Sighted(dated, sight);
    }

    @Override
    public void read(Permit permit, Visitor visitor) {
        Map<Field, RoaringBitmap> hidden = sight.hidden().of(permit.entity());
        hidden.keySet().removeIf(field -> (field.mask() & permit.fields()) == 0);
        records.read(permit, hidden.isEmpty() ? visitor : new Masking(hidden, visitor));
    }

    /// Hands rows on without what is hidden of them.
    private static final class Masking implements Visitor {
        private final Map<Field, RoaringBitmap> hidden;
        private final long any;
        private final Visitor visitor;
        private final Row shown = new Row();
        private byte[] scratch = new byte[512];

        Masking(Map<Field, RoaringBitmap> hidden, Visitor visitor) {
            this.hidden = hidden;
            this.visitor = visitor;
            any = hidden.keySet().stream().mapToLong(Field::mask).reduce(0, (one, more) -> one | more);
        }

        @Override
        public void row(int position, int ordinal, @Nullable Row row) {
            long gone = 0;
            if (row == null || (row.mask() & any) == 0) {
                visitor.row(position, ordinal, row);
                return;
            }
            for (Map.Entry<Field, RoaringBitmap> entry : hidden.entrySet()) {
                if (entry.getValue().contains(ordinal)) {
                    gone |= entry.getKey().mask();
                }
            }
            visitor.row(position, ordinal, gone == 0 ? row : without(row, gone));
        }

        private Row without(Row row, long gone) {
            if (scratch.length < row.length()) {
                scratch = new byte[row.length() * 2];
            }
            int end = row.project(~gone, scratch, 0);
            return shown.over(scratch, 0, end);
        }
    }
}
