package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("Everything wrong with a delivery is a finding")
class FindingsTest {
    /// A delivery and where its flaw must be reported. `file` empty: the delivery as a whole.
    private record Flaw(FindingCode code, World.Files files, String file, long line, String column) {}

    private static World.Files small() {
        return World.small();
    }

    private static String user(String id, String rest) {
        return id + ",,," + rest;
    }

    private static Flaw[] rowFlaws() {
        return new Flaw[] {
            new Flaw(FindingCode.ROW_SHAPE, small().plus("enrollments", "e3,,,k1,o2,p1"), "enrollments.csv", 4, ""),
            new Flaw(
                    FindingCode.ROW_QUOTES,
                    small().plus("enrollments", "e3,,,\"k1\"x,o2,p1,student,,,"),
                    "enrollments.csv",
                    4,
                    ""),
            new Flaw(
                    FindingCode.ROW_CELL_TOO_LONG,
                    small().plus("orgs", "o3,,,X," + "x".repeat(9_000) + ",,o1"),
                    "orgs.csv",
                    4,
                    "type"),
            new Flaw(
                    FindingCode.ROW_NOT_UTF8,
                    small().with("orgs", "bulk", latin("o3,,,X,sch\u00e9ol,,o1")),
                    "orgs.csv",
                    4,
                    "type"),
            new Flaw(FindingCode.ID_MISSING, small().plus("orgs", ",,,X,school,,o1"), "orgs.csv", 4, "sourcedId"),
            new Flaw(
                    FindingCode.ID_NOT_ALLOWED, small().plus("orgs", "o 3,,,X,school,,o1"), "orgs.csv", 4, "sourcedId"),
            new Flaw(
                    FindingCode.ID_TWICE,
                    small().plus("enrollments", "e2,,,k1,o2,p1,student,,,"),
                    "enrollments.csv",
                    3,
                    "sourcedId"),
            new Flaw(
                    FindingCode.STATUS_NOT_ALLOWED,
                    small().plus("orgs", "o3,perhaps,,X,school,,o1"),
                    "orgs.csv",
                    4,
                    "status"),
            new Flaw(FindingCode.VALUE_REQUIRED, small().plus("orgs", "o3,,,X,,,o1"), "orgs.csv", 4, "type"),
            new Flaw(FindingCode.VALUE_NOT_ALLOWED, small().plus("orgs", "o3,,,X,castle,,o1"), "orgs.csv", 4, "type"),
            new Flaw(
                    FindingCode.VALUE_NOT_A_DATE,
                    small().plus("academicSessions", "t2,,,X,term,2026-02-30,2027-01-16,y1,2027"),
                    "academicSessions.csv",
                    4,
                    "startDate"),
            new Flaw(
                    FindingCode.VALUE_NOT_A_YEAR,
                    small().plus("academicSessions", "t2,,,X,term,2026-08-24,2027-01-16,y1,27"),
                    "academicSessions.csv",
                    4,
                    "schoolYear"),
            new Flaw(
                    FindingCode.REFERENCE_NOT_ALLOWED,
                    small().plus("enrollments", "e3,,,k 1,o2,p1,student,,,"),
                    "enrollments.csv",
                    4,
                    "classSourcedId"),
            new Flaw(
                    FindingCode.REFERENCE_UNKNOWN,
                    small().plus("enrollments", "e3,,,k9,o2,p1,student,,,"),
                    "enrollments.csv",
                    4,
                    "classSourcedId"),
            new Flaw(
                    FindingCode.USER_WITHOUT_ROLE,
                    small().plus("users", user("p2", "true,z,,Z,Z" + ",".repeat(14))),
                    "users.csv",
                    5,
                    ""),
            new Flaw(
                    FindingCode.ROLE_QUARANTINED,
                    small().changing("roles", "p1,primary,student,", "p1,primary,wizard,"),
                    "users.csv",
                    2,
                    ""),
            new Flaw(
                    FindingCode.SOCIAL_SECURITY_NUMBER,
                    small().changing("users", ",N1,", ",219-09-9999,"),
                    "users.csv",
                    2,
                    "identifier"),
        };
    }

