package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Scope;

/// A rule's scope applied to the roster: which records are inside. A pure function of its arguments.
///
/// Whom and what floors withhold is taken out first, as if it were not in the roster: nothing is derived from it.
///
/// - orgs: those the scope names, and with `subOrgs` all below them;
/// - users: at least one role whose word and org are in the scope. A restriction to grades speaks of students: a role
///   `student` counts only in one of the grades. A restriction to classes asks for an enrolment in one of them
///   whose own
///   role and school are in the scope: a record the rule does not give must not decide who is given;
/// - classes: at a school in scope, listed if the scope lists classes, with a course and a term that are in the roster;
///   under a restriction to grades only with a student in view;
/// - courses of those classes; sessions: the classes' terms, what is above and below them, the courses' school years;
/// - enrolments: user (of a student's enrolment, one whose role `student` counts), class and school in view,
/// and a role that agrees with the scope's roles ([#agrees]);
/// - demographics of the users in view.
final class Entitlement {
    private final Scope scope;
    private final Places places;
    private final Relations relations;
    private final Floors.Withheld withheld;
    private final RoaringBitmap people;
    private final RoaringBitmap asStudents;
    private final Nearby nearby;
    private final Map<Entity, RoaringBitmap> members = new EnumMap<>(Entity.class);

    /// The places a scope names, found in the roster, and the records that are whole ([Looks#whole]).
    record Places(RoaringBitmap orgs, RoaringBitmap classes, RoaringBitmap wholeOrgs, RoaringBitmap wholeSessions) {}

    private Entitlement(Scope scope, Places places, Relations relations, Floors.Withheld withheld) {
        this.scope = scope;
        this.places = places;
        this.relations = relations;
        this.withheld = withheld;
        this.nearby = new Nearby(relations);
        this.asStudents = asStudents(scope, relations);
        people = withheld.nothing() ? relations.live(Entity.USER) : people(relations, withheld);
    }

    /// A user without a value that no honest record lacks is no record.
    private static RoaringBitmap people(Relations relations, Floors.Withheld withheld) {
        RoaringBitmap people = RoaringBitmap.andNot(relations.live(Entity.USER), withheld.users());
        withheld.fields().forEach((field, users) -> {
            if (field.entity() == Entity.USER && field.need() == Field.Need.GRANT) {
                people.andNot(users);
            }
        });
        return people;
    }

    private RoaringBitmap live(Entity entity, RoaringBitmap without) {
        RoaringBitmap live = relations.live(entity);
        return without.isEmpty() ? live : RoaringBitmap.andNot(live, without);
    }

    static Views views(Scope scope, Places places, Relations relations, Floors.Withheld withheld) {
        return new Entitlement(scope, places, relations, withheld).views();
    }

    private Views views() {
        RoaringBitmap orgs = orgs();
        members.put(Entity.ORG, orgs);
        RoaringBitmap classes = candidateClasses(orgs);
        RoaringBitmap users = users(orgs, classes);
        members.put(Entity.USER, users);
        if (!scope.grades().isEmpty()) {
            classes = withStudents(classes, users);
        }
        members.put(Entity.CLASS, classes);
        RoaringBitmap courses = courses(classes);
        members.put(Entity.COURSE, courses);
        members.put(Entity.ACADEMIC_SESSION, sessions(classes, courses));
        members.put(Entity.ENROLLMENT, enrollments(orgs, users, classes));
        members.put(Entity.DEMOGRAPHICS, RoaringBitmap.and(users, relations.live(Entity.DEMOGRAPHICS)));
        return new Views(members, new Parts(scope.roles(), asStudents, members, relations).all());
    }

    private RoaringBitmap orgs() {
        RoaringBitmap live = RoaringBitmap.and(live(Entity.ORG, withheld.orgs()), places.wholeOrgs());
        RoaringBitmap named = RoaringBitmap.and(places.orgs(), live);
        if (!scope.subOrgs()) {
            return named;
        }
        RoaringBitmap inside = named.clone();
        live.forEach((int org) -> {
            if (isBelow(org, live, named)) {
                inside.add(org);
            }
        });
        return inside;
    }

    /// Walks up through live orgs only; bounded, so that a cycle ends.
    private boolean isBelow(int org, RoaringBitmap live, RoaringBitmap named) {
        int at = org;
        for (int steps = 0; at != Relations.NONE && live.contains(at) && steps < 64; steps++) {
            if (named.contains(at)) {
                return true;
            }
            at = relations.orgParent(at);
        }
        return false;
    }

    private RoaringBitmap candidateClasses(RoaringBitmap orgs) {
        RoaringBitmap live = live(Entity.CLASS, withheld.classes());
        RoaringBitmap near = scope.classes().isEmpty() ? nearby.classes(orgs) : places.classes();
        RoaringBitmap from = near.equals(live) ? live : RoaringBitmap.and(live, near);
        RoaringBitmap classes = new RoaringBitmap();
        from.forEach((int klass) -> {
            if (contains(orgs, relations.classSchool(klass))
                    && contains(relations.live(Entity.COURSE), relations.classCourse(klass))
                    && hasTerm(klass)) {
                classes.add(klass);
            }
        });
        return classes;
    }

    private boolean hasTerm(int klass) {
        for (int term : relations.classTerms(klass)) {
            if (shows(term)) {
                return true;
            }
        }
        return false;
    }

    private boolean shows(int session) {
        return contains(relations.live(Entity.ACADEMIC_SESSION), session)
                && places.wholeSessions().contains(session);
    }

