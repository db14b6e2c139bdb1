package org.rosterkeep.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;

@DisplayName("A change of source system")
class HandoverTest {
    private static final String ALL = "entity,oldSourcedId,newSourcedId\n"
            + "org,o1,N-o1\norg,o2,N-o2\nacademicSession,y1,N-y1\nacademicSession,t1,N-t1\ncourse,c1,N-c1\n"
            + "classes,k1,N-k1\nuser,p1,N-p1\n,x1,N-x1\nusers,g1,N-g1\n";

    @TempDir
    private Path directory;

    private final World world = new World();

    @BeforeEach
    void before() {
        assertEquals(Report.Outcome.APPLIED, world.run(World.small()).outcome());
    }

    private Path mapping(String text) {
        try {
            return Files.writeString(directory.resolve("old-to-new.csv"), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Report run(World.Files files, String mapping) {
        Options plain = world.options;
        world.options = plain.mappedBy(mapping(mapping));
        try {
            return world.run(files);
        } finally {
            world.options = plain;
        }
    }

    /// The same district out of another system: every id is another one, enrolments and roles included.
    static World.Files renamed() {
        World.Files files = World.small();
        List<String> ids = List.of("o1", "o2", "y1", "t1", "c1", "k1", "p1", "x1", "g1", "e1", "e2", "r1", "r2", "r3");
        for (String name : List.of(
                "orgs", "academicSessions", "courses", "classes", "users", "roles", "enrollments", "demographics")) {
            String text = new String(files.all().get(name + ".csv"), java.nio.charset.StandardCharsets.UTF_8);
            for (String id : ids) {
                text = text.replaceAll("(?<=[,\n])" + id + "(?=[,\r])", "N-" + id);
            }
            files.with(name, "bulk", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return files;
    }

    @Test
    @DisplayName("with a whole mapping changes no record, adds none and takes none away; enrolments are recognised")
    void whole() {
        long users = world.landing.count(Entity.USER);
        Report report = run(renamed(), ALL);
        assertEquals(Report.Outcome.APPLIED, report.outcome(), report.findings().toString());
        assertEquals(
                Map.of(
                        Entity.ORG,
                        2L,
                        Entity.ACADEMIC_SESSION,
                        2L,
                        Entity.COURSE,
                        1L,
                        Entity.CLASS,
                        1L,
                        Entity.USER,
                        3L,
                        Entity.ENROLLMENT,
                        2L),
                report.renamed());
        for (Entity entity : Entity.values()) {
            assertEquals(0, report.of(entity).added(), entity.one());
            assertEquals(0, report.of(entity).removed() + report.of(entity).held(), entity.one());
        }
        assertEquals(0, report.quarantined());
        assertEquals(users, world.landing.count(Entity.USER));
        assertEquals("p1", world.landing.text(Entity.ENROLLMENT, "e2", Field.ENROLLMENT_USER));
        assertEquals("k1", world.landing.text(Entity.ENROLLMENT, "e2", Field.ENROLLMENT_CLASS));

        Report again = run(renamed(), ALL);
        assertEquals(Report.Outcome.UNCHANGED, again.outcome());
        assertEquals(Map.of(), again.renamed());
        assertEquals(Report.Outcome.UNCHANGED, world.run(renamed()).outcome(), "a night without a mapping");
        assertEquals(
                Report.Outcome.APPLIED,
                world.run(renamed().changing("users", "Pip", "Pippin")).outcome());
        assertEquals("Pippin", world.landing.text(Entity.USER, "p1", Field.USER_GIVEN_NAME));
    }

    @Test
    @DisplayName("as a dry run tells the same and changes nothing")
    void dryRun() {
        world.options = world.options.dry();
        String was = world.landing.dump();
        Report report = run(renamed(), ALL.replace("user,p1,N-p1\n", ""));
        assertEquals(Report.Outcome.DRY_RUN, report.outcome());
        assertEquals(1, report.unmatched());
        assertEquals(2, report.renamed().get(Entity.USER));
        assertEquals(was, world.landing.dump());
        assertTrue(world.intake().waiting().isEmpty());
        assertEquals(java.util.Optional.empty(), report.heldId(), "nothing could be released");
        assertTrue(report.of(Entity.USER).held() > 0);
        world.options = Options.of("test");
        assertEquals(
                Report.Outcome.REFUSED,
                run(renamed(), "oldSourcedId,newSourcedId\nN-p1,M-p1\n").outcome());
    }

    @Test
    @DisplayName("may come a second time, with a third system")
    void twice() {
        run(renamed(), ALL);
        World.Files third = renamed();
        for (String name : List.of("users", "roles", "enrollments", "demographics")) {
            String text = new String(third.all().get(name + ".csv"), java.nio.charset.StandardCharsets.UTF_8);
            third.with(name, "bulk", text.replace("N-p1", "M-p1").getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        Report report = run(third, "oldSourcedId,newSourcedId\nN-p1,M-p1\n");
        assertEquals(Map.of(Entity.USER, 1L), report.renamed());
        assertEquals(0, report.sum(Report.Change::added) + report.sum(Report.Change::held));
    }

    @ParameterizedTest
    @DisplayName("with a mapping that cannot be right is refused, with the line and no id, and changes nothing")
    @CsvSource(
            delimiter = ';',
            value = {
                "old,new|p1,N-p1; mapping-unreadable; 0",
                "oldSourcedId,newSourcedId; mapping-empty; 0",
                "oldSourcedId,newSourcedId|p1,p1; mapping-empty; 0",
                "oldSourcedId,newSourcedId|p1,N-p1,x; mapping-line; 2",
                "entity,oldSourcedId,newSourcedId|pupil,p1,N-p1; mapping-line; 2",
                "entity,oldSourcedId,newSourcedId|demographics,p1,N-p1; mapping-line; 2",
                "oldSourcedId,newSourcedId|p1,N p1; mapping-id; 2",
                "oldSourcedId,newSourcedId|p1,; mapping-id; 2",
                "oldSourcedId,newSourcedId|p1,N-p1|p1,N-p2; mapping-old-twice; 3",
                "oldSourcedId,newSourcedId|p1,N-p1|p1,N-p1; mapping-old-twice; 3",
                "oldSourcedId,newSourcedId|p1,N-p1|x1,N-p1; mapping-new-twice; 3",
                "oldSourcedId,newSourcedId|p1,x1|x1,N-x1; mapping-chain; 2",
                "oldSourcedId,newSourcedId|p1,x1|x1,p1; mapping-chain; 3",
                "oldSourcedId,newSourcedId|g1,N-g1|who,N-who; mapping-old-unknown; 3",
                "oldSourcedId,newSourcedId|p1,x1; mapping-new-taken; 2",
            })
    void refused(String lines, String code, long line) {
        String was = world.landing.dump();
        Report report = run(renamed(), lines.replace('|', '\n') + "\n");
        assertEquals(Report.Outcome.REFUSED, report.outcome());
        assertTrue(
                report.findings()
                        .contains(new Finding(
                                "mapping",
                                line,
                                "",
                                FindingCode.valueOf(
                                        code.toUpperCase(java.util.Locale.ROOT).replace('-', '_')))),
                report.findings().toString());
        assertEquals(was, world.landing.dump());
        assertTrue(world.intake().waiting().isEmpty());
        assertFalse(new String(ReportJson.bytes(report), java.nio.charset.StandardCharsets.UTF_8).contains("N-"));
    }

    @Test
    @DisplayName("says which records that are no persons it adds as new ones")
    void unmapped() {
        Report report = run(renamed(), ALL.replace("classes,k1,N-k1\n", ""));
        assertEquals(1, report.of(Entity.CLASS).added());
        assertEquals(1, report.of(Entity.CLASS).held());
        assertEquals(2, report.of(Entity.ENROLLMENT).added());
        assertEquals(3, report.totals().get(FindingCode.RECORD_UNMAPPED));
    }

    @Test
    @DisplayName("takes a whole delivery")
    void needsBulk() {
        Report delta = run(renamed().announcing("enrollments", "delta"), ALL);
        assertEquals(Set.of(FindingCode.MAPPING_NEEDS_BULK), refusals(delta));
        assertEquals(
                Set.of(FindingCode.MAPPING_NEEDS_BULK), refusals(run(renamed().without("users"), ALL)));
        assertEquals(Report.Outcome.APPLIED, run(renamed(), ALL).outcome());
    }

    private static Set<FindingCode> refusals(Report report) {
        assertEquals(Report.Outcome.REFUSED, report.outcome());
        return report.findings().stream()
                .filter(finding -> finding.severity() == Severity.REFUSED)
                .map(Finding::code)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    @DisplayName("gives several enrolments of one person in one class to each other by their dates")
    void enrollmentsByDate() {
        String two = "e3,,,k1,o2,p1,student,,2027-01-17,2027-06-12";
        world.run(World.small().plus("enrollments", two));
        Report report = run(
                renamed()
                        .changing("enrollments", "N-e2,,,N-k1", "N-e2,,,N-k1")
                        .with(
                                "enrollments",
                                "bulk",
                                World.ENROLLMENTS,
                                "A,,,N-k1,N-o2,N-p1,student,,2027-01-17,2027-06-12",
                                "B,,,N-k1,N-o2,N-p1,student,,2026-08-24,2027-01-16",
                                "C,,,N-k1,N-o2,N-x1,teacher,true,2026-08-24,2027-01-16"),
                ALL);
        assertEquals(3, report.renamed().get(Entity.ENROLLMENT));
        assertEquals(0, report.of(Entity.ENROLLMENT).changed() - changedIds());
        assertEquals("2027-01-17", world.landing.text(Entity.ENROLLMENT, "e3", Field.ENROLLMENT_BEGIN_DATE));
        assertEquals("2026-08-24", world.landing.text(Entity.ENROLLMENT, "e2", Field.ENROLLMENT_BEGIN_DATE));
    }

    /// The fake vault does not keep first ids in rows, so all three rows differ there in that.
    private static long changedIds() {
        return 3;
    }

    @Nested
    @DisplayName("that leaves persons out")
    class Unmatched {
        private static final String WITHOUT_PIP =
                "entity,oldSourcedId,newSourcedId\norg,o1,N-o1\norg,o2,N-o2\nacademicSession,y1,N-y1\n"
                        + "academicSession,t1,N-t1\ncourse,c1,N-c1\nclass,k1,N-k1\nuser,x1,N-x1\nuser,g1,N-g1\n";

        @Test
        @DisplayName("lists them and creates nobody, and whom it does not name stays")
        void listed() {
            Report report = run(renamed(), WITHOUT_PIP);
            assertEquals(Report.Outcome.APPLIED, report.outcome());
            assertEquals(1, report.unmatched());
            assertEquals(Set.of("N-p1"), world.intake().waiting().persons().keySet());
            assertEquals(0, report.of(Entity.USER).added());
            assertEquals(0, report.of(Entity.USER).removed());
            assertEquals(1, report.of(Entity.USER).held());
            assertTrue(world.landing.row(Entity.USER, "p1").isPresent());
            assertEquals("primary student o2", world.landing.text(Entity.USER, "p1", Field.USER_ROLES));
            assertTrue(world.landing.row(Entity.ENROLLMENT, "e2").isPresent());
            assertEquals(Relations.NONE, world.landing.ordinal(Entity.USER, "N-p1"));
            assertFalse(String.join("\n", world.journal).contains("N-p1"), "the journal names nobody");
            assertFalse(new String(ReportJson.bytes(report), java.nio.charset.StandardCharsets.UTF_8).contains("N-p1"));
        }

        @Test
        @DisplayName("keeps them out on later nights, too, and what is held stays held")
        void later() {
            run(renamed(), WITHOUT_PIP);
            Report night = world.run(renamed());
            assertEquals(1, night.unmatched());
            assertTrue(
                    night.totals().containsKey(FindingCode.REMOVALS_WAIT),
                    night.totals().toString());
            assertEquals(1, night.of(Entity.USER).held());
            assertEquals(0, night.of(Entity.USER).removed());
            assertTrue(world.landing.row(Entity.USER, "p1").isPresent());
            assertEquals(Set.of("N-p1"), world.intake().waiting().persons().keySet());
        }

        @Test
        @DisplayName("lets everybody else come and go meanwhile")
        void othersFlow() {
            run(renamed(), WITHOUT_PIP);
            Report night = world.run(renamed()
                    .plus("users", "N-z1,,,true,zed,,Zed,Quillfeather,,,,,,,,,,,,,N-o2,")
                    .plus("roles", "N-r9,,,N-z1,primary,student,,,N-o2,"));
            assertEquals(1, night.of(Entity.USER).added());
            Report next = world.run(renamed());
            assertEquals(1, next.of(Entity.USER).removed());
            assertEquals(1, next.of(Entity.USER).held());
        }

        @Test
        @DisplayName("recognises them when a later mapping names them")
        void recognised() {
            run(renamed(), WITHOUT_PIP);
            Report report = run(renamed(), ALL);
            assertEquals(Map.of(Entity.USER, 1L, Entity.ENROLLMENT, 1L), report.renamed());
            assertTrue(world.intake().waiting().isEmpty());
            assertEquals(
                    0, report.of(Entity.USER).added() + report.of(Entity.USER).held());
            assertEquals(List.of(), world.intake().held());
        }

        @Test
        @DisplayName("creates them when a second person says that they are new, not when the same one does")
        void created() {
            run(renamed(), WITHOUT_PIP);
            world.options = Options.of("test").creatingUnmatched(true);
            Report same = world.run(renamed());
            assertEquals(0, same.of(Entity.USER).added());
            assertEquals(1, same.totals().get(FindingCode.UNMATCHED_SAME_PERSON));
            world.options = Options.of("another").creatingUnmatched(true);
            Report other = world.run(renamed());
            assertEquals(1, other.of(Entity.USER).added());
            assertNotEquals(Relations.NONE, world.landing.ordinal(Entity.USER, "N-p1"));
            assertTrue(world.intake().waiting().isEmpty());
        }

        @Test
        @DisplayName("creates nobody whom nobody has listed before")
        void notAtOnce() {
            world.options = Options.of("another").creatingUnmatched(true);
            assertEquals(1, run(renamed(), WITHOUT_PIP).unmatched());
        }

        @Test
        @DisplayName("forgets them when a whole delivery no longer names them")
        void gone() {
            run(renamed(), WITHOUT_PIP);
            World.Files without = renamed();
            String users = new String(without.all().get("users.csv"), java.nio.charset.StandardCharsets.UTF_8);
            without.with(
                    "users",
                    "bulk",
                    users.lines()
                            .filter(line -> !line.startsWith("N-p1"))
                            .collect(java.util.stream.Collectors.joining("\r\n"))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8));
            world.run(without);
            assertTrue(world.intake().waiting().isEmpty());
        }
    }
}
