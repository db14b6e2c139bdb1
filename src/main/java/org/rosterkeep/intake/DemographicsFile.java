package org.rosterkeep.intake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.Shape;

/// Takes in demographics.csv: first the ages, before the users are packed, as one bit each; then, for the elements that
/// are switched on, the records. A date of birth is read for the bit and dropped unless it is switched on itself.
final class DemographicsFile {
    static final String FILE = "demographics.csv";
    private static final int YEARS_MAX = 120;

    private final Desk desk;
    private final RowWriter writer = new RowWriter();
    private final RoaringBitmap thirteen = new RoaringBitmap();
    private final RoaringBitmap known = new RoaringBitmap();
    private boolean complete;

    DemographicsFile(Desk desk) {
        this.desk = desk;
    }

    /// Reads nothing but who is 13 or older today.
    void ages(Sheet sheet) {
        int birth = sheet.header().index("birthDate");
        complete = sheet.mode() == Mode.BULK;
        known.or(sheet.gone());
        try (Csv csv = new Csv(desk.delivery.read(FILE), FILE, desk.limits)) {
            csv.next();
            int place = sheet.header().places()[birth];
            for (int row = 0; csv.next() && row < sheet.rows(); row++) {
                int user = sheet.record(row);
                boolean usable = user != Sheet.ASIDE
                        && !sheet.deletes(row)
                        && !sheet.twice().contains(user);
                if (usable && place >= 0 && csv.unreadable(place).isEmpty()) {
                    age(user, csv.cell(place).strip(), csv.line());
                }
            }
        }
        if (complete) {
            known.or(RoaringBitmap.andNot(desk.before.live(Entity.USER), sheet.seen()));
        }
    }

    /// What is no date says nothing, so the bit stays as it was.
    private void age(int user, String text, long line) {
        Optional<LocalDate> date = Dates.read(text);
        if (date.isPresent() || text.isEmpty()) {
            known.add(user);
        }
        date.ifPresent(born -> {
            if (born.isAfter(desk.today) || born.isBefore(desk.today.minusYears(YEARS_MAX))) {
                desk.findings.add(FILE, line, "birthDate", FindingCode.BIRTH_DATE_IMPLAUSIBLE);
            } else if (Dates.thirteen(born, desk.today)) {
                thirteen.add(user);
            }
        });
    }

    /// Whether the user counts as 13 or older after this batch; unknown does not (privacy.md section 4).
    boolean thirteen(int user) {
        return known.contains(user)
                ? thirteen.contains(user)
                : desk.before.age13Plus().contains(user);
    }

    /// Users in the roster whose bit this file turns.
    RoaringBitmap turned() {
        RoaringBitmap turned = new RoaringBitmap();
        RoaringBitmap then = desk.before.age13Plus();
        RoaringBitmap.and(known, desk.before.live(Entity.USER)).forEach((IntConsumer) user -> {
            if (thirteen.contains(user) != then.contains(user)) {
                turned.add(user);
            }
        });
        return turned;
    }

    /// Whether any element of these records is kept at all.
    boolean kept() {
        return Field.of(Entity.DEMOGRAPHICS).stream()
                .anyMatch(field -> field != Field.DEMOGRAPHICS_SOURCED_ID && desk.keeping.keeps(field));
    }

    /// Lands the records, after the users.
    void land(Sheet sheet) {
        List<Field> fields = Field.of(Entity.DEMOGRAPHICS);
        int[] columns = fields.stream()
                .mapToInt(field -> sheet.header().index(field.wire()))
                .toArray();
        boolean kept = kept();
        try (Rows rows = new Rows(desk, sheet)) {
            Packing packing = new Packing(desk, rows, Entity.DEMOGRAPHICS, writer);
            while (rows.next()) {
                boolean something = pack(packing, rows, fields, columns);
                if (!desk.batch.present(Entity.USER, rows.record())) {
                    rows.wrong(0, FindingCode.REFERENCE_UNKNOWN);
                }
                if (!rows.settle() || !kept) {
                    continue;
                }
                if (something) {
                    desk.put(Entity.DEMOGRAPHICS, rows.record(), writer.toBytes());
                } else {
                    desk.remove(Entity.DEMOGRAPHICS, rows.record());
                }
            }
        }
        if (!kept) {
            desk.findings.add(FILE, FindingCode.FILE_ELEMENT_OFF);
        }
    }

    /// Removes all records when nothing of them is to be kept any longer. Such a removal never waits.
    void purge() {
        desk.before.live(Entity.DEMOGRAPHICS).forEach((IntConsumer) user -> desk.remove(Entity.DEMOGRAPHICS, user));
    }

    private boolean pack(Packing packing, Rows rows, List<Field> fields, int[] columns) {
        boolean something = false;
        writer.clear();
        for (int i = 0; i < columns.length; i++) {
            Field field = fields.get(i);
            if (field == Field.DEMOGRAPHICS_SOURCED_ID) {
                writer.text(field, rows.text(columns[i]));
            } else if (rows.filled(columns[i]) && desk.keeping.keeps(field)) {
                something |= pack(packing, rows, field, columns[i]);
            } else if (rows.filled(columns[i])) {
                desk.keeping.drop(field.element());
                if (field == Field.DEMOGRAPHICS_BIRTH_DATE) {
                    rows.date(columns[i]);
                }
            }
        }
        return something;
    }

    private boolean pack(Packing packing, Rows rows, Field field, int column) {
        String text = switch (field.shape()) {
            case DATE -> rows.date(column);
            case BOOL, TOKEN -> rows.word(column);
            case TEXT, LIST, REF, REFS, ROLES, USER_IDS, PROFILES -> rows.text(column);
        };
        if (packing.keep(field, column)) {
            return packing.keeps(field, column);
        }
        if (text.isEmpty()) {
            return false;
        }
        if (field.shape() == Shape.BOOL) {
            writer.bool(field, text.equals("true"));
        } else {
            writer.text(field, text);
        }
        return true;
    }
}
