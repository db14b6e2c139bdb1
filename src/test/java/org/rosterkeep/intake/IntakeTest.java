package org.rosterkeep.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("An import of a whole delivery")
class IntakeTest {
    private final World world = new World();

    @ParameterizedTest
    @ValueSource(strings = {"v1p2-bulk-tiny", "v1p2-bulk-tiny.zip"})
    @DisplayName("takes the tiny 1.2 set from a folder and from a zip")
    void tinySet12(String sample) {
        Report report = world.run(World.sample(sample));

        assertEquals(Report.Outcome.APPLIED, report.outcome());
        assertEquals(0, report.quarantined());
        assertEquals(4, world.landing.count(Entity.ORG));
        assertEquals(4, world.landing.count(Entity.ACADEMIC_SESSION));
        assertEquals(2, world.landing.count(Entity.COURSE));
        assertEquals(2, world.landing.count(Entity.CLASS));
        assertEquals(8, world.landing.count(Entity.USER));
        assertEquals(5, world.landing.count(Entity.ENROLLMENT));
        assertEquals(0, world.landing.count(Entity.DEMOGRAPHICS), "no element of demographics is kept by default");
        assertEquals("Lab \\\"B\\\"", world.landing.text(Entity.CLASS, "cls-bio-1", Field.CLASS_LOCATION));
        assertEquals("org-s1,org-s2", world.landing.text(Entity.ORG, "org-d1", Field.ORG_CHILDREN));
        assertEquals("org-s2-sci", world.landing.text(Entity.ORG, "org-s2", Field.ORG_CHILDREN));
        assertEquals(
                "primary teacher org-s2;secondary counselor org-s2",
                world.landing.text(Entity.USER, "usr-t2", Field.USER_ROLES));
        assertEquals(2, report.of(Entity.CLASS).added());
        assertTrue(report.dropped().get("name.middle") > 0);
    }

    @Test
    @DisplayName("takes the tiny 1.1 set, its roles as 1.2 has them")
    void tinySet11() {
        Report report = world.run(World.sample("v1p1-bulk-tiny"));

        assertEquals(Report.Outcome.APPLIED, report.outcome());
        assertEquals(0, report.quarantined());
        assertEquals(8, world.landing.count(Entity.USER));
        assertEquals(
                "primary districtAdministrator org-d1", world.landing.text(Entity.USER, "usr-a1", Field.USER_ROLES));
        assertEquals(
                "primary guardian org-s1;primary guardian org-s2",
                world.landing.text(Entity.USER, "usr-g1", Field.USER_ROLES));
        assertEquals("org-s1", world.landing.text(Entity.USER, "usr-g1", Field.USER_PRIMARY_ORG));
    }

    @Test
    @DisplayName("takes the set of a foreign generator and says what is unusual about it")
    void thirdParty() {
        Report report = world.run(World.sample("thirdparty-generated-v1p1-school"));

        assertEquals(Report.Outcome.APPLIED, report.outcome());
        assertEquals(0, report.quarantined());
        assertEquals(169, world.landing.count(Entity.USER));
        assertEquals(1183, world.landing.count(Entity.ENROLLMENT));
        assertEquals(2L, report.totals().get(FindingCode.SCHOOL_YEAR_RANGE));
        assertTrue(report.totals().containsKey(FindingCode.STATUS_IN_BULK));
    }

    @Test
    @DisplayName("changes only what a delta names")
    void delta() {
        world.run(World.sample("v1p2-bulk-tiny"));
        Report report = world.run(World.sample("v1p2-delta-tiny"));

        assertEquals(Report.Outcome.APPLIED, report.outcome());
        assertEquals(9, world.landing.count(Entity.USER));
        assertEquals(5, world.landing.count(Entity.ENROLLMENT));
        assertEquals(1, report.of(Entity.ENROLLMENT).removed());
        assertEquals(
                "primary student org-s2",
                world.landing.text(Entity.USER, "usr-st3", Field.USER_ROLES),
                "the delta's users.csv says nothing of roles");
        assertEquals("primary student org-s2", world.landing.text(Entity.USER, "usr-st4", Field.USER_ROLES));
    }

