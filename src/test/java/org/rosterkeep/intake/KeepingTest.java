package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("An import keeps only what the catalogue keeps")
class KeepingTest {
    private final World world = new World();

    private Source canaries() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        new MadeUpDistrict(MadeUpDistrict.Shape.of(40).schools(1).guardians(1).canary(true)).zip(zip);
        return new Source.Held(zip.toByteArray());
    }

    private static Set<String> found(String text) {
        Set<String> fields = new TreeSet<>();
        Matcher canary = Pattern.compile("CANARY([a-z]+)x([A-Za-z]+)x").matcher(text);
        while (canary.find()) {
            fields.add(canary.group(1) + "." + canary.group(2));
        }
        return fields;
    }

    @Test
    @DisplayName("of a feed with a value in every column, by default: only the default elements' canaries land")
    void canariesByDefault() throws IOException {
        Report report = world.run(canaries());

        assertEquals(0, report.quarantined());
        assertEquals(
                Set.of(
                        "guardian.identifier",
                        "guardian.username",
                        "student.email",
                        "student.familyName",
                        "student.givenName",
                        "student.identifier",
                        "student.username",
                        "teacher.email",
                        "teacher.familyName",
                        "teacher.givenName",
                        "teacher.identifier",
                        "teacher.username"),
                found(world.landing.bytes()));
        assertEquals(0, world.landing.count(Entity.DEMOGRAPHICS));
        assertEquals(Set.of(), found(new String(ReportJson.bytes(report), UTF_8)));
    }

    @Test
    @DisplayName("and counts what it left out, by element")
    void counts() throws IOException {
        Report report = world.run(canaries());

        assertEquals(40, report.dropped().get("guardian.email"));
        assertEquals(40, report.dropped().get("demo.birthdate"));
        assertTrue(report.dropped().containsKey("name.pronouns"));
        assertTrue(report.dropped().containsKey("demo.birthplace"));
    }

    @Test
    @DisplayName("keeps what was switched on besides, but never a password")
    void switchedOn() throws IOException {
        world.options = world.options.keeping(Set.of(
                "guardian.name", "guardian.link", "name.pronouns", "demo.birthplace", "id.password", "id.state.ldap"));
        world.run(canaries());

        Set<String> found = found(world.landing.bytes());
        assertTrue(found.containsAll(
                Set.of("guardian.givenName", "student.pronouns", "student.cityOfBirth", "student.userIds")));
        assertFalse(found.contains("guardian.email"));
        assertFalse(found.contains("student.middleName"));
        assertFalse(found.stream().anyMatch(field -> field.contains("password")));
    }

    @Test
    @DisplayName("removes stored demographics when nothing of them is kept any longer")
    void switchedOff() {
        world.options = world.options.keeping(Set.of("demo.sex"));
        world.run(World.small());
        assertEquals("female", world.landing.text(Entity.DEMOGRAPHICS, "p1", Field.DEMOGRAPHICS_SEX));
        assertEquals("", world.landing.text(Entity.DEMOGRAPHICS, "p1", Field.DEMOGRAPHICS_BIRTH_DATE));
        world.options = world.options.keeping(Set.of());
        world.run(World.small().without("demographics"));
        assertEquals(0, world.landing.count(Entity.DEMOGRAPHICS));
    }

    @Test
    @DisplayName("takes the names of a pupil who is a guardian too for a guardian's")
    void stricter() {
        world.run(World.small().plus("roles", "r9,,,x1,secondary,parent,,,o2,"));
        assertEquals("", world.landing.text(Entity.USER, "x1", Field.USER_GIVEN_NAME));
        assertEquals("", world.landing.text(Entity.USER, "x1", Field.USER_EMAIL));
        assertEquals("Pip", world.landing.text(Entity.USER, "p1", Field.USER_GIVEN_NAME));
    }

    @Test
    @DisplayName("drops a stored name when a delta of roles alone makes the person a guardian")
    void becomesGuardian() {
        world.run(World.small());
        assertEquals("Ottilie", world.landing.text(Entity.USER, "x1", Field.USER_GIVEN_NAME));
        world.run(new World.Files("1.2")
                .with("roles", "delta", World.ROLES, "r9,active,2026-10-05T06:30:00.000Z,x1,secondary,parent,,,o2,"));
        assertEquals("", world.landing.text(Entity.USER, "x1", Field.USER_GIVEN_NAME));
        assertEquals("primary teacher o2;secondary parent o2", world.landing.text(Entity.USER, "x1", Field.USER_ROLES));
    }

    @Test
    @DisplayName("cannot bring a name back that was not kept, and says that a row in users.csv can")
    void noGuardianAnyLonger() {
        world.run(World.small());
        Report report = world.run(new World.Files("1.2")
                .with("roles", "delta", World.ROLES, "r3,active,2026-10-05T06:30:00.000Z,g1,primary,aide,,,o2,"));
        assertEquals("", world.landing.text(Entity.USER, "g1", Field.USER_GIVEN_NAME));
        assertEquals(1L, report.totals().get(FindingCode.USER_NEEDS_ROW));
    }

    @Test
    @DisplayName("takes a guardian's username for an address when it is one")
    void username() {
        world.run(World.small().changing("users", ",gil,", ",gilda@mail.example.net,"));
        assertFalse(world.landing.bytes().contains("gilda@"));
    }

    @Test
    @DisplayName("knows who is 13, as of the day in the district, and keeps no date of birth")
    void thirteen() {
        world.now = Instant.parse("2026-03-14T03:00:00Z");
        World.Files files = World.small().changing("demographics", "2012-03-14", "2013-03-14");
        world.run(files);
        assertEquals("", world.landing.text(Entity.USER, "p1", Field.USER_AGE_13_PLUS), "still the 13th in New York");
        world.now = Instant.parse("2026-03-14T05:00:00Z");
        Report report = world.run(files);
        assertEquals("true", world.landing.text(Entity.USER, "p1", Field.USER_AGE_13_PLUS));
        assertEquals(1, report.of(Entity.USER).changed());
        assertFalse(world.landing.bytes().contains("2013-03-14"));
    }

    @Test
    @DisplayName("turns the 13 bit also when only demographics come")
    void demographicsAlone() {
        world.run(World.small().without("demographics"));
        assertEquals("", world.landing.text(Entity.USER, "p1", Field.USER_AGE_13_PLUS));
        world.run(new World.Files("1.2")
                .with(
                        "demographics",
                        "delta",
                        World.DEMOGRAPHICS,
                        "p1,active,2026-10-05T06:30:00.000Z,2012-03-14,,,,,,,,,,,,"));
        assertEquals("true", world.landing.text(Entity.USER, "p1", Field.USER_AGE_13_PLUS));
        assertEquals("Pip", world.landing.text(Entity.USER, "p1", Field.USER_GIVEN_NAME));
        assertEquals("primary student o2", world.landing.text(Entity.USER, "p1", Field.USER_ROLES));
    }

    @Test
    @DisplayName("keeps a telephone number only when switched on and the person is 13")
    void phones() {
        World.Files files = World.small()
                .changing("users", "pip@students.example.org,,,", "pip@students.example.org,+1-555-0150,,");
        world.run(files);
        assertEquals("", world.landing.text(Entity.USER, "p1", Field.USER_SMS));
        world.options = world.options.keeping(Set.of("contact.phone_13plus", "contact.phone_other"));
        world.run(files);
        assertEquals("+1-555-0150", world.landing.text(Entity.USER, "p1", Field.USER_SMS));
        world.run(files.changing("demographics", "2012-03-14", "2016-03-14"));
        assertEquals("", world.landing.text(Entity.USER, "p1", Field.USER_SMS));
    }

    @Test
    @DisplayName("links agents only when switched on, and only to people who are there")
    void agents() {
        world.options = world.options.keeping(Set.of("guardian.link"));
        Report report = world.run(World.small().changing("users", ",g1,09,", ",\"g1,g404\",09,"));
        assertEquals("g1", world.landing.text(Entity.USER, "p1", Field.USER_AGENTS));
        assertEquals(1L, report.totals().get(FindingCode.AGENT_UNKNOWN));
    }

    @Test
    @DisplayName("keeps account profiles only when switched on, and their credentials never")
    void profiles() {
        String[] file = {
            "sourcedId,status,dateLastModified,userSourcedId,profileType,vendorId,applicationId,description,"
                    + "credentialType,username,password",
            "up1,,,x1,\"LMS \"\"main\"\"\",v1,lms,Account,username,ott.lms,hunter2"
        };
        world.run(World.small().with("userProfiles", "bulk", file));
        assertFalse(world.landing.bytes().contains("LMS"));
        world.options = world.options.keeping(Set.of("id.profiles"));
        world.run(World.small().with("userProfiles", "bulk", file));
        assertEquals(
                "up1,LMS \\\"main\\\",v1,lms,Account", world.landing.text(Entity.USER, "x1", Field.USER_USER_PROFILES));
        assertFalse(world.landing.bytes().contains("hunter2"));
        assertFalse(world.landing.bytes().contains("ott.lms"));
        String kept = world.landing.dump();
        world.run(World.small().without("userProfiles"));
        assertEquals(kept, world.landing.dump(), "a delivery without the file says nothing of profiles");
    }

    @Test
    @DisplayName("keeps the days of a role only when switched on")
    void roleDates() {
        world.run(World.small());
        assertEquals("primary student o2", world.landing.text(Entity.USER, "p1", Field.USER_ROLES));
        world.options = world.options.keeping(Set.of("enrol.dates"));
        world.run(World.small());
        assertEquals("primary student o2 2026-08-24", world.landing.text(Entity.USER, "p1", Field.USER_ROLES));
    }
}
