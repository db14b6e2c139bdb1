package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("What a delivery no longer names")
class RemovalsTest {
    private final World world = new World();

    /// 1,200 pupils and their teachers in four schools.
    private static World.Files district() throws IOException {
        MadeUpDistrict.Shape shape = MadeUpDistrict.Shape.of(1_200)
                .schools(4)
                .ids(MadeUpDistrict.Ids.SHORT)
                .demographics(false);
        World.Files files = new World.Files("1.2");
        java.nio.file.Path folder = java.nio.file.Files.createTempDirectory("district");
        new MadeUpDistrict(shape).folder(folder);
        for (String name : List.of("orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments")) {
            java.nio.file.Path file = folder.resolve(name + ".csv");
            files.with(name, "bulk", java.nio.file.Files.readAllBytes(file));
            java.nio.file.Files.delete(file);
        }
        java.nio.file.Files.delete(folder.resolve("manifest.csv"));
        java.nio.file.Files.delete(folder);
        return files;
    }

    /// The delivery without users (and their roles) whose number is in the range; their enrolments stay in.
    private static World.Files withoutStudents(World.Files files, int from, int to) {
        for (String name : List.of("users", "roles")) {
            StringBuilder left = new StringBuilder();
            for (String line : new String(files.all().get(name + ".csv"), UTF_8).split("\r\n", -1)) {
                Matcher student = Pattern.compile("(?:^|,)student-(\\d+),").matcher(line);
                int number = student.find() ? Integer.parseInt(student.group(1)) : -1;
                boolean goes = number >= from && number < to;
                if (!goes && !line.isEmpty()) {
                    left.append(line).append("\r\n");
                }
            }
            files.with(name, "bulk", left.toString().getBytes(UTF_8));
        }
        return files;
    }

    @BeforeEach
    void seed() throws IOException {
        assertEquals(Report.Outcome.APPLIED, world.run(district()).outcome());
    }

    @Test
    @DisplayName("is removed while it is little, with the enrolments of who goes")
    void little() throws IOException {
        long before = world.landing.count(Entity.ENROLLMENT);
        Report report = world.run(withoutStudents(district(), 0, 10));

        assertEquals(10, report.of(Entity.USER).removed());
        assertEquals(80, report.of(Entity.ENROLLMENT).cascaded());
        assertEquals(before - 80, world.landing.count(Entity.ENROLLMENT));
        assertTrue(report.heldId().isEmpty());
    }

    @Test
    @DisplayName("stays while it is much, and everything else flows")
    void much() throws IOException {
        long users = world.landing.count(Entity.USER);
        World.Files files = withoutStudents(district(), 0, 300)
                .changing("users", "student.500@", "moved.500@")
                .plus("orgs", "org-new,,,New School,school,,org-0");
        Report report = world.run(files);

        assertEquals(Report.Outcome.APPLIED, report.outcome());
        assertEquals(300, report.of(Entity.USER).held());
        assertEquals(0, report.of(Entity.USER).removed());
        assertEquals(users, world.landing.count(Entity.USER));
        assertEquals(0, report.of(Entity.ENROLLMENT).removed(), "their enrolments were named and still hold");
        assertEquals(
                "moved.500@students.example.org", world.landing.text(Entity.USER, "student-500", Field.USER_EMAIL));
        assertTrue(world.landing.row(Entity.ORG, "org-new").isPresent());
        assertEquals(1L, report.totals().get(FindingCode.REMOVALS_HELD));
        assertEquals(300, world.intake().held().get(0).count(Entity.USER));
        assertTrue(world.journal.stream().anyMatch(entry -> entry.startsWith("intake.held")));
    }

    @Test
    @DisplayName("stays at the one school that loses much, and goes at the others")
    void oneSchool() throws IOException {
        World.Files files = withoutStudents(withoutStudents(district(), 0, 35), 400, 405);
        Report report = world.run(files);

        assertEquals(35, report.of(Entity.USER).held());
        assertEquals(5, report.of(Entity.USER).removed());
    }

    @Test
    @DisplayName("goes when a person releases it, with their enrolments, and only what is still missing")
    void release() throws IOException {
        Report report = world.run(withoutStudents(district(), 0, 300));
        world.run(new World.Files("1.2")
                .with(
                        "users",
                        "delta",
                        World.USERS,
                        "student-7,active,2026-10-05T06:30:00.000Z,true,s7,,Back,Again,,,,,,,,,,,,,,"));
        assertEquals(299, world.intake().held().get(0).count(Entity.USER), "one came back");

        Optional<Long> batch = world.intake().release(report.heldId().orElseThrow(), "operator");

        assertEquals(world.landing.batch(), batch.orElseThrow());
        assertTrue(world.landing.row(Entity.USER, "student-7").isPresent());
        assertTrue(world.landing.row(Entity.USER, "student-8").isEmpty());
        assertEquals(8 * 901 + teachersClasses(), world.landing.count(Entity.ENROLLMENT));
        assertTrue(world.intake().held().isEmpty());
        assertTrue(world.journal.stream().anyMatch(entry -> entry.startsWith("intake.released operator")));
        assertTrue(world.intake()
                .release(report.heldId().orElseThrow(), "operator")
                .isEmpty());
    }

