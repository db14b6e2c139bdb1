package org.rosterkeep.intake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.SourcedId;

/// A file read for comparing only: the usable rows of records that are there, their cells by the standard's names. What
/// is wrong with the others is told when the file is imported.
final class Cells implements AutoCloseable {
    private final Csv csv;
    private final Header header;
    private final String file;
    private final Desk desk;
    private final Map<String, Integer> places = new HashMap<>();
    private long rows;

    private Cells(Desk desk, String file, Csv csv, Header header) {
        this.desk = desk;
        this.file = file;
        this.csv = csv;
        this.header = header;
        List<Columns.Column> columns = header.columns();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), header.places()[i]);
        }
    }

    /// Empty when the file is not delivered whole, or its header cannot be used.
    static Optional<Cells> of(Desk desk, String file) {
        if (desk.manifest.mode(file) != Mode.BULK) {
            return Optional.empty();
        }
        Csv csv = new Csv(desk.delivery.read(file), file, desk.limits);
        try {
            if (csv.next() && csv.cells() <= desk.limits.columns()) {
                return Optional.of(
                        new Cells(desk, file, csv, Header.read(csv, file, desk.columns.of(file), new Findings(0))));
            }
        } catch (Header.Unusable e) {
            // Told by the import.
        }
        csv.close();
        return Optional.empty();
    }

    boolean next() {
        while (csv.next()) {
            if (rows++ >= desk.limits.rows()) {
                throw new IntakeFault(FindingCode.TOO_MANY_ROWS, file);
            }
            if (rows % (1 << 14) == 0 && !desk.progress.goOn(file, 1, rows)) {
                throw new Progress.Cancelled();
            }
            boolean formed = csv.cells() == header.width() && !csv.afterQuote();
            if (formed && SourcedId.valid(text("sourcedId")) && there()) {
                return true;
            }
        }
        return false;
    }

    private boolean there() {
        String status = text("status");
        return status.isEmpty() || status.equalsIgnoreCase("active");
    }

    /// The cell's text without spaces around it; empty when the file lacks the column, and when it cannot be
    /// read.
    String text(String column) {
        int place = places.getOrDefault(column, -1);
        return place < 0 || csv.unreadable(place).isPresent()
                ? ""
                : csv.cell(place).strip();
    }

    /// The members of a list.
    List<String> list(String column) {
        return List.of(text(column).split(",")).stream()
                .map(String::strip)
                .filter(member -> !member.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        csv.close();
    }
}
