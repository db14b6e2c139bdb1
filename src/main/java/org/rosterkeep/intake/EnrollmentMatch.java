package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Slice;
import org.rosterkeep.roster.SourcedId;

/// Enrolments seldom come with a mapping: a new source system numbers them anew. One of a user in a class in a role is
/// taken for the one there was, so that it keeps its id for everybody outside. Where somebody has several such, those
/// with equal dates go together first, and then in the order of the file.
final class EnrollmentMatch {
    private final Desk desk;
    private final Handover handover;
    private final RoaringBitmap claimed = new RoaringBitmap();
    private final Slice slice = new Slice();

    EnrollmentMatch(Desk desk, Handover handover) {
        this.desk = desk;
        this.handover = handover;
    }

    private enum Pass {
        /// Who is in the file under an id that is known is spoken for.
        CLAIM,
        /// Those that agree in their dates, too.
        EXACT,
        REST
    }

    /// Gives enrolments their new ids. To be called when users and classes have theirs.
    void run() {
        if (desk.manifest.mode(EnrollmentFile.FILE) != Mode.BULK) {
            return;
        }
        for (Pass pass : Pass.values()) {
            try (Csv csv = new Csv(desk.delivery.read(EnrollmentFile.FILE), EnrollmentFile.FILE, desk.limits)) {
                if (!csv.next() || csv.cells() > desk.limits.columns()) {
                    return;
                }
                // What is wrong with the header is told when the file is read for good.
                read(
                        pass,
                        csv,
                        Header.read(csv, EnrollmentFile.FILE, desk.columns.of(EnrollmentFile.FILE), new Findings(0)));
            } catch (Header.Unusable e) {
                return;
            }
        }
    }

    private void read(Pass pass, Csv csv, Header header) {
        Cells cells = new Cells(csv, header);
        while (csv.next()) {
            if (csv.cells() != header.width() || csv.afterQuote()) {
                continue;
            }
            String id = cells.text("sourcedId");
            if (!SourcedId.valid(id)) {
                continue;
            }
            int known = desk.batch.find(Entity.ENROLLMENT, SourcedId.of(id));
            if (known != Relations.NONE) {
                claimed.add(known);
            } else if (pass != Pass.CLAIM) {
                match(pass == Pass.EXACT, cells).ifPresent(record -> {
                    claimed.add(record);
                    handover.rename(desk, Entity.ENROLLMENT, record, SourcedId.of(id));
                });
            }
        }
    }

    private Optional<Integer> match(boolean exact, Cells cells) {
        int user = find(Entity.USER, cells.text("userSourcedId"));
        int klass = find(Entity.CLASS, cells.text("classSourcedId"));
        if (user == Relations.NONE || klass == Relations.NONE) {
            return Optional.empty();
        }
        for (int record : desk.before.enrollmentsOfUser(user)) {
            boolean same = desk.wasLive(Entity.ENROLLMENT, record)
                    && !claimed.contains(record)
                    && desk.before.enrollmentClass(record) == klass
                    && role(record).equalsIgnoreCase(cells.text("role"));
            if (same && (!exact || dates(record, cells))) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    /// A record that was there before this batch.
    private int find(Entity entity, String id) {
        int found = SourcedId.valid(id) ? desk.batch.find(entity, SourcedId.of(id)) : Relations.NONE;
        return found < desk.before.size(entity) ? found : Relations.NONE;
    }

    private String role(int record) {
        int word = desk.before.enrollmentRoleWord(record);
        return word == Relations.NONE ? "" : desk.before.words().get(word);
    }

    private boolean dates(int record, Cells cells) {
        return desk.batch
                .row(Entity.ENROLLMENT, record)
                .filter(row -> text(row, Field.ENROLLMENT_BEGIN_DATE).equals(cells.text("beginDate"))
                        && text(row, Field.ENROLLMENT_END_DATE).equals(cells.text("endDate")))
                .isPresent();
    }

    private String text(Row row, Field field) {
        return row.reveal(field, slice) ? new String(slice.bytes, slice.start, slice.length(), UTF_8) : "";
    }

    /// A row's cells by the standard's names.
    private record Cells(Csv csv, Header header) {
        String text(String column) {
            int place = header.places()[header.index(column)];
            return place < 0 || csv.unreadable(place).isPresent()
                    ? ""
                    : csv.cell(place).strip();
        }
    }
}