    private long teachersClasses() {
        return world.landing.count(Entity.CLASS);
    }

    @Test
    @DisplayName("stays for good when a person drops it, until a later delivery misses it again")
    void drop() throws IOException {
        World.Files files = withoutStudents(district(), 0, 300);
        Report report = world.run(files);
        assertTrue(world.intake().drop(report.heldId().orElseThrow(), "operator"));
        assertTrue(world.intake().held().isEmpty());
        assertFalse(world.intake().drop(report.heldId().orElseThrow(), "operator"));

        Report again = world.run(files);
        assertEquals(Report.Outcome.UNCHANGED, again.outcome());
        assertEquals(300, again.of(Entity.USER).held());
    }

    @Test
    @DisplayName("is decided anew by each complete delivery: the older decision to wait gives way")
    void decidedAnew() throws IOException {
        world.run(withoutStudents(district(), 0, 300));
        Report report = world.run(withoutStudents(district(), 0, 200));
        assertEquals(1, world.intake().held().size());
        assertEquals(200, world.intake().held().get(0).count(Entity.USER));
        assertEquals(report.heldId().orElseThrow(), world.intake().held().get(0).id());
        world.run(district());
        assertTrue(world.intake().held().isEmpty());
    }

    @Test
    @DisplayName("goes at once when a person has confirmed this delivery")
    void confirmed() throws IOException {
        world.options = world.options.removing(Options.Removing.CONFIRMED);
        assertEquals(
                300,
                world.run(withoutStudents(district(), 0, 300)).of(Entity.USER).removed());
    }

    @Test
    @DisplayName("stays in every case when removals are to wait always")
    void holdAll() throws IOException {
        world.options = world.options.removing(Options.Removing.HOLD_ALL);
        assertEquals(
                1, world.run(withoutStudents(district(), 0, 1)).of(Entity.USER).held());
    }

    @Test
    @DisplayName("is guarded in a delta too, where each removal is named")
    void delta() {
        String[] lines = new String[301];
        lines[0] = World.USERS;
        for (int i = 0; i < 300; i++) {
            lines[i + 1] = "student-" + i + ",tobedeleted,2026-10-05T06:30:00.000Z,true,x,,A,B,,,,,,,,,,,,,,";
        }
        Report report = world.run(new World.Files("1.2").with("users", "delta", lines));
        assertEquals(300, report.of(Entity.USER).held());
    }

    @Test
    @DisplayName("is nothing when the file is empty, headers only, wholly unusable, undeclared or missing")
    void nothing() throws IOException {
        long users = world.landing.count(Entity.USER);
        world.options = world.options.removing(Options.Removing.CONFIRMED);
        world.run(district().with("users", "bulk", new byte[0]));
        world.run(district().with("users", "bulk", World.USERS));
        world.run(district().with("users", "bulk", World.USERS, "u9,,,true,x,,A,B,,,,,,,,,,,,,,"));
        world.run(district().announcing("users", "absent"));
        world.run(district().without("users").announcing("users", "bulk"));
        world.run(district().changing("users", ",username,", ",usrname,"));
        assertEquals(users, world.landing.count(Entity.USER));
    }

    @Test
    @DisplayName("is not certain when a row cannot be told, and waits then, however little it is")
    void uncertain() throws IOException {
        Report report =
                world.run(withoutStudents(district(), 3, 4).plus("users", "stu dent,,,true,x,,A,B,,,,,,,,,,,,,,"));
        assertEquals(1, report.of(Entity.USER).held());
        assertEquals(1L, report.totals().get(FindingCode.REMOVALS_UNCERTAIN));
    }

    @Test
    @DisplayName("takes a removed class's enrolments with it, and shortens its parent's list of children")
    void cascades() throws IOException {
        Report report = world.run(new World.Files("1.2")
                .with(
                        "classes",
                        "delta",
                        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                                + "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
                        "class-0,tobedeleted,2026-10-05T06:30:00.000Z,x,,course-0,,homeroom,,org-1,session-1,,,")
                .with(
                        "orgs",
                        "delta",
                        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
                        "org-4,tobedeleted,2026-10-05T06:30:00.000Z,x,school,,org-0"));
        assertEquals(1, report.of(Entity.CLASS).removed());
        assertTrue(report.of(Entity.ENROLLMENT).cascaded() > 20);
        assertEquals("org-1,org-2,org-3", world.landing.text(Entity.ORG, "org-0", Field.ORG_CHILDREN));
    }

    @Test
    @DisplayName("held sets read back from the shelf as they were")
    void heldReadsBack() throws IOException {
        world.run(withoutStudents(district(), 0, 300));
        Held held = world.intake().held().get(0);
        assertEquals(held, Held.read(held.bytes()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(held.bytes());
        assertFalse(out.toString(UTF_8).contains("student"), "ordinals, no ids");
    }
}