    private static Flaw[] cellFlaws() {
        return new Flaw[] {
            new Flaw(
                    FindingCode.CELL_TOO_LONG,
                    small().plus("orgs", "o3,,," + "x".repeat(9_000) + ",school,,o1"),
                    "orgs.csv",
                    4,
                    "name"),
            new Flaw(
                    FindingCode.CELL_NOT_UTF8,
                    small().with("orgs", "bulk", latin("o3,,,Caf\u00e9,school,,o1")),
                    "orgs.csv",
                    4,
                    "name"),
            new Flaw(
                    FindingCode.CELL_NOT_A_DATE,
                    small().plus("enrollments", "e3,,,k1,o2,p1,student,,2026-02-30,"),
                    "enrollments.csv",
                    4,
                    "beginDate"),
            new Flaw(
                    FindingCode.CELL_NOT_ALLOWED,
                    small().changing("users", ",true,pip", ",perhaps,pip"),
                    "users.csv",
                    2,
                    "enabledUser"),
            new Flaw(
                    FindingCode.CELL_REFERENCE_NOT_ALLOWED,
                    small().changing("courses", ",o2,", ",o 2,"),
                    "courses.csv",
                    2,
                    "orgSourcedId"),
            new Flaw(
                    FindingCode.CELL_REFERENCE_UNKNOWN,
                    small().changing("courses", ",o2,", ",o9,"),
                    "courses.csv",
                    2,
                    "orgSourcedId"),
            new Flaw(
                    FindingCode.VALUE_NOT_A_LIST,
                    small().changing("users", "{LDAP:ott}", "LDAP ott"),
                    "users.csv",
                    3,
                    "userIds"),
            new Flaw(
                    FindingCode.REFERENCE_CYCLE,
                    small().plus("orgs", "o3,,,X,school,,o4").plus("orgs", "o4,,,Y,school,,o3"),
                    "orgs.csv",
                    4,
                    "parentSourcedId"),
        };
    }

