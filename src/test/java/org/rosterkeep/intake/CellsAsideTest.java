package org.rosterkeep.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("A cell that cannot be read")
class CellsAsideTest {
    private static final Set<String> KEPT = Set.of(
            "enrol.dates",
            "id.profiles",
            "id.state.ldap",
            "demo.sex",
            "demo.birthdate",
            "contact.phone_13plus",
            "contact.phone_other",
            "class.location");
    private static final String PROFILES = "sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,"
            + "applicationId,description,credentialType,username,password";
    private static final String LONG = "x".repeat(9_000);

    /// One cell of a delivery that was sound before.
    ///
    /// @param id of the record
    private record Spoilt(String file, String old, String now, Entity entity, String id, Field field) {}

    private static World world(Set<String> kept) {
        World world = new World();
        world.options = world.options.keeping(kept);
        return world;
    }

    private static World.Files sound() {
        return World.small()
                .changing("enrollments", "o2,p1,student,,", "o2,p1,student,false,")
                .with("userProfiles", "bulk", PROFILES, "f1,,,p1,card,v1,a1,Chess,,,");
    }

    private static Stream<Spoilt> spoilt() {
        return Stream.of(
                new Spoilt("orgs", "Copper Kettle", LONG, Entity.ORG, "o2", Field.ORG_NAME),
                new Spoilt("orgs", ",CK,o1", ",CK,o 1", Entity.ORG, "o2", Field.ORG_PARENT),
                new Spoilt("orgs", ",CK,o1", ",CK,o9", Entity.ORG, "o2", Field.ORG_PARENT),
                new Spoilt("orgs", ",CK,o1", ",CK,o2", Entity.ORG, "o2", Field.ORG_PARENT),
                new Spoilt(
                        "academicSessions",
                        ",y1,2027",
                        ",y9,2027",
                        Entity.ACADEMIC_SESSION,
                        "t1",
                        Field.SESSION_PARENT),
                new Spoilt("academicSessions", "Autumn", LONG, Entity.ACADEMIC_SESSION, "t1", Field.SESSION_TITLE),
                new Spoilt("courses", ",,y1,", ",,y9,", Entity.COURSE, "c1", Field.COURSE_SCHOOL_YEAR),
                new Spoilt("courses", "\"09,10\"", LONG, Entity.COURSE, "c1", Field.COURSE_GRADES),
                new Spoilt("classes", "scheduled", "sometimes", Entity.CLASS, "k1", Field.CLASS_CLASS_TYPE),
                new Spoilt("classes", ",B1,", "," + LONG + ",", Entity.CLASS, "k1", Field.CLASS_CLASS_CODE),
                new Spoilt("classes", "\"1,3\"", LONG, Entity.CLASS, "k1", Field.CLASS_PERIODS),
                new Spoilt("users", ",true,pip", ",perhaps,pip", Entity.USER, "p1", Field.USER_ENABLED_USER),
                new Spoilt("users", "Thistledown,,N1", LONG + ",,N1", Entity.USER, "p1", Field.USER_FAMILY_NAME),
                new Spoilt("users", ",true,pip", ",true," + LONG, Entity.USER, "p1", Field.USER_USERNAME),
                new Spoilt("users", "{LDAP:ott}", "LDAP ott", Entity.USER, "x1", Field.USER_USER_IDS),
                new Spoilt(
                        "users", ",,,g1,09,,,,,,o2,", ",,,g1,09,,,,,,o9,", Entity.USER, "p1", Field.USER_PRIMARY_ORG),
                new Spoilt("users", ",,,g1,09", ",,,g1," + LONG, Entity.USER, "p1", Field.USER_GRADES),
                new Spoilt("roles", "student,2026-08-24", "student,24.8.2026", Entity.USER, "p1", Field.USER_ROLES),
                new Spoilt("userProfiles", ",Chess,", "," + LONG + ",", Entity.USER, "p1", Field.USER_USER_PROFILES),
                new Spoilt(
                        "enrollments",
                        "student,false",
                        "student,no",
                        Entity.ENROLLMENT,
                        "e2",
                        Field.ENROLLMENT_PRIMARY),
                new Spoilt(
                        "enrollments",
                        "false,2026-08-24",
                        "false,24.8.2026",
                        Entity.ENROLLMENT,
                        "e2",
                        Field.ENROLLMENT_BEGIN_DATE),
                new Spoilt(
                        "enrollments", "2027-01-16", "16.1.2027", Entity.ENROLLMENT, "e2", Field.ENROLLMENT_END_DATE),
                new Spoilt("demographics", ",female", ",f", Entity.DEMOGRAPHICS, "p1", Field.DEMOGRAPHICS_SEX),
                new Spoilt(
                        "demographics",
                        "2012-03-14",
                        "14.3.2012",
                        Entity.DEMOGRAPHICS,
                        "p1",
                        Field.DEMOGRAPHICS_BIRTH_DATE),
                new Spoilt("demographics", "2012-03-14", "14.3.2012", Entity.USER, "p1", Field.USER_AGE_13_PLUS));
    }

    private Stream<DynamicTest> each(java.util.function.Consumer<Spoilt> test) {
        return spoilt().map(one -> DynamicTest.dynamicTest(one.field() + " " + one.file(), () -> test.accept(one)));
    }

