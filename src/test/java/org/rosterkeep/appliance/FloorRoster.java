package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A small roster for looking at one person and one place at a time: two schools, three classes, eight pupils with a
/// value in every column, two teachers.
final class FloorRoster {
    /// The pupil something is decided about.
    static final String PUPIL = "p0";
    static final String CLASS = "class-0";
    static final String SCHOOL = "north";
    private static final int PUPILS = 8;

    private FloorRoster() {}

    /// @param born the year of the pupil's birth: of the others it stays
    static void write(Path folder, int born) throws IOException {
        StirredRoster.places(folder);
        StirredRoster.manifest(folder);
        var users = new ArrayList<>(List.of("sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,"
                + "grades,identifier,email,sms,phone"));
        var demographics = new ArrayList<>(List.of("sourcedId,birthdate,sex,publicSchoolResidenceStatus"));
        var enrollments = new ArrayList<>(
                List.of("sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate"));
        for (int n = 0; n < PUPILS + 2; n++) {
            var id = "p" + n;
            var school = n % 4 == 3 ? "south" : SCHOOL;
            var role = n < PUPILS ? "student" : "teacher";
            var year = n == 0 ? born : 2009;
            var mail = "u" + n + "@school.example,+1-555-0100,+1-555-0101";
            users.add(String.join(
                    ",",
                    List.of(
                            id,
                            "true",
                            school,
                            role,
                            "u" + n,
                            "Given" + n,
                            "Family" + n,
                            n < PUPILS ? "05" : "",
                            "N" + n,
                            mail)));
            demographics.add(id + "," + year + "-03-04," + (n % 2 == 0 ? "female" : "male") + ",R" + n);
            var klass = school.equals(SCHOOL) ? "class-" + n % 2 : "class-s";
            enrollments.add("e" + n + "," + klass + "," + school + "," + id + "," + role + ",false,2026-08-24");
        }
        StirredRoster.write(folder, "users", users);
        StirredRoster.write(folder, "demographics", demographics);
        StirredRoster.write(folder, "enrollments", enrollments);
    }
}
