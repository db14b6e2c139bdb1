package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Uses;
import org.rosterkeep.rules.Scope;

/// Draws a view from an earlier one: every record that a change of the scope, the floors or the roster can reach is
/// judged again as [Entitlement] judges it, and every other one is what it was. It gives what drawing all of it gives.
///
/// What reaches further than itself: an org, its users, its classes, and enrolments that name it; a user, their
/// enrolments and, under a restriction to grades, the classes they are in; a class, its enrolments, its course and
/// its terms; a course, its year. Orgs and sessions are few, and worked out whole.
final class Redrawing {
    private final Drawn was;
    private final Entitlement is;
    private final Relations then;
    private final Relations now;
    private final Uses uses;
    private final Map<Entity, RoaringBitmap> changed;
    private final RoaringBitmap orgs;
    private final RoaringBitmap sessions;
    private final RoaringBitmap people;

    /// @param then the roster's shape that the earlier one was drawn of
    /// @param changed the rows that changed between the two rosters; may name too many, never too few
    Redrawing(Drawn was, Entitlement is, Relations then, Map<Entity, RoaringBitmap> changed) {
        this.was = was;
        this.is = is;
        this.then = then;
        this.changed = changed;
        now = is.relations();
        uses = now.uses();
        orgs = RoaringBitmap.xor(was.views().of(Entity.ORG), is.orgs());
        sessions = RoaringBitmap.xor(was.shown(), is.calendar().shown());
        people = people();
    }

    /// Whether a view of the one scope can be drawn from one of the other.
    static boolean possible(Scope was, Scope is) {
        return was.roles().equals(is.roles())
                && was.grades().isEmpty() == is.grades().isEmpty()
                && was.classes().isEmpty() == is.classes().isEmpty();
    }

    /// Whether that is less work than drawing all of it.
    boolean cheap() {
        return people.getLongCardinality() * 2 <= was.views().of(Entity.USER).getLongCardinality();
    }

    private RoaringBitmap people() {
        RoaringBitmap reached = RoaringBitmap.or(changed(Entity.USER), RoaringBitmap.xor(was.missing(), is.missing()));
        reached.or(RoaringBitmap.xor(Entitlement.asStudents(was.scope(), then), is.asStudents()));
        orgs.forEach((int org) -> reached.add(now.usersOfOrg(org)));
        return reached;
    }

    Drawn drawn() {
        Map<Entity, RoaringBitmap> members = new EnumMap<>(Entity.class);
        members.put(Entity.ORG, is.orgs());
        RoaringBitmap allowed = is.classesAllowed();
        RoaringBitmap candidates = patched(
                was.candidates(), candidates(allowed), klass -> allowed.contains(klass) && is.isCandidate(klass));
        RoaringBitmap reached = RoaringBitmap.or(people, enrolled(candidates));
        RoaringBitmap users = patched(was.views().of(Entity.USER), reached, user -> is.isUser(user, candidates));
        members.put(Entity.USER, users);
        RoaringBitmap moved = moved(users);
        RoaringBitmap classes = classes(candidates, users, moved);
        members.put(Entity.CLASS, classes);
        RoaringBitmap differing = differing(Entity.CLASS, classes);
        RoaringBitmap courses = courses(classes, differing);
        members.put(Entity.COURSE, courses);
        RoaringBitmap terms = terms(classes, differing);
        RoaringBitmap years = years(courses);
        members.put(Entity.ACADEMIC_SESSION, is.calendar().sessions(terms, years));
        RoaringBitmap enrollments = enrollments(moved, differing);
        members.put(
                Entity.ENROLLMENT,
                patched(was.views().of(Entity.ENROLLMENT), enrollments, one -> is.isGiven(one, users, classes)));
        members.put(Entity.DEMOGRAPHICS, RoaringBitmap.and(users, now.live(Entity.DEMOGRAPHICS)));
        Set<String> roles = is.scope().roles();
        Map<Part, RoaringBitmap> parts =
                new Parts(roles, is.asStudents(), members, now).after(was.views(), reached, enrollments);
        return Drawn.of(is, candidates, terms, years, new Views(members, parts));
    }

    private RoaringBitmap candidates(RoaringBitmap allowed) {
        RoaringBitmap reached = RoaringBitmap.xor(was.allowed(), allowed);
        reached.or(changed(Entity.CLASS));
        orgs.forEach((int org) -> reached.add(now.classesOfSchool(org)));
        sessions.forEach((int term) -> reached.add(uses.classesOfTerm(term)));
        changed(Entity.COURSE).forEach((int course) -> reached.add(uses.classesOfCourse(course)));
        return reached;
    }

    /// Who may be enrolled otherwise in the classes that the scope lists.
    private RoaringBitmap enrolled(RoaringBitmap candidates) {
        RoaringBitmap users = new RoaringBitmap();
        if (!is.scope().classes().isEmpty()) {
            RoaringBitmap classes = RoaringBitmap.xor(was.candidates(), candidates);
            enrollments(new RoaringBitmap(), classes).forEach((int one) -> add(now.enrollmentUser(one), users));
            then(Entity.ENROLLMENT).forEach((int one) -> add(then.enrollmentUser(one), users));
        }
        return users;
    }

