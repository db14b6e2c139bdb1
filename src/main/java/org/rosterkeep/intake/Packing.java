package org.rosterkeep.intake;

import java.util.List;
import java.util.Optional;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.Slice;

/// Packs records from rows, cell by cell. Where a cell was put aside, the record keeps what it has there, and has
/// nothing there when it is new: what cannot be read neither invents a value nor deletes one, and costs no other cell.
final class Packing {
    private final Desk desk;
    private final Rows rows;
    private final Entity entity;
    private final RowWriter writer;
    private Optional<Row> before = Optional.empty();
    private int beforeOf = Relations.NONE;

    Packing(Desk desk, Rows rows, Entity entity, RowWriter writer) {
        this.desk = desk;
        this.rows = rows;
        this.entity = entity;
        this.writer = writer;
    }

    /// The record's row so far. Looked up only when asked for, which a sound delivery never does.
    Optional<Row> before() {
        int record = rows.record();
        if (beforeOf != record) {
            beforeOf = record;
            before = desk.wasLive(entity, record) ? desk.batch.row(entity, record) : Optional.empty();
        }
        return before;
    }

    /// Whether the record keeps a value in this column because the row's own cell was put aside.
    boolean keeps(Field field, int column) {
        return rows.aside(column) && before().filter(row -> row.has(field)).isPresent();
    }

    /// Takes over what the record has, when the cell was put aside; returns whether it was.
    boolean keep(Field field, int column) {
        boolean aside = rows.aside(column);
        if (aside) {
            before().ifPresent(row -> writer.keep(field, row));
        }
        return aside;
    }

    Packing text(Field field, int column, String text) {
        if (!keep(field, column)) {
            writer.text(field, text);
        }
        return this;
    }

    Packing text(Field field, int column) {
        return text(field, column, rows.text(column));
    }

    Packing wished(Field field, int column) {
        return text(field, column, rows.wished(column));
    }

    Packing list(Field field, int column) {
        List<String> list = rows.list(column);
        if (!keep(field, column)) {
            writer.list(field, list);
        }
        return this;
    }

    /// @param word `true`, `false`, or empty for no value
    Packing bool(Field field, int column, String word) {
        if (!keep(field, column) && !word.isEmpty()) {
            writer.bool(field, word.equals("true"));
        }
        return this;
    }

    /// A reference that is kept must still lead somewhere.
    Packing ref(Field field, int column, Entity target, int ref) {
        int to = rows.aside(column) ? refBefore(field, target) : ref;
        if (to != Relations.NONE) {
            writer.ref(field, to);
        }
        return this;
    }

    private int refBefore(Field field, Entity target) {
        Slice slice = new Slice();
        int ref = before().filter(row -> row.reveal(field, slice))
                .map(row -> slice.varint())
                .orElse(Relations.NONE);
        return ref != Relations.NONE && desk.batch.present(target, ref) ? ref : Relations.NONE;
    }
}
