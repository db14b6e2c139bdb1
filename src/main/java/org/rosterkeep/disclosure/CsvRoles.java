package org.rosterkeep.disclosure;

import java.util.List;
import java.util.Optional;

/// The roles of users as rows of their own, as OneRoster 1.2 files have them. A row's id is the user's with the
/// place of
/// the role among the user's; a role that was told and is no more is taken back under its id.
final class CsvRoles implements Layout {
    private static final int ROLE_TYPE = 0;
    private static final int ROLE = 1;
    private static final int ORG = 2;

    private final byte[] header = CsvFile.ROLES.header(Wire.V1P2);
    private final Optional<Cursor> since;
    private final Spans user = new Spans(List.of("roles"));
    private final Spans role = new Spans(List.of("roleType", "role", "org"));
    private final Out scratch = new Out();
    private final CsvCells cells = new CsvCells();
    private boolean begun;

    /// @param since what the target was told before; empty when it is told everything anew
    CsvRoles(Optional<Cursor> since) {
        this.since = since;
    }

    @Override
    public boolean record(Out out, Form form, Line line) {
        scratch.backTo(0);
        if (!form.write(scratch, line)) {
            return false;
        }
        int written = roles(out, line);
        since.ifPresent(told -> over(out, line, written, told.rolesOf(line.ordinal)));
        return true;
    }

    private int roles(Out out, Line line) {
        user.read(scratch.bytes(), 0);
        byte[] json = scratch.bytes();
        int at = user.start(0) + 1;
        int n = 0;
        while (json[at] != ']') {
            if (json[at] == ',') {
                at++;
            }
            at = role.read(json, at);
            begin(out, line, n++);
            for (int part = ROLE_TYPE; part <= ROLE; part++) {
                out.put(',');
                cells.value(out, json, role.start(part), role.end(part));
            }
            out.put(Out.utf8(",,,"));
            cells.value(out, json, role.start(ORG), role.end(ORG));
            out.put(Out.utf8(",\r\n"));
        }
        return n;
    }

    @Override
    public void gone(Out out, Form form, Line line) {
        since.ifPresent(told -> over(out, line, 0, told.rolesOf(line.ordinal)));
    }

    private void over(Out out, Line line, int from, int to) {
        byte[] status = line.status;
        line.status = Line.TO_BE_DELETED;
        for (int n = from; n < to; n++) {
            begin(out, line, n);
            out.put(Out.utf8(",primary,student,,,"));
            out.put(Names.NIL);
            out.put(Out.utf8(",\r\n"));
        }
        line.status = status;
    }

    /// Up to the user's id, inclusive.
    private void begin(Out out, Line line, int place) {
        if (!begun) {
            out.put(header);
            begun = true;
        }
        out.put(line.id, 0, line.idLength);
        out.put(Out.utf8("." + place + ","));
        if (since.isPresent()) {
            out.put(line.status);
            out.put(',');
            out.put(line.changed);
        } else {
            out.put(',');
        }
        out.put(',');
        out.put(line.id, 0, line.idLength);
    }
}
