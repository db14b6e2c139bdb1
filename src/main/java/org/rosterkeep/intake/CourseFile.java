package org.rosterkeep.intake;

import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RowWriter;

/// Takes in courses.csv.
final class CourseFile {
    static final String FILE = "courses.csv";
    private final Desk desk;
    private final RowWriter writer = new RowWriter();

    CourseFile(Desk desk) {
        this.desk = desk;
    }

    void land(Sheet sheet) {
        Header header = sheet.header();
        int year = header.index("schoolYearSourcedId");
        int title = header.index("title");
        int code = header.index("courseCode");
        int grades = header.index("grades");
        int org = header.index("orgSourcedId");
        int subjects = header.index("subjects");
        int subjectCodes = header.index("subjectCodes");
        try (Rows rows = new Rows(desk, sheet)) {
            Packing packing = new Packing(desk, rows, Entity.COURSE, writer);
            while (rows.next()) {
                int yearRef = rows.ref(year, Entity.ACADEMIC_SESSION);
                int orgRef = rows.ref(org, Entity.ORG);
                writer.clear().text(Field.COURSE_SOURCED_ID, rows.text(0));
                packing.wished(Field.COURSE_TITLE, title)
                        .ref(Field.COURSE_SCHOOL_YEAR, year, Entity.ACADEMIC_SESSION, yearRef)
                        .text(Field.COURSE_COURSE_CODE, code)
                        .list(Field.COURSE_GRADES, grades)
                        .list(Field.COURSE_SUBJECTS, subjects)
                        .ref(Field.COURSE_ORG, org, Entity.ORG, orgRef)
                        .list(Field.COURSE_SUBJECT_CODES, subjectCodes);
                if (rows.settle()) {
                    desk.put(Entity.COURSE, rows.record(), writer.toBytes());
                }
            }
        }
    }
}