    @TestFactory
    @DisplayName("leaves its record what it had there, and every other cell of its row is used")
    Stream<DynamicTest> stays() {
        return each(one -> {
            World world = world(KEPT);
            world.run(sound());
            String before = world.landing.text(one.entity(), one.id(), one.field());
            assertFalse(before.isEmpty(), "the delivery must give the field at first");
            Report report = world.run(sound().changing(one.file(), one.old(), one.now()));
            assertEquals(0, report.quarantined(), () -> report.findings().toString());
            assertEquals(before, world.landing.text(one.entity(), one.id(), one.field()));
            assertEquals(Report.Outcome.UNCHANGED, report.outcome());
            assertTrue(report.findings().stream().anyMatch(found -> found.severity() == Severity.CELL));
        });
    }

    @TestFactory
    @DisplayName("is empty on a new record, which is taken in, and the same delivery once more changes nothing")
    Stream<DynamicTest> isEmptyAtFirst() {
        return each(one -> {
            World world = world(KEPT);
            World.Files files = sound().changing(one.file(), one.old(), one.now());
            Report report = world.run(files);
            assertEquals(0, report.quarantined(), () -> report.findings().toString());
            assertTrue(world.landing.row(one.entity(), one.id()).isPresent() || one.entity() == Entity.DEMOGRAPHICS);
            String now = world.landing.text(one.entity(), one.id(), one.field());
            assertFalse(now.contains("x".repeat(100)) || now.contains(".8."), "nothing of what cannot be read is kept");
            assertEquals(Report.Outcome.UNCHANGED, world.run(files).outcome());
        });
    }

    @Test
    @DisplayName("does not stop the rest of its row: a new name comes in beside it")
    void besides() {
        World world = world(KEPT);
        world.run(sound());
        world.run(sound().changing("users", "true,pip,,Pip,", "perhaps,pip,,Pippa,"));
        assertEquals("Pippa", world.landing.text(Entity.USER, "p1", Field.USER_GIVEN_NAME));
        assertEquals("true", world.landing.text(Entity.USER, "p1", Field.USER_ENABLED_USER));
    }

    @TestFactory
    @DisplayName("and costs its row, leaves the record as if the row said what it said the last time")
    Stream<DynamicTest> costsTheRow() {
        return Stream.of("\"a\"b", ",", "{SSN:123-45-6789}", "{Local:123-45-6789}", "\"open")
                .map(cell -> DynamicTest.dynamicTest(cell, () -> {
                    World world = world(KEPT);
                    world.run(sound());
                    var before = people(world);
                    Report report =
                            world.run(sound().changing("users", "true,pip,,Pip,", "true,pip," + cell + ",Pippa,"));
                    assertEquals(
                            cell.equals("\"open") ? 0 : 1,
                            report.quarantined(),
                            () -> report.findings().toString());
                    assertEquals(before, people(world));
                    assertEquals(Optional.empty(), report.heldId());
                }));
    }

    private static Map<String, String> people(World world) {
        Map<String, String> people = new TreeMap<>();
        for (String id : List.of("p1", "x1", "g1")) {
            assertTrue(world.landing.row(Entity.USER, id).isPresent(), "nobody is taken for missing");
            for (Field field : Field.of(Entity.USER)) {
                people.put(id + " " + field, world.landing.text(Entity.USER, id, field));
            }
        }
        return people;
    }

    @Test
    @DisplayName("keeps nothing that is not kept any longer: not a type of id, not a guardian's address")
    void withheld() {
        World world = world(Set.of("id.state.ldap", "guardian.email", "guardian.name"));
        world.run(sound());
        assertFalse(world.landing.text(Entity.USER, "x1", Field.USER_USER_IDS).isEmpty());
        assertEquals("gilda@mail.example.net", world.landing.text(Entity.USER, "g1", Field.USER_EMAIL));
        world.options = world.options.keeping(Set.of("guardian.name"));
        Report report = world.run(
                sound().changing("users", "{LDAP:ott}", "LDAP ott").changing("users", "gilda@mail.example.net", LONG));
        assertEquals(0, report.quarantined());
        assertEquals("", world.landing.text(Entity.USER, "x1", Field.USER_USER_IDS));
        assertEquals("", world.landing.text(Entity.USER, "g1", Field.USER_EMAIL));
    }

    @Test
    @DisplayName("and a circle of parents are treated alike, whichever row comes first")
    void circle() {
        for (String[] rows :
                new String[][] {{"o3,,,X,school,,o4", "o4,,,Y,school,,o3"}, {"o4,,,Y,school,,o3", "o3,,,X,school,,o4"}
                }) {
            World world = world(Set.of());
            world.run(World.small().plus("orgs", "o3,,,X,school,,o1").plus("orgs", "o4,,,Y,school,,o1"));
            Report report = world.run(World.small().plus("orgs", rows[0]).plus("orgs", rows[1]));
            assertEquals(Map.of(FindingCode.REFERENCE_CYCLE, 2L), only(report, FindingCode.REFERENCE_CYCLE));
            assertEquals("o1", world.landing.text(Entity.ORG, "o3", Field.ORG_PARENT));
            assertEquals("o1", world.landing.text(Entity.ORG, "o4", Field.ORG_PARENT));
        }
    }

    private static Map<FindingCode, Long> only(Report report, FindingCode code) {
        return Map.of(code, report.totals().getOrDefault(code, 0L));
    }
}
