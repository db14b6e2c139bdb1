package org.rosterkeep.intake;

import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
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
            while (rows.next()) {
                int yearRef = rows.ref(year, Entity.ACADEMIC_SESSION, false);
                int orgRef = rows.ref(org, Entity.ORG, false);
                writer.clear().text(Field.COURSE_SOURCED_ID, rows.text(0)).text(Field.COURSE_TITLE, rows.wished(title));
                ref(Field.COURSE_SCHOOL_YEAR, yearRef)
                        .text(Field.COURSE_COURSE_CODE, rows.text(code))
                        .list(Field.COURSE_GRADES, rows.list(grades))
                        .list(Field.COURSE_SUBJECTS, rows.list(subjects));
                ref(Field.COURSE_ORG, orgRef).list(Field.COURSE_SUBJECT_CODES, rows.list(subjectCodes));
                if (rows.settle()) {
                    desk.put(Entity.COURSE, rows.record(), writer.toBytes());
                }
            }
        }
    }

    private RowWriter ref(Field field, int ordinal) {
        return ordinal == Relations.NONE ? writer : writer.ref(field, ordinal);
    }
}
