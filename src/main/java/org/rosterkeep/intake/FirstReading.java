package org.rosterkeep.intake;

import java.util.Optional;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;

/// Reads a file once for its form and its ids: which record each row speaks of, which rows are unusable as text, which
/// records the file says are gone. Reaching the end has also proved the file's checksum.
final class FirstReading {
    private static final int STEP = 1 << 14;
    private static final String SOURCED_ID = "sourcedId";

    private final Desk desk;

    /// How an id becomes a number.
    interface Ids {
        /// The record's number, a new one if need be.
        int reserve(String id);

        /// The record's number, or `Relations.NONE`.
        int find(String id);

        /// Why the record must not be used although its id is one; empty when it may be. Asked before [#reserve].
        default Optional<FindingCode> held(String id) {
            return Optional.empty();
        }
    }

    FirstReading(Desk desk) {
        this.desk = desk;
    }

    /// Reads a file whose records are kept; empty when it is absent or cannot be used, which the findings then say.
    Optional<Sheet> read(String file, Ids ids) {
        Mode mode = desk.manifest.mode(file);
        if (mode == Mode.ABSENT) {
            return Optional.empty();
        }
        try (Csv csv = new Csv(desk.delivery.read(file), file, desk.limits)) {
            if (!csv.next()) {
                desk.findings.add(file, FindingCode.FILE_EMPTY);
                return Optional.empty();
            }
            if (csv.cells() > desk.limits.columns()) {
                desk.findings.add(file, FindingCode.FILE_COLUMNS_TOO_MANY);
                return Optional.empty();
            }
            Sheet sheet = new Sheet(file, mode, Header.read(csv, file, desk.columns.of(file), desk.findings));
            rows(csv, sheet, ids);
            return finished(csv, sheet);
        } catch (Header.Unusable e) {
            return Optional.empty();
        }
    }

    private Optional<Sheet> finished(Csv csv, Sheet sheet) {
        sheet.close();
        if (csv.mark()) {
            desk.findings.add(sheet.file(), 1, "", FindingCode.BYTE_ORDER_MARK);
        }
        if (csv.bareEnds()) {
            desk.findings.add(sheet.file(), FindingCode.LINE_ENDS);
        }
        if (csv.openQuote()) {
            desk.findings.add(sheet.file(), csv.line(), "", FindingCode.FILE_QUOTE_OPEN);
            return Optional.empty();
        }
        if (sheet.rows() == 0) {
            desk.findings.add(sheet.file(), FindingCode.FILE_EMPTY);
            return Optional.empty();
        }
        desk.keep(sheet);
        return Optional.of(sheet);
    }

    private void rows(Csv csv, Sheet sheet, Ids ids) {
        int idAt = sheet.header().places()[0];
        int statusAt = sheet.header().places()[1];
        boolean statusSeen = false;
        while (csv.next()) {
            step(sheet.file(), sheet.rows());
            boolean there = idAt < Math.min(csv.cells(), desk.limits.columns());
            String id = there ? csv.cell(idAt).strip() : "";
            boolean valid = SourcedId.valid(id) && csv.unreadable(idAt).isEmpty();
            Optional<Flaw> wrong = wrong(csv, sheet.header(), id, valid);
            String status =
                    wrong.isEmpty() && statusAt >= 0 ? csv.cell(statusAt).strip() : "";
            statusSeen |= !status.isEmpty();
            Sheet.Kind kind = wrong.isEmpty() ? kind(status, csv.line(), sheet) : aside(csv.line(), sheet, wrong.get());
            if (kind == Sheet.Kind.ACTIVE && status.isEmpty() && sheet.mode() == Mode.DELTA) {
                desk.findings.add(sheet.file(), csv.line(), "status", FindingCode.STATUS_MISSING_IN_DELTA);
            }
            Optional<FindingCode> held = valid && kind != Sheet.Kind.GONE ? ids.held(id) : Optional.empty();
            int record = !valid || held.isPresent()
                    ? Relations.NONE
                    : kind == Sheet.Kind.GONE ? ids.find(id) : ids.reserve(id);
            if (record == Relations.NONE && kind == Sheet.Kind.GONE) {
                desk.findings.add(sheet.file(), csv.line(), SOURCED_ID, FindingCode.DELETED_UNKNOWN);
            } else if (record == Relations.NONE && kind == Sheet.Kind.ACTIVE) {
                kind = aside(csv.line(), sheet, new Flaw(SOURCED_ID, held.orElse(FindingCode.REFERENCE_UNKNOWN)));
            }
            sheet.add(record, kind, valid);
        }
        if (statusSeen && sheet.mode() == Mode.BULK) {
            desk.findings.add(sheet.file(), 0, "status", FindingCode.STATUS_IN_BULK);
        }
    }

