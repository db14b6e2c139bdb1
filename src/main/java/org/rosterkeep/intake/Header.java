package org.rosterkeep.intake;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.rosterkeep.intake.Columns.Column;

/// Which cell of a row holds which column of the standard.
///
/// @param places by column of the standard, the cell's index; -1 when the file lacks the column
/// @param width cells a row must have
record Header(List<Column> columns, int[] places, int width, int unknown) {

    /// Reads the header row the reader stands on. False findings of severity FILE mean the file cannot be used.
    static Header read(Csv csv, String file, List<Column> columns, Findings findings) {
        int[] places = new int[columns.size()];
        Arrays.fill(places, -1);
        Set<String> names = new HashSet<>();
        int unknown = 0;
        int last = -1;
        boolean ordered = true;
        for (int cell = 0; cell < csv.cells(); cell++) {
            String name = csv.cell(cell);
            int column = column(columns, name);
            if (!names.add(name.strip()) || column >= 0 && places[column] >= 0) {
                findings.add(
                        file, csv.line(), column < 0 ? "" : columns.get(column).name(), FindingCode.FILE_COLUMN_TWICE);
                throw new Unusable();
            }
            if (column < 0) {
                unknown++;
                findings.add(file, csv.line(), "", FindingCode.COLUMN_UNKNOWN);
                continue;
            }
            places[column] = cell;
            ordered &= column > last && unknown == 0;
            last = column;
            if (!columns.get(column).name().equals(name)) {
                findings.add(file, csv.line(), columns.get(column).name(), FindingCode.COLUMN_CASE);
            }
        }
        if (!ordered) {
            findings.add(file, csv.line(), "", FindingCode.COLUMN_ORDER);
        }
        Header header = new Header(columns, places, csv.cells(), unknown);
        header.checkPresent(file, csv.line(), findings);
        return header;
    }

    private void checkPresent(String file, long line, Findings findings) {
        boolean usable = true;
        for (int i = 0; i < places.length; i++) {
            Column column = columns.get(i);
            if (places[i] < 0 && column.needed()) {
                usable = false;
                findings.add(file, line, column.name(), FindingCode.FILE_COLUMN_MISSING);
            } else if (places[i] < 0 && !column.dropped()) {
                findings.add(file, line, column.name(), FindingCode.COLUMN_ABSENT);
            }
        }
        if (!usable) {
            throw new Unusable();
        }
    }

    private static int column(List<Column> columns, String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        String plain = name.strip().toLowerCase(Locale.ROOT);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().toLowerCase(Locale.ROOT).equals(plain)) {
                return i;
            }
        }
        return -1;
    }

    /// The index of a column of the standard by its name.
    int index(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such column: " + name);
    }

    /// The file cannot be used; why is among the findings.
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unusable() {
            super("file-unusable", null, false, false);
        }
    }
}