    private static Flaw[] otherFlaws() {
        return new Flaw[] {
            new Flaw(FindingCode.FILE_MISSING, small().announcing("userProfiles", "bulk"), "userProfiles.csv", 0, ""),
            new Flaw(
                    FindingCode.FILE_NOT_DECLARED,
                    small().announcing("enrollments", "absent"),
                    "enrollments.csv",
                    0,
                    ""),
            new Flaw(
                    FindingCode.FILE_EMPTY,
                    small().with("enrollments", "bulk", World.ENROLLMENTS),
                    "enrollments.csv",
                    0,
                    ""),
            new Flaw(
                    FindingCode.FILE_COLUMN_MISSING,
                    small().changing("enrollments", ",role,", ",roll,"),
                    "enrollments.csv",
                    1,
                    "role"),
            new Flaw(
                    FindingCode.FILE_COLUMN_TWICE,
                    small().changing("enrollments", ",primary,", ",role,"),
                    "enrollments.csv",
                    1,
                    "role"),
            new Flaw(
                    FindingCode.FILE_COLUMNS_TOO_MANY,
                    small().with("enrollments", "bulk", "a,".repeat(300), "x"),
                    "enrollments.csv",
                    0,
                    ""),
            new Flaw(
                    FindingCode.FILE_QUOTE_OPEN, small().plus("enrollments", "e3,,,\"k1,o2"), "enrollments.csv", 4, ""),
            new Flaw(
                    FindingCode.FILE_ALL_QUARANTINED,
                    small().with("enrollments", "bulk", World.ENROLLMENTS, "e1,,,k9,o2,p1,student,,,"),
                    "enrollments.csv",
                    0,
                    ""),
            new Flaw(FindingCode.VALUE_MISSING, small().changing("users", ",pip,", ",,"), "users.csv", 2, "username"),
            new Flaw(
                    FindingCode.DATES_REVERSED,
                    small().plus("enrollments", "e3,,,k1,o2,p1,student,,2027-02-01,2027-01-01"),
                    "enrollments.csv",
                    4,
                    "endDate"),
            new Flaw(
                    FindingCode.BIRTH_DATE_IMPLAUSIBLE,
                    small().changing("demographics", "2012-03-14", "2031-03-14"),
                    "demographics.csv",
                    2,
                    "birthDate"),
            new Flaw(
                    FindingCode.ROLE_PRIMARY_TWICE,
                    small().plus("roles", "r9,,,x1,primary,proctor,,,o2,"),
                    "users.csv",
                    3,
                    ""),
            new Flaw(
                    FindingCode.FILE_NOT_KEPT,
                    small().with("categories", "bulk", "sourcedId,status,dateLastModified,title,weight", "c1,,,T,1"),
                    "categories.csv",
                    0,
                    ""),
            new Flaw(FindingCode.FILE_ELEMENT_OFF, small(), "demographics.csv", 0, ""),
            new Flaw(
                    FindingCode.BYTE_ORDER_MARK,
                    small().changing("orgs", "sourcedId,status", "\ufeffsourcedId,status"),
                    "orgs.csv",
                    1,
                    ""),
            new Flaw(FindingCode.LINE_ENDS, small().changing("orgs", "\r\n", "\n"), "orgs.csv", 0, ""),
            new Flaw(
                    FindingCode.COLUMN_CASE,
                    small().changing("orgs", "identifier", "Identifier"),
                    "orgs.csv",
                    1,
                    "identifier"),
            new Flaw(
                    FindingCode.COLUMN_ORDER,
                    small().with(
                                    "orgs",
                                    "bulk",
                                    "status,dateLastModified,sourcedId,type,name,identifier,parentSourcedId",
                                    ",,o1,district,Larkspur,LHD,",
                                    ",,o2,school,Copper,CK,o1"),
                    "orgs.csv",
                    1,
                    ""),
            new Flaw(
                    FindingCode.COLUMN_ABSENT,
                    small().with(
                                    "orgs",
                                    "bulk",
                                    "sourcedId,status,dateLastModified,name,type,parentSourcedId",
                                    "o1,,,Larkspur,district,",
                                    "o2,,,Copper,school,o1"),
                    "orgs.csv",
                    1,
                    "identifier"),
            new Flaw(
                    FindingCode.COLUMN_UNKNOWN,
                    small().with(
                                    "orgs",
                                    "bulk",
                                    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.x",
                                    "o1,,,Larkspur,district,,,y",
                                    "o2,,,Copper,school,,o1,y"),
                    "orgs.csv",
                    1,
                    ""),
            new Flaw(
                    FindingCode.SPACES_TRIMMED,
                    small().changing("orgs", "Larkspur Hollow", " Larkspur Hollow "),
                    "orgs.csv",
                    2,
                    "name"),
            new Flaw(
                    FindingCode.VALUE_CASE,
                    small().changing("users", ",true,pip", ",TRUE,pip"),
                    "users.csv",
                    2,
                    "enabledUser"),
            new Flaw(
                    FindingCode.SCHOOL_YEAR_RANGE,
                    small().changing("academicSessions", "y1,2027", "y1,2026-2027"),
                    "academicSessions.csv",
                    3,
                    "schoolYear"),
            new Flaw(
                    FindingCode.STATUS_IN_BULK,
                    small().changing("orgs", "o1,,,", "o1,active,2026-10-05T06:30:00.000Z,"),
                    "orgs.csv",
                    0,
                    "status"),
            new Flaw(
                    FindingCode.STATUS_MISSING_IN_DELTA,
                    small().announcing("enrollments", "delta"),
                    "enrollments.csv",
                    2,
                    "status"),
            new Flaw(
                    FindingCode.STATUS_INACTIVE,
                    small().plus("orgs", "o3,inactive,,X,school,,o1"),
                    "orgs.csv",
                    4,
                    "status"),
            new Flaw(
                    FindingCode.DELETED_UNKNOWN,
                    small().plus("orgs", "o3,tobedeleted,,X,school,,o1"),
                    "orgs.csv",
                    4,
                    "sourcedId"),
        };
    }

    private static byte[] latin(String line) {
        String head = new String(small().all().get("orgs.csv"), UTF_8);
        return (head + line + "\r\n").getBytes(ISO_8859_1);
    }

    private static final Set<FindingCode> TESTED_ELSEWHERE = EnumSet.of(
            FindingCode.SOURCE_UNREADABLE,
            FindingCode.SOURCE_CHANGED,
            FindingCode.ARCHIVE_NOT_A_ZIP,
            FindingCode.ARCHIVE_TOO_LARGE,
            FindingCode.ARCHIVE_TOO_MANY_FILES,
            FindingCode.ARCHIVE_UNPACKS_TOO_LARGE,
            FindingCode.ARCHIVE_RATIO,
            FindingCode.ARCHIVE_PATH,
            FindingCode.ARCHIVE_FILE_TWICE,
            FindingCode.ARCHIVE_LINK,
            FindingCode.ARCHIVE_ENCRYPTED,
            FindingCode.ARCHIVE_METHOD,
            FindingCode.ARCHIVE_CHECKSUM,
            FindingCode.ARCHIVE_INCONSISTENT,
            FindingCode.ARCHIVE_FOLDER,
            FindingCode.MAPPING_UNREADABLE,
            FindingCode.MAPPING_EMPTY,
            FindingCode.MAPPING_LINE,
            FindingCode.MAPPING_ID,
            FindingCode.MAPPING_OLD_TWICE,
            FindingCode.MAPPING_NEW_TWICE,
            FindingCode.MAPPING_CHAIN,
            FindingCode.MAPPING_OLD_UNKNOWN,
            FindingCode.MAPPING_NEW_TAKEN,
            FindingCode.MAPPING_NEEDS_BULK,
            FindingCode.PERSON_UNMATCHED,
            FindingCode.PERSON_ERASED,
            FindingCode.RECORD_UNMAPPED,
            FindingCode.REMOVALS_WAIT,
            FindingCode.UNMATCHED_SAME_PERSON,
            FindingCode.FILE_UNKNOWN,
            FindingCode.REMOVALS_HELD,
            FindingCode.REMOVALS_UNCERTAIN,
            FindingCode.ROLES_HELD,
            FindingCode.AGENT_UNKNOWN,
            FindingCode.USER_LOST_ROLES,
            FindingCode.USER_NEEDS_ROW);