    private Sheet.Kind aside(long line, Sheet sheet, Flaw flaw) {
        desk.findings.add(sheet.file(), line, flaw.column(), flaw.code());
        return Sheet.Kind.ASIDE;
    }

    private Sheet.Kind kind(String status, long line, Sheet sheet) {
        if (status.isEmpty() || status.equalsIgnoreCase("active")) {
            return Sheet.Kind.ACTIVE;
        }
        if (status.equalsIgnoreCase("tobedeleted")) {
            return Sheet.Kind.GONE;
        }
        if (status.equalsIgnoreCase("inactive")) {
            desk.findings.add(sheet.file(), line, "status", FindingCode.STATUS_INACTIVE);
            return Sheet.Kind.GONE;
        }
        desk.findings.add(sheet.file(), line, "status", FindingCode.STATUS_NOT_ALLOWED);
        return Sheet.Kind.ASIDE;
    }

    /// What makes a row unusable; the column is empty when it is the row as a whole.
    private record Flaw(String column, FindingCode code) {}

    /// What is wrong with the row's form, with a cell it cannot be without, or with its id; empty when nothing
    /// is. Where
    /// its cells begin and end must be certain, or a value could be taken for another column's.
    private static Optional<Flaw> wrong(Csv csv, Header header, String id, boolean valid) {
        if (csv.afterQuote()) {
            return Optional.of(new Flaw("", FindingCode.ROW_QUOTES));
        }
        if (csv.cells() != header.width()) {
            return Optional.of(new Flaw("", FindingCode.ROW_SHAPE));
        }
        Optional<Flaw> unreadable = unreadable(csv, header);
        if (unreadable.isPresent() || valid) {
            return unreadable;
        }
        return Optional.of(new Flaw(SOURCED_ID, id.isEmpty() ? FindingCode.ID_MISSING : FindingCode.ID_NOT_ALLOWED));
    }

    private static Optional<Flaw> unreadable(Csv csv, Header header) {
        if (!csv.cut() && csv.wellFormed()) {
            return Optional.empty();
        }
        for (int i = 0; i < header.places().length; i++) {
            int place = header.places()[i];
            if (place >= 0 && header.columns().get(i).essential()) {
                Optional<FindingCode> code = csv.unreadable(place);
                if (code.isPresent()) {
                    return Optional.of(new Flaw(header.columns().get(i).name(), code.get()));
                }
            }
        }
        return Optional.empty();
    }

    /// Reads a file that is counted only.
    void count(String file) {
        if (desk.manifest.mode(file) == Mode.ABSENT) {
            return;
        }
        try (Csv csv = new Csv(desk.delivery.read(file), file, desk.limits)) {
            long rows = 0;
            if (csv.next() && csv.cells() <= desk.limits.columns()) {
                Header.read(csv, file, desk.columns.of(file), desk.findings);
                while (csv.next()) {
                    step(file, rows++);
                }
            }
            desk.counted(file, rows);
            desk.findings.add(file, rows == 0 ? FindingCode.FILE_EMPTY : FindingCode.FILE_NOT_KEPT);
        } catch (Header.Unusable e) {
            desk.counted(file, 0);
        }
    }

    private void step(String file, long rows) {
        if (rows >= desk.limits.rows()) {
            throw new IntakeFault(FindingCode.TOO_MANY_ROWS, file);
        }
        if (rows % STEP == 0 && !desk.progress.goOn(file, 1, rows)) {
            throw new Progress.Cancelled();
        }
    }
}
