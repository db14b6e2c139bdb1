package org.rosterkeep.disclosure;

import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Part;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;

/// The members of nested collections, by set operations on one edition. Only what the client sees counts: a
/// class has the
/// students whose enrolments are in view.
final class Nesting {
    private final Edition edition;
    private final Relations relations;

    Nesting(Edition edition) {
        this.edition = edition;
        relations = edition.relations();
    }

    RoaringBitmap members(Place place) {
        Place.Step last = place.parents().getLast();
        RoaringBitmap members = switch (last.collection().entity()) {
            case ORG -> ofSchool(last.ordinal(), place.collection());
            case ACADEMIC_SESSION -> ofSession(last.ordinal(), place.collection());
            case COURSE -> where(Entity.CLASS, klass -> relations.classCourse(klass) == last.ordinal());
            case CLASS -> ofClass(last.ordinal(), place.collection());
            case USER -> classesOf(last);
            case ENROLLMENT, DEMOGRAPHICS -> new RoaringBitmap();
        };
        if (last.collection().entity() != Entity.CLASS || place.collection().entity() != Entity.USER) {
            Place.part(place.wire(), place.collection()).ifPresent(part -> members.and(edition.part(part)));
        } else if (place.wire() == Wire.V1P1) {
            members.and(edition.part(Part.LEGACY_USERS));
        }
        members.and(edition.live(place.collection().entity()));
        return members;
    }

    private RoaringBitmap ofSchool(int school, Collection collection) {
        return switch (collection) {
            case CLASSES -> where(Entity.CLASS, klass -> relations.classSchool(klass) == school);
            case ENROLLMENTS -> where(Entity.ENROLLMENT, each -> relations.enrollmentSchool(each) == school);
            case STUDENTS -> where(Entity.USER, user -> hasRole(user, "student", school));
            case TEACHERS -> where(Entity.USER, user -> hasRole(user, "teacher", school));
            case COURSES -> coursesAt(school);
            case TERMS -> termsAt(school);
            case ORGS, SCHOOLS, ACADEMIC_SESSIONS, GRADING_PERIODS, USERS, DEMOGRAPHICS -> new RoaringBitmap();
        };
    }

    private boolean hasRole(int user, String word, int school) {
        for (int n = relations.roleCount(user) - 1; n >= 0; n--) {
            if (relations.roleOrg(user, n) == school && relations.role(user, n).equals(word)) {
                return edition.lens().roles().contains(word);
            }
        }
        return false;
    }

    /// Those a visible class of the school teaches, and those that name the school as their org, if the rule
    /// shows that.
    private RoaringBitmap coursesAt(int school) {
        RoaringBitmap courses = new RoaringBitmap();
        edition.live(Entity.CLASS).forEach((int klass) -> {
            if (relations.classSchool(klass) == school) {
                courses.add(relations.classCourse(klass));
            }
        });
        if (edition.lens().grants().containsKey(Field.COURSE_ORG)) {
            courses.or(where(Entity.COURSE, course -> relations.courseOrg(course) == school));
        }
        return courses;
    }

    private RoaringBitmap termsAt(int school) {
        RoaringBitmap terms = new RoaringBitmap();
        edition.live(Entity.CLASS).forEach((int klass) -> {
            if (relations.classSchool(klass) == school) {
                terms.add(relations.classTerms(klass));
            }
        });
        return terms;
    }

    private RoaringBitmap ofSession(int session, Collection collection) {
        if (collection == Collection.CLASSES) {
            return where(Entity.CLASS, klass -> {
                for (int term : relations.classTerms(klass)) {
                    if (term == session) {
                        return true;
                    }
                }
                return false;
            });
        }
        boolean told = edition.lens().grants().containsKey(Field.SESSION_PARENT)
                || edition.lens().grants().containsKey(Field.SESSION_CHILDREN);
        return where(Entity.ACADEMIC_SESSION, each -> told && relations.sessionParent(each) == session);
    }

    private RoaringBitmap ofClass(int klass, Collection collection) {
        RoaringBitmap seen = edition.live(Entity.ENROLLMENT);
        RoaringBitmap members = new RoaringBitmap();
        int word = wordOf(collection);
        for (int enrollment : relations.enrollmentsOfClass(klass)) {
            if (!seen.contains(enrollment)) {
                continue;
            }
            if (collection == Collection.ENROLLMENTS) {
                members.add(enrollment);
            } else if (relations.enrollmentRoleWord(enrollment) == word) {
                members.add(relations.enrollmentUser(enrollment));
            }
        }
        return members;
    }

    /// Of a student the classes attended as a student, of a teacher those taught, of a user all.
    private RoaringBitmap classesOf(Place.Step user) {
        RoaringBitmap seen = edition.live(Entity.ENROLLMENT);
        RoaringBitmap classes = new RoaringBitmap();
        for (int enrollment : relations.enrollmentsOfUser(user.ordinal())) {
            boolean any = user.collection() == Collection.USERS;
            if (seen.contains(enrollment)
                    && (any || relations.enrollmentRoleWord(enrollment) == wordOf(user.collection()))) {
                classes.add(relations.enrollmentClass(enrollment));
            }
        }
        return classes;
    }

    private int wordOf(Collection collection) {
        return switch (collection) {
            case STUDENTS -> relations.wordIndex("student");
            case TEACHERS -> relations.wordIndex("teacher");
            case ORGS,
                    SCHOOLS,
                    ACADEMIC_SESSIONS,
                    TERMS,
                    GRADING_PERIODS,
                    COURSES,
                    CLASSES,
                    USERS,
                    ENROLLMENTS,
                    DEMOGRAPHICS -> Relations.NONE;
        };
    }

    private RoaringBitmap where(Entity entity, IntPredicate wanted) {
        RoaringBitmap found = new RoaringBitmap();
        edition.live(entity).forEach((int ordinal) -> {
            if (wanted.test(ordinal)) {
                found.add(ordinal);
            }
        });
        return found;
    }
}
