package org.rosterkeep.appliance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Who and what is in a rehearsal's roster on one of its days. Made from a rule's scope and a seed alone: the scope's
/// organisations, classes, grades and roles are in it, and beside them something of each kind that the scope leaves
/// out, so that a client can see that it is left out. The same arguments give the same cast; a further day is the day
/// before with a few pupils gone, come, renamed and in another class, and one teacher replaced.
final class MadeUpCast {
    static final String DISTRICT = "rehearsal-district";
    private static final String OUTSIDE = "outside";
    private static final int OUTSIDERS = 4;
    /// Of ten pupils under a restriction to grades, one is in another grade.
    private static final int ONE_IN = 10;

    private static final Set<String> GUARDIANS = Set.of("guardian", "parent", "relative");

    private final RehearsalScale scale;
    private final Population scope;
    private final long seed;
    private final int day;
    private final List<Org> orgs = new ArrayList<>();
    private final List<String> schools = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final List<Enrolment> enrolments = new ArrayList<>();

    record Org(String id, String name, String type, String parent) {}

    /// A class.
    ///
    /// @param number of all, from 0
    record Group(String id, int number, String school, String title, String grade) {}

    /// @param number tells people of one role apart
    /// @param agents ids of those who answer for a pupil
    record Person(
            String id,
            int number,
            String role,
            String org,
            String grade,
            List<String> agents,
            String given,
            String family) {
        Person {
            agents = List.copyOf(agents);
        }
    }

    record Enrolment(String id, Group group, String user, String role) {}

    /// @param day counted from 1
    MadeUpCast(RehearsalScale scale, Population scope, long seed, int day) {
        this.scale = scale;
        this.scope = scope;
        this.seed = seed;
        this.day = day;
        places();
        classes();
        teachers();
        students();
        others();
        outsiders();
    }

    List<Org> orgs() {
        return List.copyOf(orgs);
    }

    List<Group> groups() {
        return List.copyOf(groups);
    }

    List<Person> people() {
        return List.copyOf(people.values());
    }

    List<Enrolment> enrolments() {
        return List.copyOf(enrolments);
    }

    private void places() {
        orgs.add(new Org(DISTRICT, "Rehearsal District", "district", ""));
        int number = 0;
        for (var named : sorted(scope.orgs(), scale.schoolsMax())) {
            number++;
            if (!scope.subOrgs()) {
                school(named, number, DISTRICT);
                continue;
            }
            orgs.add(new Org(named, "Rehearsal Area " + number, "district", DISTRICT));
            for (int below = 1; below <= scale.subSchools() && schools.size() < scale.schoolsMax(); below++) {
                school("rehearsal-school-" + number + "-" + below, schools.size() + 1, named);
            }
        }
        orgs.add(new Org(school(OUTSIDE), "Rehearsal School outside the rule", "school", DISTRICT));
    }

    private void school(String id, int number, String parent) {
        orgs.add(new Org(id, "Rehearsal School " + number, "school", parent));
        schools.add(id);
    }

    private static String school(String which) {
        return "rehearsal-school-" + which;
    }

    private void classes() {
        if (scope.classes().isEmpty()) {
            int each = Math.clamp(scale.classesMax() / schools.size(), 1, scale.classesPerSchool());
            for (int n = 0; n < each * schools.size(); n++) {
                group("rehearsal-class-" + n, schools.get(n % schools.size()));
            }
        } else {
            var named = sorted(scope.classes(), scale.classesMax());
            for (int n = 0; n < named.size(); n++) {
                group(named.get(n), schools.get(n % schools.size()));
            }
            for (int n = 0; n < schools.size(); n++) {
                group("rehearsal-class-" + OUTSIDE + "-" + n, schools.get(n));
            }
        }
        group("rehearsal-class-" + OUTSIDE, school(OUTSIDE));
    }

    private void group(String id, String school) {
        int number = groups.size();
        var grades = grades();
        boolean moved = days(number, 1) > 0;
        var title = scale.subjects().get(number % scale.subjects().size()) + ", group " + number
                + (moved ? " (another room)" : "");
        groups.add(new Group(id, number, school, title, grades.get(number % grades.size())));
    }

    /// On how many of the days so far something happened to the n-th of its kind, when it happens to `each` of them
    /// a day, one after the other.
    private int days(int n, int each) {
        int first = n / each + 2;
        return first <= day ? 1 : 0;
    }

    private void teachers() {
        for (var group : groups) {
            int number = group.number() + (days(group.number(), 1) > 0 ? groups.size() : 0);
            var teacher = adult("teacher", number, group.school());
            enrol(group, teacher.id(), "teacher");
        }
    }