    /// Who came, left, or is a student otherwise.
    private RoaringBitmap moved(RoaringBitmap users) {
        RoaringBitmap before = was.views().of(Entity.USER);
        RoaringBitmap moved = RoaringBitmap.xor(before, users);
        moved.or(RoaringBitmap.xor(
                RoaringBitmap.and(before, Entitlement.asStudents(was.scope(), then)),
                RoaringBitmap.and(users, is.asStudents())));
        return moved;
    }

    private RoaringBitmap classes(RoaringBitmap candidates, RoaringBitmap users, RoaringBitmap moved) {
        if (is.scope().grades().isEmpty()) {
            return candidates;
        }
        RoaringBitmap reached = RoaringBitmap.xor(was.candidates(), candidates);
        moved.forEach((int user) -> {
            for (int one : now.enrollmentsOfUser(user)) {
                add(now.enrollmentClass(one), reached);
            }
        });
        changed(Entity.ENROLLMENT).forEach((int one) -> add(now.enrollmentClass(one), reached));
        then(Entity.ENROLLMENT).forEach((int one) -> add(then.enrollmentClass(one), reached));
        return patched(
                was.views().of(Entity.CLASS),
                reached,
                klass -> candidates.contains(klass) && is.hasStudent(klass, users));
    }

    private RoaringBitmap courses(RoaringBitmap classes, RoaringBitmap differing) {
        RoaringBitmap reached = new RoaringBitmap();
        differing.forEach((int klass) -> add(now.classCourse(klass), reached));
        changed(Entity.CLASS).forEach((int klass) -> add(now.classCourse(klass), reached));
        then(Entity.CLASS).forEach((int klass) -> add(then.classCourse(klass), reached));
        return patched(
                was.views().of(Entity.COURSE),
                reached,
                course -> Entitlement.any(uses.classesOfCourse(course), classes::contains));
    }

    private RoaringBitmap terms(RoaringBitmap classes, RoaringBitmap differing) {
        RoaringBitmap reached = sessions.clone();
        RoaringBitmap.or(differing, changed(Entity.CLASS)).forEach((int klass) -> reached.add(now.classTerms(klass)));
        then(Entity.CLASS).forEach((int klass) -> reached.add(then.classTerms(klass)));
        RoaringBitmap shown = is.calendar().shown();
        return patched(
                was.terms(),
                reached,
                term -> shown.contains(term) && Entitlement.any(uses.classesOfTerm(term), classes::contains));
    }

    private RoaringBitmap years(RoaringBitmap courses) {
        RoaringBitmap reached = sessions.clone();
        RoaringBitmap.or(differing(Entity.COURSE, courses), changed(Entity.COURSE))
                .forEach((int course) -> add(now.courseSchoolYear(course), reached));
        then(Entity.COURSE).forEach((int course) -> add(then.courseSchoolYear(course), reached));
        RoaringBitmap shown = is.calendar().shown();
        return patched(was.years(), reached, year -> shown.contains(year) && isYear(year, courses));
    }

    private boolean isYear(int year, RoaringBitmap courses) {
        for (int course : courses) {
            if (now.courseSchoolYear(course) == year) {
                return true;
            }
        }
        return false;
    }

    /// Enrolments that may be in view otherwise than before.
    private RoaringBitmap enrollments(RoaringBitmap users, RoaringBitmap classes) {
        RoaringBitmap reached = changed(Entity.ENROLLMENT).clone();
        users.forEach((int user) -> reached.add(now.enrollmentsOfUser(user)));
        // A class that changed its school may have been the reason why an enrolment at that school was none.
        RoaringBitmap.or(classes, changed(Entity.CLASS))
                .forEach((int klass) -> reached.add(now.enrollmentsOfClass(klass)));
        orgs.forEach((int org) -> reached.add(uses.strayEnrollments(org)));
        return reached;
    }

    private RoaringBitmap differing(Entity entity, RoaringBitmap members) {
        return RoaringBitmap.xor(was.views().of(entity), members);
    }

    /// What changed of an entity and was known then.
    private RoaringBitmap then(Entity entity) {
        RoaringBitmap known = changed(entity).clone();
        known.remove((long) then.size(entity), 1L << 32);
        return known;
    }

    private RoaringBitmap changed(Entity entity) {
        return changed.getOrDefault(entity, new RoaringBitmap());
    }

    private static void add(int ordinal, RoaringBitmap into) {
        if (ordinal != Relations.NONE) {
            into.add(ordinal);
        }
    }

    /// The same set while nobody is reached: views that are alike share what they are made of.
    private static RoaringBitmap patched(RoaringBitmap before, RoaringBitmap reached, IntPredicate wanted) {
        if (reached.isEmpty()) {
            return before;
        }
        RoaringBitmap after = RoaringBitmap.andNot(before, reached);
        reached.forEach((int one) -> {
            if (wanted.test(one)) {
                after.add(one);
            }
        });
        return after;
    }
}
