package org.rosterkeep.intake;

import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RowWriter;

/// Takes in enrollments.csv, by far the longest file.
final class EnrollmentFile {
    static final String FILE = "enrollments.csv";
    private static final String COUNSELOR = "enrol.counselor";
    private final Desk desk;
    private final RowWriter writer = new RowWriter();

    EnrollmentFile(Desk desk) {
        this.desk = desk;
    }

    void land(Sheet sheet) {
        Header header = sheet.header();
        int klass = header.index("classSourcedId");
        int school = header.index("schoolSourcedId");
        int user = header.index("userSourcedId");
        int role = header.index("role");
        int primary = header.index("primary");
        int begin = header.index("beginDate");
        int end = header.index("endDate");
        boolean counselors = desk.keeping.keeps(COUNSELOR);
        try (Rows rows = new Rows(desk, sheet)) {
            Packing packing = new Packing(desk, rows, Entity.ENROLLMENT, writer);
            while (rows.next()) {
                int userRef = rows.ref(user, Entity.USER);
                int classRef = rows.ref(klass, Entity.CLASS);
                int schoolRef = rows.ref(school, Entity.ORG);
                String roleWord = rows.word(role);
                String primaryWord = rows.word(primary);
                String beginDate = rows.date(begin);
                String endDate = rows.date(end);
                if (!rows.settle()) {
                    continue;
                }
                if (!counselors && roleWord.equals("ext:counselor")) {
                    desk.keeping.drop(COUNSELOR);
                    desk.remove(Entity.ENROLLMENT, rows.record());
                    continue;
                }
                if (!endDate.isEmpty() && !rows.aside(begin) && endDate.compareTo(beginDate) < 0) {
                    rows.remark(end, FindingCode.DATES_REVERSED);
                }
                writer.clear()
                        .text(Field.ENROLLMENT_SOURCED_ID, rows.text(0))
                        .ref(Field.ENROLLMENT_USER, userRef)
                        .ref(Field.ENROLLMENT_CLASS, classRef)
                        .ref(Field.ENROLLMENT_SCHOOL, schoolRef)
                        .text(Field.ENROLLMENT_ROLE, roleWord);
                packing.bool(Field.ENROLLMENT_PRIMARY, primary, primaryWord)
                        .text(Field.ENROLLMENT_BEGIN_DATE, begin, beginDate)
                        .text(Field.ENROLLMENT_END_DATE, end, endDate);
                desk.put(Entity.ENROLLMENT, rows.record(), writer.toBytes());
            }
        }
    }
}