    private RoaringBitmap users(RoaringBitmap orgs, RoaringBitmap classes) {
        boolean[] words = words(scope.roles());
        int student = relations.wordIndex("student");
        RoaringBitmap enrolled = scope.classes().isEmpty() ? people : enrolledIn(orgs, classes);
        RoaringBitmap users = new RoaringBitmap();
        RoaringBitmap.and(nearby.users(orgs), enrolled).forEach((int user) -> {
            for (int n = relations.roleCount(user) - 1; n >= 0; n--) {
                int word = relations.roleWord(user, n);
                if (words[word]
                        && contains(orgs, relations.roleOrg(user, n))
                        && (word != student || asStudents.contains(user))) {
                    users.add(user);
                    return;
                }
            }
        });
        return users;
    }

    /// Those whose role `student` counts; whoever is something else as well may be in view without it.
    static RoaringBitmap asStudents(Scope scope, Relations relations) {
        if (scope.grades().isEmpty()) {
            return relations.live(Entity.USER);
        }
        RoaringBitmap graded = new RoaringBitmap();
        scope.grades().forEach(grade -> graded.or(relations.usersInGrade(grade)));
        return graded;
    }

    private RoaringBitmap enrolledIn(RoaringBitmap orgs, RoaringBitmap classes) {
        RoaringBitmap users = new RoaringBitmap();
        enrollments(orgs, people, classes).forEach((int enrollment) -> users.add(relations.enrollmentUser(enrollment)));
        return users;
    }

    private RoaringBitmap withStudents(RoaringBitmap classes, RoaringBitmap users) {
        int student = relations.wordIndex("student");
        RoaringBitmap kept = new RoaringBitmap();
        if (student == Relations.NONE || !scope.roles().contains("student")) {
            return kept;
        }
        nearby.enrollments(classes).forEach((int enrollment) -> {
            if (relations.enrollmentRoleWord(enrollment) == student
                    && contains(classes, relations.enrollmentClass(enrollment))
                    && contains(users, relations.enrollmentUser(enrollment))
                    && asStudents.contains(relations.enrollmentUser(enrollment))) {
                kept.add(relations.enrollmentClass(enrollment));
            }
        });
        return kept;
    }

    private RoaringBitmap courses(RoaringBitmap classes) {
        RoaringBitmap courses = new RoaringBitmap();
        classes.forEach((int klass) -> courses.add(relations.classCourse(klass)));
        return courses;
    }

    private RoaringBitmap sessions(RoaringBitmap classes, RoaringBitmap courses) {
        RoaringBitmap sessions = new RoaringBitmap();
        classes.forEach((int klass) -> {
            for (int term : relations.classTerms(klass)) {
                if (shows(term)) {
                    sessions.add(term);
                }
            }
        });
        RoaringBitmap terms = sessions.clone();
        terms.forEach((int term) -> addAncestors(term, sessions));
        addDescendants(terms, sessions);
        courses.forEach((int course) -> {
            if (shows(relations.courseSchoolYear(course))) {
                sessions.add(relations.courseSchoolYear(course));
            }
        });
        return sessions;
    }

    private void addAncestors(int session, RoaringBitmap into) {
        int at = relations.sessionParent(session);
        for (int steps = 0; at != Relations.NONE && shows(at) && steps < 64; steps++) {
            into.add(at);
            at = relations.sessionParent(at);
        }
    }

    private void addDescendants(RoaringBitmap terms, RoaringBitmap into) {
        relations.live(Entity.ACADEMIC_SESSION).forEach((int session) -> {
            int at = session;
            for (int steps = 0; at != Relations.NONE && shows(at) && steps < 64; steps++) {
                if (terms.contains(at)) {
                    into.add(session);
                    return;
                }
                at = relations.sessionParent(at);
            }
        });
    }

    private RoaringBitmap enrollments(RoaringBitmap orgs, RoaringBitmap users, RoaringBitmap classes) {
        boolean[] words = new boolean[relations.words().size()];
        for (int word = 0; word < words.length; word++) {
            words[word] = agrees(relations.words().get(word), scope.roles());
        }
        int student = relations.wordIndex("student");
        RoaringBitmap students = RoaringBitmap.and(users, asStudents);
        RoaringBitmap enrollments = new RoaringBitmap();
        IntIterator live = nearby.enrollments(classes).getIntIterator();
        while (live.hasNext()) {
            int enrollment = live.next();
            int word = relations.enrollmentRoleWord(enrollment);
            if (word != Relations.NONE
                    && words[word]
                    && contains(word == student ? students : users, relations.enrollmentUser(enrollment))
                    && contains(classes, relations.enrollmentClass(enrollment))
                    && contains(orgs, relations.enrollmentSchool(enrollment))) {
                enrollments.add(enrollment);
            }
        }
        return enrollments;
    }

    /// Whether an enrolment's role may be shown to a rule with these user roles. The two vocabularies differ in
    /// one word:
    /// an enrolment's `administrator` is any of the four kinds of administrator.
    static boolean agrees(String enrollmentRole, Set<String> userRoles) {
        return userRoles.contains(enrollmentRole)
                || enrollmentRole.equals("administrator")
                        && userRoles.stream()
                                .anyMatch(role -> LegacyRole.of(role)
                                        .filter(LegacyRole.ADMINISTRATOR::equals)
                                        .isPresent());
    }

    private boolean[] words(Set<String> wanted) {
        boolean[] words = new boolean[relations.words().size()];
        for (int word = 0; word < words.length; word++) {
            words[word] = wanted.contains(relations.words().get(word));
        }
        return words;
    }

    static boolean contains(RoaringBitmap set, int ordinal) {
        return ordinal != Relations.NONE && set.contains(ordinal);
    }
}