    private void students() {
        int base = Math.clamp(
                        scale.studentsMax() / schools.size(), scale.studentsPerSchoolMin(), scale.studentsPerSchool())
                * schools.size();
        int last = base + (day - 1) * scale.come();
        for (int n = (day - 1) * scale.leave(); n < last; n++) {
            boolean renamed = n < base && days(base - 1 - n, scale.rename()) > 0;
            boolean moved = n >= base / 2 && days(n - base / 2, scale.changeClass()) > 0;
            student(n, renamed, moved);
        }
    }

    private void student(int n, boolean renamed, boolean moved) {
        var school = schools.get(n % schools.size());
        var guardian = adult(guardianRole(n), n / 2 * 2, schools.get(n / 2 * 2 % schools.size()));
        var student = new Person(
                "rehearsal-student-" + n,
                n,
                "student",
                school,
                grade(n),
                List.of(guardian.id()),
                name(scale.given(), n, 1),
                name(scale.family(), n, renamed ? 3 : 2));
        people.put(student.id(), student);
        taught(n, school, moved).forEach(group -> enrol(group, student.id(), "student"));
    }

    /// One guardian for two pupils, in one of the scope's words for it if it has any.
    private String guardianRole(int student) {
        var words = new TreeSet<>(scope.roles());
        words.retainAll(GUARDIANS);
        return words.isEmpty() ? "guardian" : List.copyOf(words).get(student / 2 % words.size());
    }

    private String grade(int n) {
        if (!scope.grades().isEmpty() && n % ONE_IN == ONE_IN - 1) {
            return scale.grades().stream()
                    .filter(one -> !scope.grades().contains(one))
                    .findFirst()
                    .orElse("");
        }
        var grades = grades();
        return grades.get(n % grades.size());
    }

    private List<String> grades() {
        return scope.grades().isEmpty()
                ? scale.grades()
                : scope.grades().stream().sorted().toList();
    }

    private Set<Group> taught(int n, String school, boolean moved) {
        var here = groups.stream().filter(one -> one.school().equals(school)).toList();
        var taught = new LinkedHashSet<Group>();
        for (int turn = 0; turn < Math.min(here.size(), scale.classesPerStudent()); turn++) {
            taught.add(here.get((n / schools.size() + turn) % here.size()));
        }
        if (moved) {
            here.stream().filter(one -> !taught.contains(one)).findFirst().ifPresent(other -> {
                taught.removeFirst();
                taught.add(other);
            });
        }
        return taught;
    }

    private void others() {
        for (int place = 0; place < schools.size(); place++) {
            var school = schools.get(place);
            var first =
                    groups.stream().filter(one -> one.school().equals(school)).findFirst();
            for (var role : new TreeSet<>(scope.roles())) {
                boolean there = role.equals("student") || role.equals("teacher") || GUARDIANS.contains(role);
                for (int n = 0; n < scale.othersPerRole() && !there; n++) {
                    var other = adult(role, place * scale.othersPerRole() + n, school);
                    if (role.equals("proctor")) {
                        first.ifPresent(group -> enrol(group, other.id(), role));
                    } else if (role.endsWith("Administrator") || role.equals("principal")) {
                        first.ifPresent(group -> enrol(group, other.id(), "administrator"));
                    }
                }
            }
        }
    }

    /// Pupils of a school the scope does not name.
    private void outsiders() {
        var school = school(OUTSIDE);
        for (int n = 0; n < OUTSIDERS; n++) {
            var outsider = new Person(
                    "rehearsal-" + OUTSIDE + "-" + n,
                    n,
                    "student",
                    school,
                    grades().getFirst(),
                    List.of(),
                    "Outside",
                    "Outsider");
            people.put(outsider.id(), outsider);
            enrol(groups.getLast(), outsider.id(), "student");
        }
    }

    private Person adult(String role, int number, String org) {
        var id = "rehearsal-" + role.replace(':', '-') + "-" + number;
        return people.computeIfAbsent(
                id,
                any -> new Person(
                        id,
                        number,
                        role,
                        org,
                        "",
                        List.of(),
                        name(scale.given(), number, role.hashCode()),
                        name(scale.family(), number, role.hashCode() + 1)));
    }

    private void enrol(Group group, String user, String role) {
        var id = "rehearsal-enrollment-" + group.number() + "-" + user.substring("rehearsal-".length());
        enrolments.add(new Enrolment(id, group, user, role));
    }

    private String name(List<String> from, int n, int which) {
        return from.get((int) Long.remainderUnsigned(mix(seed + which, n), from.size()));
    }

    private static List<String> sorted(Set<String> ids, int max) {
        return ids.stream().sorted().limit(max).toList();
    }

    private static long mix(long a, long b) {
        long z = a + b * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
