package org.rosterkeep.intake;

import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RowWriter;

/// Takes in classes.csv.
final class ClassFile {
    static final String FILE = "classes.csv";
    private final Desk desk;
    private final RowWriter writer = new RowWriter();

    ClassFile(Desk desk) {
        this.desk = desk;
    }

    void land(Sheet sheet) {
        Header header = sheet.header();
        int title = header.index("title");
        int grades = header.index("grades");
        int course = header.index("courseSourcedId");
        int code = header.index("classCode");
        int type = header.index("classType");
        int location = header.index("location");
        int school = header.index("schoolSourcedId");
        int terms = header.index("termSourcedIds");
        int subjects = header.index("subjects");
        int subjectCodes = header.index("subjectCodes");
        int periods = header.index("periods");
        try (Rows rows = new Rows(desk, sheet)) {
            Packing packing = new Packing(desk, rows, Entity.CLASS, writer);
            while (rows.next()) {
                int courseRef = rows.ref(course, Entity.COURSE);
                int schoolRef = rows.ref(school, Entity.ORG);
                int[] termRefs = rows.refs(terms, Entity.ACADEMIC_SESSION);
                String kind = rows.word(type);
                if (!rows.settle()) {
                    continue;
                }
                writer.clear().text(Field.CLASS_SOURCED_ID, rows.text(0));
                packing.wished(Field.CLASS_TITLE, title)
                        .text(Field.CLASS_CLASS_CODE, code)
                        .text(Field.CLASS_CLASS_TYPE, type, kind)
                        .text(Field.CLASS_LOCATION, location)
                        .list(Field.CLASS_GRADES, grades)
                        .list(Field.CLASS_SUBJECTS, subjects);
                writer.ref(Field.CLASS_COURSE, courseRef)
                        .ref(Field.CLASS_SCHOOL, schoolRef)
                        .refs(Field.CLASS_TERMS, termRefs);
                packing.list(Field.CLASS_SUBJECT_CODES, subjectCodes).list(Field.CLASS_PERIODS, periods);
                desk.put(Entity.CLASS, rows.record(), writer.toBytes());
            }
        }
    }
}
