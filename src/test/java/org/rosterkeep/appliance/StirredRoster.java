package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// A small made-up roster that changes from delivery to delivery: people come and go, change school and grade, and
/// enrolments are handed on. Whoever is in it has a value in every column.
final class StirredRoster {
    static final int PERSONS = 36;
    private static final int CLASSES = 4;

    private final boolean[] away = new boolean[PERSONS];
    private final boolean[] south = new boolean[PERSONS];
    private final int[] grade = new int[PERSONS];
    /// Whose an enrolment is.
    private final int[] owner = IntStream.range(0, PERSONS).toArray();

    StirredRoster() {
        for (int n = 0; n < PERSONS; n++) {
            south[n] = n % 6 == 3;
            grade[n] = n % 3 == 0 ? 5 : 6;
            away[n] = n % 9 == 8;
        }
    }

    static String id(int person) {
        return "p" + person;
    }

    static boolean teaches(int person) {
        return person % 6 == 5;
    }

    /// Some are well above and some well below the age at which a phone number may be given, all the time.
    private static boolean old(int person) {
        return teaches(person) || person % 2 == 0;
    }

    /// Changes about five things.
    void stir(Random random) {
        for (int n = 0; n < 5; n++) {
            int one = random.nextInt(PERSONS);
            switch (random.nextInt(4)) {
                case 0 -> away[one] = !away[one];
                case 1 -> south[one] = !south[one];
                case 2 -> grade[one] = 11 - grade[one];
                default -> handOn(one, random.nextInt(PERSONS));
            }
        }
    }

    private void handOn(int one, int other) {
        if (teaches(owner[one]) == teaches(owner[other])) {
            int first = owner[one];
            owner[one] = owner[other];
            owner[other] = first;
        }
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        var users = new ArrayList<>(List.of("sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,"
                + "grades,identifier,email,sms,phone"));
        var born = new ArrayList<>(List.of("sourcedId,birthdate,sex"));
        var enrollments = new ArrayList<>(
                List.of("sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate"));
        for (int n = 0; n < PERSONS; n++) {
            if (!away[n]) {
                var role = teaches(n) ? "teacher" : "student";
                users.add(String.join(
                        ",",
                        List.of(
                                id(n),
                                "true",
                                south[n] ? "south" : "north",
                                role,
                                "u" + n,
                                "Given" + n,
                                "Family" + n,
                                teaches(n) ? "" : "0" + grade[n],
                                "N" + n,
                                "u" + n + "@school.example",
                                "+1-555-0100",
                                "+1-555-0101")));
                born.add(id(n) + "," + (old(n) ? "2009" : "2016") + "-03-04," + (n % 4 < 2 ? "female" : "male"));
            }
            int holder = owner[n];
            if (!away[holder] && n % 7 != 6) {
                enrollments.add("e" + n + "," + klass(n, holder) + "," + (south[holder] ? "south" : "north") + ","
                        + id(holder) + "," + (teaches(holder) ? "teacher" : "student") + ",false,2026-08-24");
            }
        }
        manifest(folder);
        places(folder);
        write(folder, "users", users);
        write(folder, "demographics", born);
        write(folder, "enrollments", enrollments);
    }

    private String klass(int enrollment, int holder) {
        return south[holder] ? "class-s" : "class-" + enrollment % CLASSES;
    }

    static void places(Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder, "orgs", List.of("sourcedId,name,type", "north,North,school", "south,South,school"));
        write(
                folder,
                "academicSessions",
                List.of(
                        "sourcedId,title,type,startDate,endDate,schoolYear",
                        "term,Year,term,2026-08-01,2027-06-20,2027"));
        write(
                folder,
                "courses",
                List.of("sourcedId,title,orgSourcedId", "course-n,Reading,north", "course-s,Reading,south"));
        var classes = new ArrayList<>(List.of(
                "sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds",
                "class-s,Reading South,course-s,scheduled,south,term"));
        for (int n = 0; n < CLASSES; n++) {
            classes.add("class-" + n + ",Reading " + n + ",course-n,scheduled,north,term");
        }
        write(folder, "classes", classes);
    }

    static void manifest(Path folder) throws IOException {
        var lines = new ArrayList<>(List.of("propertyName,value", "manifest.version,1.0", "oneroster.version,1.1"));
        for (var name :
                List.of("academicSessions", "classes", "courses", "demographics", "enrollments", "orgs", "users")) {
            lines.add("file." + name + ",bulk");
        }
        for (var name :
                List.of("categories", "classResources", "courseResources", "lineItems", "resources", "results")) {
            lines.add("file." + name + ",absent");
        }
        write(folder, "manifest", lines);
    }

    static void write(Path folder, String name, List<String> lines) throws IOException {
        Files.writeString(folder.resolve(name + ".csv"), String.join("\n", lines) + "\n");
    }
}
