package org.rosterkeep.entitlement;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
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
    private final RoaringBitmap orgs;
    private final boolean[] roles;
    private final boolean[] enrolled;
    private final int student;
    private final Nearby nearby;
    private final Calendar calendar;

    /// The places a scope names, found in the roster, and the records that are whole ([Looks#whole]).
    record Places(RoaringBitmap orgs, RoaringBitmap classes, RoaringBitmap wholeOrgs, RoaringBitmap wholeSessions) {}

    Entitlement(Scope scope, Places places, Relations relations, Floors.Withheld withheld) {
        this.scope = scope;
        this.places = places;
        this.relations = relations;
        this.withheld = withheld;
        nearby = new Nearby(relations);
        calendar = new Calendar(relations, places.wholeSessions());
        asStudents = asStudents(scope, relations);
        people = withheld.nothing() ? relations.live(Entity.USER) : people(relations, withheld);
        orgs = inside();
        roles = words(scope.roles()::contains);
        enrolled = words(word -> agrees(word, scope.roles()));
        student = relations.wordIndex("student");
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

    private boolean[] words(Predicate<String> wanted) {
        boolean[] words = new boolean[relations.words().size()];
        for (int word = 0; word < words.length; word++) {
            words[word] = wanted.test(relations.words().get(word));
        }
        return words;
    }

    Scope scope() {
        return scope;
    }

    Relations relations() {
        return relations;
    }

    RoaringBitmap orgs() {
        return orgs;
    }

    RoaringBitmap asStudents() {
        return asStudents;
    }

    /// Users of the roster whom floors take.
    RoaringBitmap missing() {
        return RoaringBitmap.andNot(relations.live(Entity.USER), people);
    }

    /// Classes that floors or the scope's own list leave.
    RoaringBitmap classesAllowed() {
        RoaringBitmap live = live(Entity.CLASS, withheld.classes());
        return scope.classes().isEmpty() ? live : RoaringBitmap.and(live, places.classes());
    }

    Calendar calendar() {
        return calendar;
    }

    private RoaringBitmap live(Entity entity, RoaringBitmap without) {
        RoaringBitmap live = relations.live(entity);
        return without.isEmpty() ? live : RoaringBitmap.andNot(live, without);
    }

    /// All of it, without a look at anything earlier.
    Drawn drawn() {
        Map<Entity, RoaringBitmap> members = new EnumMap<>(Entity.class);
        members.put(Entity.ORG, orgs);
        RoaringBitmap candidates = candidates();
        RoaringBitmap users = users(candidates);
        members.put(Entity.USER, users);
        RoaringBitmap classes = scope.grades().isEmpty() ? candidates : withStudents(candidates, users);
        members.put(Entity.CLASS, classes);
        RoaringBitmap courses = new RoaringBitmap();
        RoaringBitmap terms = new RoaringBitmap();
        classes.forEach((int klass) -> {
            courses.add(relations.classCourse(klass));
            calendar.addTerms(klass, terms);
        });
        members.put(Entity.COURSE, courses);
        RoaringBitmap years = new RoaringBitmap();
        courses.forEach((int course) -> calendar.addYear(course, years));
        members.put(Entity.ACADEMIC_SESSION, calendar.sessions(terms, years));
        members.put(Entity.ENROLLMENT, enrollments(users, classes));
        members.put(Entity.DEMOGRAPHICS, RoaringBitmap.and(users, relations.live(Entity.DEMOGRAPHICS)));
        Views views = new Views(members, new Parts(scope.roles(), asStudents, members, relations).all());
        return Drawn.of(this, candidates, terms, years, views);
    }

    private RoaringBitmap inside() {
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

    private RoaringBitmap candidates() {
        RoaringBitmap allowed = classesAllowed();
        RoaringBitmap near = scope.classes().isEmpty() ? nearby.classes(orgs) : allowed;
        return among(near.equals(allowed) ? allowed : RoaringBitmap.and(allowed, near), this::isCandidate);
    }

    /// Whether a class that is allowed may be in view, whoever is in it.
    boolean isCandidate(int klass) {
        return contains(orgs, relations.classSchool(klass))
                && contains(relations.live(Entity.COURSE), relations.classCourse(klass))
                && calendar.hasTerm(klass);
    }

    private RoaringBitmap users(RoaringBitmap candidates) {
        RoaringBitmap near = nearby.users(orgs);
        if (scope.classes().isEmpty()) {
            return among(RoaringBitmap.and(near, people), this::hasRole);
        }
        RoaringBitmap inThem = new RoaringBitmap();
        enrollments(people, candidates).forEach((int one) -> inThem.add(relations.enrollmentUser(one)));
        return among(RoaringBitmap.and(near, inThem), this::hasRole);
    }

    private boolean hasRole(int user) {
        for (int n = relations.roleCount(user) - 1; n >= 0; n--) {
            int word = relations.roleWord(user, n);
            if (roles[word]
                    && contains(orgs, relations.roleOrg(user, n))
                    && (word != student || asStudents.contains(user))) {
                return true;
            }
        }
        return false;
    }

    /// Whether one user is in view.
    boolean isUser(int user, RoaringBitmap candidates) {
        return people.contains(user)
                && hasRole(user)
                && (scope.classes().isEmpty()
                        || any(relations.enrollmentsOfUser(user), one -> isGiven(one, people, candidates)));
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

    private RoaringBitmap withStudents(RoaringBitmap candidates, RoaringBitmap users) {
        RoaringBitmap kept = new RoaringBitmap();
        nearby.enrollments(candidates).forEach((int one) -> {
            if (contains(candidates, relations.enrollmentClass(one)) && isOfStudent(one, users)) {
                kept.add(relations.enrollmentClass(one));
            }
        });
        return kept;
    }

    private boolean isOfStudent(int enrollment, RoaringBitmap users) {
        int user = relations.enrollmentUser(enrollment);
        return student != Relations.NONE
                && scope.roles().contains("student")
                && relations.enrollmentRoleWord(enrollment) == student
                && contains(users, user)
                && asStudents.contains(user);
    }

    /// Whether one candidate has a student in view.
    boolean hasStudent(int klass, RoaringBitmap users) {
        RoaringBitmap live = relations.live(Entity.ENROLLMENT);
        return any(relations.enrollmentsOfClass(klass), one -> live.contains(one) && isOfStudent(one, users));
    }

    private RoaringBitmap enrollments(RoaringBitmap users, RoaringBitmap classes) {
        return among(nearby.enrollments(classes), one -> isGiven(one, users, classes));
    }

    /// Whether one enrolment is in view when these users and classes are.
    boolean isGiven(int enrollment, RoaringBitmap users, RoaringBitmap classes) {
        int word = relations.enrollmentRoleWord(enrollment);
        int user = relations.enrollmentUser(enrollment);
        return word != Relations.NONE
                && enrolled[word]
                && contains(users, user)
                && (word != student || asStudents.contains(user))
                && contains(classes, relations.enrollmentClass(enrollment))
                && contains(orgs, relations.enrollmentSchool(enrollment))
                && relations.live(Entity.ENROLLMENT).contains(enrollment);
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

    static boolean any(int[] of, IntPredicate wanted) {
        for (int one : of) {
            if (wanted.test(one)) {
                return true;
            }
        }
        return false;
    }

    static RoaringBitmap among(RoaringBitmap some, IntPredicate wanted) {
        RoaringBitmap found = new RoaringBitmap();
        some.forEach((int one) -> {
            if (wanted.test(one)) {
                found.add(one);
            }
        });
        return found;
    }

    static boolean contains(RoaringBitmap set, int ordinal) {
        return ordinal != Relations.NONE && set.contains(ordinal);
    }
}
