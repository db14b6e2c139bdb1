package org.rosterkeep.disclosure;

import java.util.List;
import java.util.Map;

/// Records as rows of a OneRoster file: each is written as its [Form] writes it, and then cell by cell, so that a file
/// can tell nothing that the JSON of the same edition does not, and no treatment has to be made twice.
///
/// A file has a few columns that JSON can do without; what stands there is constant, the record's own id, or known from
/// another record of the same view.
final class CsvRows implements Layout {
    private static final byte[] SCHEDULED = Out.utf8("scheduled");

    private final byte[] header;
    private final boolean delta;
    private final Spans spans;
    private final byte[][] constants;
    private final int ownId;
    private final int instead;
    private final Map<Integer, byte[]> others;
    private final int columns;
    private final Out scratch = new Out();
    private final CsvCells cells = new CsvCells();
    private boolean begun;

    /// @param delta whether rows have a status and a time, and tombstones a row
    /// @param others for a course without an organisation in view: that of a class which is taught in it
    CsvRows(CsvFile file, Wire wire, boolean delta, Map<Integer, byte[]> others) {
        List<CsvFile.Column> all = file.columns(wire);
        header = file.header(wire);
        this.delta = delta;
        this.others = others;
        columns = all.size();
        spans = new Spans(all.stream().map(CsvFile.Column::property).toList());
        constants = new byte[columns][];
        List<String> names = all.stream().map(CsvFile.Column::name).toList();
        ownId = file == CsvFile.USERS ? names.indexOf("username") : -1;
        instead = file == CsvFile.COURSES ? names.indexOf("orgSourcedId") : -1;
        if (file == CsvFile.CLASSES) {
            constants[names.indexOf("classType")] = SCHEDULED;
        }
    }

    @Override
    public boolean record(Out out, Form form, Line line) {
        scratch.backTo(0);
        if (!form.write(scratch, line)) {
            return false;
        }
        spans.read(scratch.bytes(), 0);
        if (instead >= 0 && !spans.has(instead) && !others.containsKey(line.ordinal)) {
            return false;
        }
        row(out, line, others.getOrDefault(line.ordinal, Names.NIL));
        return true;
    }

    @Override
    public void gone(Out out, Form form, Line line) {
        if (delta) {
            scratch.backTo(0);
            form.writeTombstone(scratch, line);
            spans.read(scratch.bytes(), 0);
            row(out, line, Names.NIL);
        }
    }

    private void row(Out out, Line line, byte[] other) {
        if (!begun) {
            out.put(header);
            begun = true;
        }
        for (int column = 0; column < columns; column++) {
            if (column > 0) {
                out.put(',');
            }
            boolean envelope = column == 1 || column == 2;
            if (spans.has(column) && (delta || !envelope)) {
                cells.value(out, scratch.bytes(), spans.start(column), spans.end(column));
            } else if (column == ownId) {
                cells.plain(out, line.id, line.idLength);
            } else if (column == instead) {
                cells.plain(out, other, other.length);
            } else if (constants[column] != null) {
                out.put(constants[column]);
            }
        }
        out.put('\r');
        out.put('\n');
    }
}
