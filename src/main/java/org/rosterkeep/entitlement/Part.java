package org.rosterkeep.entitlement;

import org.rosterkeep.roster.Entity;

/// The parts of an entity that have a collection of their own. A record that left the view keeps the parts it
/// was in, so
/// that its tombstone appears where the client met it.
public enum Part {
    /// Orgs of type `school`.
    SCHOOLS(Entity.ORG),
    /// Sessions of type `term`.
    TERMS(Entity.ACADEMIC_SESSION),
    /// Sessions of type `gradingPeriod`.
    GRADING_PERIODS(Entity.ACADEMIC_SESSION),
    /// Users with a role `student` inside the scope, in one of its grades: the only ones whose role it shows.
    STUDENTS(Entity.USER),
    /// Users with a role `teacher` inside the scope.
    TEACHERS(Entity.USER),
    /// Users that OneRoster 1.1 can express at all ([LegacyRole]).
    LEGACY_USERS(Entity.USER),
    /// Users whose one role in 1.1 is `student`.
    LEGACY_STUDENTS(Entity.USER),
    /// Users whose one role in 1.1 is `teacher`.
    LEGACY_TEACHERS(Entity.USER),
    /// Enrolments that 1.1 can express: a role without `ext:`, of a user it can express.
    LEGACY_ENROLLMENTS(Entity.ENROLLMENT),
    /// Demographics of users that 1.1 can express.
    LEGACY_DEMOGRAPHICS(Entity.DEMOGRAPHICS);

    private final Entity entity;

    Part(Entity entity) {
        this.entity = entity;
    }

    public Entity entity() {
        return entity;
    }
}