    @TestFactory
    @DisplayName("with file, line, column and code")
    java.util.stream.Stream<DynamicTest> each() {
        return java.util.stream.Stream.of(rowFlaws(), cellFlaws(), otherFlaws())
                .flatMap(java.util.Arrays::stream)
                .map(flaw -> DynamicTest.dynamicTest(flaw.code().word(), () -> {
                    Report report = new World().run(flaw.files());
                    assertTrue(
                            report.findings()
                                    .contains(new Finding(flaw.file(), flaw.line(), flaw.column(), flaw.code())),
                            () -> report.findings().toString());
                    assertTrue(report.totals().get(flaw.code()) >= 1);
                }));
    }

    @TestFactory
    @DisplayName("and what is wrong in a row puts aside that row, not the rows beside it")
    java.util.stream.Stream<DynamicTest> quarantine() {
        return java.util.Arrays.stream(rowFlaws())
                .map(flaw -> DynamicTest.dynamicTest(flaw.code().word(), () -> {
                    World world = new World();
                    Report report = world.run(flaw.files());
                    assertEquals(Report.Outcome.APPLIED, report.outcome());
                    assertTrue(report.files().get(flaw.file()).quarantined() > 0);
                    assertTrue(report.files().get(flaw.file()).used() > 0);
                    assertEquals(
                            report.files().get(flaw.file()).rows(),
                            report.files().get(flaw.file()).used()
                                    + report.files().get(flaw.file()).quarantined());
                }));
    }

    @TestFactory
    @DisplayName("and what is wrong in a cell that a record can be without puts aside that cell and no row")
    java.util.stream.Stream<DynamicTest> cells() {
        return java.util.Arrays.stream(cellFlaws())
                .map(flaw -> DynamicTest.dynamicTest(flaw.code().word(), () -> {
                    Report report = new World().run(flaw.files());
                    assertEquals(Severity.CELL, flaw.code().severity());
                    assertEquals(Report.Outcome.APPLIED, report.outcome());
                    assertEquals(0, report.quarantined());
                    assertEquals(
                            report.files().get(flaw.file()).rows(),
                            report.files().get(flaw.file()).used());
                }));
    }

    @Test
    @DisplayName("every code has a test and a sentence")
    void complete() {
        Set<FindingCode> tested = EnumSet.copyOf(TESTED_ELSEWHERE);
        for (Flaw flaw : rowFlaws()) {
            tested.add(flaw.code());
        }
        for (Flaw flaw : cellFlaws()) {
            tested.add(flaw.code());
        }
        for (Flaw flaw : otherFlaws()) {
            tested.add(flaw.code());
        }
        tested.addAll(manifests().keySet());
        assertEquals(EnumSet.allOf(FindingCode.class), tested);
        for (FindingCode code : FindingCode.values()) {
            assertTrue(code.sentence().endsWith("."), code.word());
        }
    }

    private static Map<FindingCode, byte[]> manifests() {
        Map<FindingCode, byte[]> manifests = new LinkedHashMap<>();
        Map<String, byte[]> all = small().all();
        String good = new String(all.get("manifest.csv"), UTF_8);
        manifests.put(FindingCode.MANIFEST_UNREADABLE, "hello\r\n".getBytes(UTF_8));
        manifests.put(
                FindingCode.MANIFEST_VERSION,
                good.replace("version,1.2", "version,1.3").getBytes(UTF_8));
        manifests.put(
                FindingCode.MANIFEST_MODE,
                good.replace("users,bulk", "users,maybe").getBytes(UTF_8));
        manifests.put(FindingCode.MANIFEST_CONFLICT, (good + "file.users,delta\r\n").getBytes(UTF_8));
        manifests.put(FindingCode.NUL_BYTE, (good + "\0").getBytes(UTF_8));
        manifests.put(
                FindingCode.MANIFEST_PROPERTY_MISSING,
                good.replace("file.results,absent\r\n", "").getBytes(UTF_8));
        manifests.put(
                FindingCode.MANIFEST_VERSION_UNUSUAL,
                good.replace("version,1.2", "version,1.2.1").getBytes(UTF_8));
        manifests.put(FindingCode.MANIFEST_MISSING, new byte[0]);
        manifests.put(FindingCode.TOO_MANY_ROWS, good.getBytes(UTF_8));
        return manifests;
    }

