package org.rosterkeep.vault;

import java.util.Arrays;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.Slice;

/// Puts the sourcedId that a record was first seen under into a row that was delivered under another one.
final class FirstName {
    private final Row stored = new Row();
    private final Row delivered = new Row();
    private final RowWriter writer = new RowWriter();
    private final Slice one = new Slice();
    private final Slice other = new Slice();

    /// @param of the entity whose row `known` is: the delivered row's own, or the user of demographics
    byte[] into(Entity of, byte[] known, Entity entity, byte[] row) {
        Field from = Field.of(of).getFirst();
        Field to = Field.of(entity).getFirst();
        stored.over(known, 0, known.length);
        delivered.over(row, 0, row.length);
        if (!stored.reveal(from, one) || same(to)) {
            return row;
        }
        writer.clear().packed(to, one);
        for (Field field : Field.of(entity).subList(1, Field.of(entity).size())) {
            writer.keep(field, delivered);
        }
        return writer.toBytes();
    }

    private boolean same(Field to) {
        return delivered.reveal(to, other)
                && Arrays.equals(one.bytes, one.start, one.end, other.bytes, other.start, other.end);
    }
}
