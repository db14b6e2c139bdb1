package org.rosterkeep.disclosure;

import org.rosterkeep.roster.Entity;

/// The twelve collections of a rostering service; several are slices of one entity (OneRoster section 6.1).
public enum Collection {
    ORGS("orgs", Entity.ORG),
    SCHOOLS("schools", Entity.ORG),
    ACADEMIC_SESSIONS("academicSessions", Entity.ACADEMIC_SESSION),
    TERMS("terms", Entity.ACADEMIC_SESSION),
    GRADING_PERIODS("gradingPeriods", Entity.ACADEMIC_SESSION),
    COURSES("courses", Entity.COURSE),
    CLASSES("classes", Entity.CLASS),
    USERS("users", Entity.USER),
    STUDENTS("students", Entity.USER),
    TEACHERS("teachers", Entity.USER),
    ENROLLMENTS("enrollments", Entity.ENROLLMENT),
    DEMOGRAPHICS("demographics", Entity.DEMOGRAPHICS);

    private final String segment;
    private final Entity entity;

    Collection(String segment, Entity entity) {
        this.segment = segment;
        this.entity = entity;
    }

    /// The path segment.
    public String segment() {
        return segment;
    }

    public Entity entity() {
        return entity;
    }
}