    @TestFactory
    @DisplayName("also what is wrong with the manifest, which mostly ends the import")
    java.util.stream.Stream<DynamicTest> manifest() {
        return manifests().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey().word(), () -> {
                    Map<String, byte[]> files = small().all();
                    files.put("manifest.csv", entry.getValue());
                    if (entry.getValue().length == 0) {
                        files.remove("manifest.csv");
                    }
                    World world = new World();
                    if (entry.getKey() == FindingCode.TOO_MANY_ROWS) {
                        world.limits = new Limits(32, 1 << 20, 1 << 20, 100, 1 << 20, 8192, 256, 2, 10);
                    }
                    Report report = world.run(new Source.Held(World.zipped(files)));
                    assertTrue(
                            report.totals().containsKey(entry.getKey()),
                            () -> report.totals().toString());
                    boolean refused = entry.getKey().severity() == Severity.REFUSED;
                    assertEquals(refused ? Report.Outcome.REFUSED : Report.Outcome.APPLIED, report.outcome());
                }));
    }

    @Test
    @DisplayName("but the report keeps only the first of each code in full, and counts the rest")
    void capped() {
        World.Files files = small();
        StringBuilder rows = new StringBuilder(new String(files.all().get("enrollments.csv"), UTF_8));
        for (int i = 0; i < 3_000; i++) {
            rows.append("x").append(i).append(",,,nowhere,o2,p1,student,,,\r\n");
        }
        Report report = new World()
                .run(files.with("enrollments", "bulk", rows.toString().getBytes(UTF_8)));
        assertEquals(3_000L, report.totals().get(FindingCode.REFERENCE_UNKNOWN));
        assertEquals(
                1_000,
                report.findings().stream()
                        .filter(f -> f.code() == FindingCode.REFERENCE_UNKNOWN)
                        .count());
    }

    @Test
    @DisplayName("and never holds what stood there: no name, no id, no address")
    void nothingInside() {
        World.Files files = small().changing("users", "Thistledown,,N1", "Thistledown,,219-09-9999")
                .plus("enrollments", "secret-id,,,secret-class,o2,secret-user,student,,,");
        String report = new String(ReportJson.bytes(new World().run(files)), UTF_8);
        for (String secret : new String[] {"Thistledown", "219-09", "secret", "pip@", "p1\""}) {
            assertFalse(report.contains(secret), secret);
        }
    }

    @Test
    @DisplayName("a bad row's record stays as it was, and what refers to it still holds")
    void staysAsItWas() {
        World world = new World();
        world.run(small());
        Report report = world.run(small().changing("users", ",Pip,Thistledown,,N1", ",Pippa,Thistledown,,219-09-9999"));
        assertEquals("Pip", world.landing.text(Entity.USER, "p1", Field.USER_GIVEN_NAME));
        assertEquals(0, report.sum(Report.Change::removed));
        assertEquals(2, world.landing.count(Entity.ENROLLMENT));
    }

    @Test
    @DisplayName("a new record that was put aside takes with it only the rows that refer to it")
    void falls() {
        World world = new World();
        Report report = world.run(small().changing("users", ",N1,", ",219-09-9999,"));
        assertEquals(2, world.landing.count(Entity.USER));
        assertEquals(1, world.landing.count(Entity.ENROLLMENT));
        assertEquals(1, report.files().get("enrollments.csv").quarantined());
    }

    @Test
    @DisplayName("a nine-digit number counts as a social security number until the district says it is local")
    void nineDigits() {
        World world = new World();
        World.Files files = small().changing("users", ",N1,", ",219099999,");
        assertEquals(1, world.run(files).files().get("users.csv").quarantined());
        world.options = world.options.nineDigitsLocal(true);
        assertEquals(0, world.run(files).files().get("users.csv").quarantined());
        assertEquals("219099999", world.landing.text(Entity.USER, "p1", Field.USER_IDENTIFIER));
    }
}