    @Test
    @DisplayName("of the same delivery twice changes nothing")
    void twice() {
        long batch = world.run(World.sample("v1p2-bulk-tiny")).batch();
        Report again = world.run(World.sample("v1p2-bulk-tiny"));

        assertEquals(Report.Outcome.UNCHANGED, again.outcome());
        assertEquals(batch, again.batch());
        assertEquals(8, again.of(Entity.USER).same());
    }

    @Nested
    @DisplayName("as a dry run")
    class Dry {
        @Test
        @DisplayName("tells what would change, and changes nothing, not even the shelf")
        void changesNothing() {
            world.options = world.options.dry();
            Report report = world.run(World.small());

            assertEquals(Report.Outcome.DRY_RUN, report.outcome());
            assertEquals(3, report.of(Entity.USER).added());
            assertEquals(0, world.landing.batch());
            assertTrue(world.shelf.isEmpty());
            assertTrue(world.journal.isEmpty());
        }
    }

    @Test
    @DisplayName("leaves a report on the shelf that reads back as it was, and an entry in the journal")
    void report() {
        Report report = world.run(World.small().plus("users", "bad id!,,,true,a,,A,B,,,,,,,,,,,,,,"));

        assertEquals(report, world.intake().reports().get(0));
        assertTrue(world.journal.get(0).startsWith("intake.accepted test"), "before it lands");
        assertTrue(world.journal.get(1).startsWith("intake.applied test"), "and after");
        assertEquals(2, world.journal.size());
        assertFalse(new String(ReportJson.bytes(report), java.nio.charset.StandardCharsets.UTF_8).contains("bad id"));
    }

    @Test
    @DisplayName("is refused while another is running")
    void busy() {
        try (Landing.Batch open = world.landing.open(world.now)) {
            assertEquals(Report.Outcome.BUSY, world.run(World.small()).outcome());
            assertEquals(0, open.before().batch());
        }
        assertEquals(Report.Outcome.APPLIED, world.run(World.small()).outcome());
    }

    @Test
    @DisplayName("ends when it is asked to, and has changed nothing")
    void cancelled() {
        Report report = world.intake()
                .run(
                        World.small().zip(),
                        world.options,
                        (file, reading, rows) -> reading == 1 || !file.equals("enrollments.csv"));

        assertEquals(Report.Outcome.CANCELLED, report.outcome());
        assertEquals(0, world.landing.batch());
    }

    @Test
    @DisplayName("counts gradebook and resource files and keeps nothing of them")
    void gradebook() {
        Report report = world.run(World.sample("v1p2-bulk-tiny"));

        assertEquals(2, report.files().get("results.csv").rows());
        assertEquals("absent", report.files().get("results.csv").mode());
        assertTrue(report.totals().get(FindingCode.FILE_NOT_KEPT) >= 10);
    }

    @Test
    @DisplayName("says per school how many users change")
    void schools() {
        Report report = world.run(World.small());

        assertEquals(1, report.schools().size());
        assertEquals("o2", report.schools().get(0).org());
        assertEquals("Copper Kettle", report.schools().get(0).name());
        assertEquals(3, report.schools().get(0).usersAdded());
    }

    @Test
    @DisplayName("refuses an archive in an archive, unopened, and says what is missing")
    void archiveInArchive() {
        World world = new World();
        Source nested = new Source.Held(World.zipped(
                java.util.Map.of("roster.zip", World.zipped(World.small().all()))));
        Report report = world.run(nested);
        assertEquals(Report.Outcome.REFUSED, report.outcome());
        assertEquals(
                java.util.Set.of(FindingCode.FILE_UNKNOWN, FindingCode.MANIFEST_MISSING),
                report.totals().keySet());
    }
}
