package org.rosterkeep.disclosure;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.entitlement.Part;
import org.rosterkeep.roster.Entity;

/// Where in the service a question points: a collection, and the records it is nested under, by ordinal.
///
/// @param parents outermost first
record Place(Wire wire, Collection collection, List<Step> parents) {
    Place {
        parents = List.copyOf(parents);
    }

    /// A record on the way.
    record Step(Collection collection, int ordinal) {}

    /// The part of the entity that the collection is, in this version's eyes; empty when it is all of it.
    static Optional<Part> part(Wire wire, Collection collection) {
        boolean legacy = wire == Wire.V1P1;
        return switch (collection) {
            case SCHOOLS -> Optional.of(Part.SCHOOLS);
            case TERMS -> Optional.of(Part.TERMS);
            case GRADING_PERIODS -> Optional.of(Part.GRADING_PERIODS);
            case STUDENTS -> Optional.of(legacy ? Part.LEGACY_STUDENTS : Part.STUDENTS);
            case TEACHERS -> Optional.of(legacy ? Part.LEGACY_TEACHERS : Part.TEACHERS);
            case USERS -> legacy ? Optional.of(Part.LEGACY_USERS) : Optional.empty();
            case ENROLLMENTS -> legacy ? Optional.of(Part.LEGACY_ENROLLMENTS) : Optional.empty();
            case DEMOGRAPHICS -> legacy ? Optional.of(Part.LEGACY_DEMOGRAPHICS) : Optional.empty();
            case ORGS, ACADEMIC_SESSIONS, COURSES, CLASSES -> Optional.empty();
        };
    }

    /// The entities a nested path tells about beyond its own: the parents, and whatever connects them to the
    /// children. Who
    /// sits in which class is what enrolments say; which term a school has is what its classes say.
    static Set<Entity> by(List<Collection> parents, Collection collection) {
        Set<Entity> by = EnumSet.noneOf(Entity.class);
        parents.forEach(parent -> by.add(parent.entity()));
        boolean inClass = by.contains(Entity.CLASS);
        boolean ofUser = by.contains(Entity.USER);
        if (inClass && collection.entity() == Entity.USER || ofUser && collection.entity() == Entity.CLASS) {
            by.add(Entity.ENROLLMENT);
        }
        if (by.contains(Entity.ORG) && (collection == Collection.TERMS || collection == Collection.COURSES)) {
            by.add(Entity.CLASS);
        }
        return by;
    }
}
