package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rosterkeep.disclosure.Consignment.Format;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.World;
import org.rosterkeep.intake.Intake;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Report;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.vault.Vault;

@DisplayName("What is pushed is what is pulled")
class PushTest {
    private static final Map<String, String> COLUMNS = Map.ofEntries(
            Map.entry("parent", "parentSourcedId"),
            Map.entry("schoolYear", "schoolYearSourcedId"),
            Map.entry("org", "orgSourcedId"),
            Map.entry("course", "courseSourcedId"),
            Map.entry("school", "schoolSourcedId"),
            Map.entry("terms", "termSourcedIds"),
            Map.entry("class", "classSourcedId"),
            Map.entry("user", "userSourcedId"),
            Map.entry("agents", "agentSourcedIds"),
            Map.entry("primaryOrg", "primaryOrgSourcedId"),
            Map.entry("orgs", "orgSourcedIds"),
            Map.entry("preferredFirstName", "preferredGivenName"),
            Map.entry("preferredLastName", "preferredFamilyName"));
    /// What a file has to have and JSON need not.
    private static final Map<String, Set<String>> OF_FILES =
            Map.of("users", Set.of("username"), "classes", Set.of("classType"), "courses", Set.of("orgSourcedId"));

    private final World world = new World();
    private final Rules rules = Rules.whole("north")
            .roles("student", "teacher", "aide", "counselor")
            .without(Field.USER_USER_PROFILES)
            .with(Field.USER_FAMILY_NAME, new Treatment.Initial())
            .with(Field.DEMOGRAPHICS_BIRTH_DATE, new Treatment.Coarse());
    private final List<Parcel> packed = new ArrayList<>();
    private House house;

    PushTest() {
        world.org("district", "District", "district", "")
                .org("north", "North, \"the\" school", "school", "district")
                .org("south", "South", "school", "district")
                .session("year", "Year", "schoolYear", "")
                .session("fall", "Fall", "term", "year")
                .course("math", "=SUM(1;2)", "district", "year")
                .course("art", "Art", "north", "year")
                .klass("math-1", "Math\none", "math", "north", "fall")
                .klass("art-1", "+Art", "art", "north", "fall")
                .klass("math-s", "Elsewhere", "math", "south", "fall");
        for (int n = 0; n < 40; n++) {
            world.student("s" + n, "Gïven," + n + " \uD83D\uDE00", "-Family\"" + n, "north", n % 2 == 0 ? "05" : "06");
            world.enroll("e" + n, "s" + n, n % 3 == 0 ? "math-1" : "art-1", "north", "student");
            if (n % 4 == 0) {
                world.demographics("s" + n, "2014-03-0" + (1 + n % 9), "female");
            }
        }
        world.student("elsewhere", "Not", "Here", "south", "05");
        world.user(
                "teach",
                "Tea",
                "Cher",
                List.of(new World.Role("teacher", "north", true), new World.Role("aide", "north", false)),
                Map.of(Field.USER_USER_IDS, "state:1234"));
        world.enroll("t1", "teach", "math-1", "north", "teacher").commit();
        house = new House(world, rules.rule());
    }

    private Dispatch pack(Wire wire, Format format, Optional<Cursor> since) {
        return house.gate.push(new Consignment(
                new Recipient.Target("client-1"), wire, format, since, false, House.BASE, "sync.example.org:443"));
    }

    private Parcel parcel(Wire wire, Format format, Optional<Cursor> since) {
        return switch (pack(wire, format, since)) {
            case Dispatch.Ready(Parcel parcel) -> {
                packed.add(parcel);
                yield parcel;
            }
            case Dispatch.Nothing nothing -> throw new AssertionError("nothing");
            case Dispatch.Refused(Reason reason) -> throw new AssertionError(reason);
        };
    }

    private static byte[] bytes(Parcel parcel) {
        assertEquals(Optional.empty(), parcel.release());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            parcel.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// By file the rows, by column the cells.
    private static Map<String, List<Map<String, String>>> files(byte[] zip) {
        Map<String, List<Map<String, String>>> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                List<List<String>> lines = CsvReader.builder().ofCsvRecord(text).stream()
                        .map(line -> line.getFields())
                        .toList();
                List<Map<String, String>> rows = new ArrayList<>();
                for (List<String> line : lines.subList(1, lines.size())) {
                    Map<String, String> row = new LinkedHashMap<>();
                    assertEquals(lines.getFirst().size(), line.size(), entry.getName());
                    for (int n = 0; n < line.size(); n++) {
                        row.put(lines.getFirst().get(n), line.get(n));
                    }
                    rows.add(row);
                }
                files.put(entry.getName().replace(".csv", ""), rows);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static Map<String, String> manifest(Map<String, List<Map<String, String>>> files) {
        Map<String, String> properties = new TreeMap<>();
        files.get("manifest").forEach(row -> properties.put(row.get("propertyName"), row.get("value")));
        return properties;
    }

    private static String cell(Json.Node node) {
        return switch (node) {
            case Json.Node.Text(String value) -> value.replaceAll("[\r\n]", " ");
            case Json.Node.Items(List<Json.Node> items) ->
                String.join(",", items.stream().map(PushTest::cell).toList());
            case Json.Node.Properties(Map<String, Json.Node> of) ->
                of.containsKey("sourcedId")
                        ? cell(of.get("sourcedId"))
                        : "{" + cell(of.get("type")) + ":" + cell(of.get("identifier")) + "}";
        };
    }

    private void alike(Wire wire, Optional<Cursor> since) {
        var csv = files(bytes(parcel(wire, Format.CSV, since)));
        var json = ((Json.Node.Properties) Json.read(bytes(parcel(wire, Format.JSON, since)))).properties();
        Set<String> names = new HashSet<>(csv.keySet());
        names.removeAll(Set.of("manifest", "roles"));
        assertEquals(json.keySet(), names);
        json.forEach((name, node) -> {
            List<Json.Node> records = ((Json.Node.Items) node).items();
            List<Map<String, String>> rows = csv.get(name);
            assertEquals(records.size(), rows.size(), name);
            for (int n = 0; n < records.size(); n++) {
                same(name, ((Json.Node.Properties) records.get(n)).properties(), rows.get(n), since.isPresent());
            }
        });
        if (wire == Wire.V1P2) {
            roles(json, csv, since.isPresent());
        }
    }

    private static void same(String file, Map<String, Json.Node> record, Map<String, String> row, boolean delta) {
        Set<String> told = new HashSet<>();
        record.forEach((property, value) -> {
            boolean year = file.equals("academicSessions") && property.equals("schoolYear");
            String column = year ? property : COLUMNS.getOrDefault(property, property);
            if (property.equals("children") || property.equals("roles")) {
                return;
            }
            told.add(column);
            boolean envelope = Set.of("status", "dateLastModified").contains(property);
            assertEquals(envelope && !delta ? "" : cell(value), row.get(column), file + " " + property);
        });
        row.forEach((column, value) -> assertTrue(
                value.isEmpty()
                        || told.contains(column)
                        || OF_FILES.getOrDefault(file, Set.of()).contains(column),
                file + " tells " + column));
    }

    private static void roles(Map<String, Json.Node> json, Map<String, List<Map<String, String>>> csv, boolean delta) {
        List<String> told = new ArrayList<>();
        ((Json.Node.Items) json.get("users"))
                .items().stream()
                        .map(user -> ((Json.Node.Properties) user).properties())
                        .filter(user -> cell(user.get("status")).equals("active"))
                        .forEach(user -> ((Json.Node.Items) user.get("roles"))
                                .items()
                                .forEach(role -> {
                                    var of = ((Json.Node.Properties) role).properties();
                                    told.add(cell(user.get("sourcedId"))
                                            + cell(of.get("roleType"))
                                            + cell(of.get("role"))
                                            + cell(of.get("org")));
                                }));
        List<String> rows = csv.get("roles").stream()
                .filter(row -> !row.get("status").equals("tobedeleted"))
                .map(row -> row.get("userSourcedId") + row.get("roleType") + row.get("role") + row.get("orgSourcedId"))
                .toList();
        assertEquals(told, rows);
        assertTrue(csv.get("roles").stream().allMatch(row -> row.get("status").isEmpty() != delta));
    }

    private Cursor now(Wire wire, Format format) {
        return parcel(wire, format, Optional.empty()).to();
    }

    private void someDays() {
        house.clock.forward(Duration.ofHours(3));
        world.student("s1", "Renamed", "Family", "north", "06")
                .student("new", "New", "Comer", "north", "05")
                .enroll("e-new", "new", "art-1", "north", "student")
                .remove(Entity.ENROLLMENT, "e2")
                .remove(Entity.USER, "s2")
                .teacher("teach", "Tea", "Cher", "north")
                .commit();
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    @DisplayName("CSV and JSON of one edition tell the same records and values, whole and as a delta")
    void alike(Wire wire) {
        alike(wire, Optional.empty());
        Cursor before = now(wire, Format.CSV);
        someDays();
        alike(wire, Optional.of(before));
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    @DisplayName("a user's JSON is, record for record, what a client that asks is shown")
    void asPulled(Wire wire) {
        var pushed =
                ((Json.Node.Properties) Json.read(bytes(parcel(wire, Format.JSON, Optional.empty())))).properties();
        assertEquals(
                House.records(house.ask(Collection.USERS).in(wire).page(0, 1000).text()),
                ((Json.Node.Items) pushed.get("users"))
                        .items().stream()
                                .map(one -> ((Json.Node.Properties) one).properties())
                                .toList());
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    @DisplayName("headers and manifest are exactly the standard's, as our own intake has them")
    void headers(Wire wire) {
        var columns = org.rosterkeep.intake.Limits.class.getResourceAsStream("columns.json");
        try (var reader = jakarta.json.Json.createReader(columns)) {
            var versions = reader.readObject().getJsonObject("versions");
            var of = versions.getJsonObject(wire == Wire.V1P1 ? "1.1" : "1.2.1");
            var all = versions.getJsonObject(wire == Wire.V1P1 ? "1.1" : "1.2");
            for (CsvFile file : CsvFile.of(wire)) {
                var standard = of.getJsonArray(file.word()) == null
                        ? all.getJsonArray(file.word())
                        : of.getJsonArray(file.word());
                assertEquals(
                        standard.getValuesAs(jakarta.json.JsonObject.class).stream()
                                .map(one -> one.getString("name"))
                                .toList(),
                        file.columns(wire).stream().map(CsvFile.Column::name).toList());
            }
            assertEquals(all.keySet(), new HashSet<>(CsvFile.names(wire)));
        }
        var manifest = manifest(files(bytes(parcel(wire, Format.CSV, Optional.empty()))));
        assertEquals("1.0", manifest.get("manifest.version"));
        assertEquals(wire == Wire.V1P1 ? "1.1" : "1.2", manifest.get("oneroster.version"));
        assertEquals("bulk", manifest.get("file.users"));
        assertEquals("absent", manifest.get("file.lineItems"));
        assertEquals(CsvFile.names(wire).size() + 4, manifest.size());
    }

    @ParameterizedTest
    @EnumSource(Wire.class)
    @DisplayName("our own intake takes what we push, whole and as a delta, and puts no row aside")
    void roundTrip(Wire wire, @TempDir Path directory) {
        SecureRandom random = new SecureRandom();
        var clock = Clock.fixed(Instant.parse("2026-10-06T00:00:00Z"), ZoneOffset.UTC);
        try (KeyRing keys = KeyRing.create(
                        directory.resolve("keys"), UnsealingFile.create(directory.resolve("unseal"), random), random);
                Vault there = Vault.open(directory, keys, clock)) {
            Intake intake = new Intake(
                    Catalogue.shipped(),
                    org.rosterkeep.intake.Limits.shipped(),
                    there,
                    there,
                    (kind, actor, facts) -> 1,
                    clock);
            Parcel bulk = parcel(wire, Format.CSV, Optional.empty());
            Report first = take(intake, bytes(bulk));
            assertEquals(Report.Outcome.APPLIED, first.outcome(), first.toString());
            assertEquals(0, first.quarantined(), first.toString());
            assertEquals(41, there.relations().live(Entity.USER).getCardinality());
            assertEquals(41, there.relations().live(Entity.ENROLLMENT).getCardinality());
            assertEquals(10, there.relations().live(Entity.DEMOGRAPHICS).getCardinality());
            someDays();
            Parcel delta = parcel(wire, Format.CSV, Optional.of(bulk.to()));
            Report second = take(intake, bytes(delta));
            assertEquals(Report.Outcome.APPLIED, second.outcome(), second.toString());
            assertEquals(0, second.quarantined(), second.toString());
            assertEquals(1, second.of(Entity.USER).added());
            assertEquals(1, second.of(Entity.USER).removed());
            // The whole of it afterwards changes nothing: the delta said it all.
            Report again = take(intake, bytes(parcel(wire, Format.CSV, Optional.empty())));
            assertEquals(Report.Outcome.UNCHANGED, again.outcome(), again.toString());
        }
    }

    private static Report take(Intake intake, byte[] zip) {
        return intake.run(
                new Source.Held(zip),
                Options.of("test")
                        .keeping(Set.of("demo.birthdate", "demo.sex", "demo.race"))
                        .removing(Options.Removing.CONFIRMED),
                Progress.unwatched());
    }

    @Test
    @DisplayName("a role that is no more is taken back under the id it was told with")
    void rolesTakenBack() {
        Cursor before = now(Wire.V1P2, Format.CSV);
        someDays();
        var rows =
                files(bytes(parcel(Wire.V1P2, Format.CSV, Optional.of(before)))).get("roles");
        List<String> gone = rows.stream()
                .filter(row -> row.get("status").equals("tobedeleted"))
                .map(row -> row.get("sourcedId").substring(36))
                .sorted()
                .toList();
        assertEquals(List.of(".0", ".1"), gone, "of the pupil who left the only one, of the teacher the second");
    }

    @Test
    @DisplayName("the same edition makes the same bytes")
    void sameBytes() {
        byte[] once = bytes(parcel(Wire.V1P2, Format.CSV, Optional.empty()));
        house.clock.forward(Duration.ofMinutes(7));
        assertArrayEquals(once, bytes(parcel(Wire.V1P2, Format.CSV, Optional.empty())));
    }

    @Test
    @DisplayName("what did not change for the target is no delivery, whatever else changed")
    void nothing() {
        Cursor before = now(Wire.V1P2, Format.CSV);
        house.clock.forward(Duration.ofHours(1));
        world.student("elsewhere", "Somebody", "Else", "south", "06").commit();
        assertEquals(new Dispatch.Nothing(before), pack(Wire.V1P2, Format.CSV, Optional.of(before)));
        assertEquals(before, now(Wire.V1P2, Format.CSV));
    }

    @Test
    @DisplayName("word of a change has nothing of anybody in it, and nobody is named in its entry")
    void notice() {
        Parcel parcel = parcel(Wire.V1P2, Format.NOTICE, Optional.empty());
        String text = new String(bytes(parcel), StandardCharsets.UTF_8);
        assertEquals(
                "{\"event\":\"roster.changed\",\"rule\":\"everything\",\"at\":\"2026-10-05T06:30:00.000Z\","
                        + "\"collections\":[\"orgs\",\"academicSessions\",\"courses\",\"classes\",\"users\","
                        + "\"enrollments\",\"demographics\"]}",
                text);
        assertEquals(Map.of(), parcel.fields());
        Entry entry = house.account.entries().getLast();
        assertTrue(
                entry.persons() instanceof Entry.Persons.None && entry.fields().isEmpty());
        assertEquals("push", entry.channel());
    }

    @Test
    @DisplayName("every sheet is on record before its first byte, with whom it is about; unrecorded, nothing leaves")
    void recorded() {
        Parcel parcel = parcel(Wire.V1P2, Format.CSV, Optional.empty());
        assertThrows(DisclosureFault.class, () -> parcel.writeTo(new ByteArrayOutputStream()));
        int before = house.account.entries().size();
        bytes(parcel);
        List<Entry> entries =
                house.account.entries().subList(before, house.account.entries().size());
        assertEquals(8, entries.size());
        assertEquals(8, parcel.entries().size());
        Entry users = entries.stream()
                .filter(one -> one.endpoint().equals("/users.csv"))
                .findFirst()
                .orElseThrow();
        assertEquals(41, users.count());
        assertEquals(202, users.status());
        assertEquals("sync.example.org:443", users.source());
        assertTrue(users.fields().contains(Field.USER_GIVEN_NAME));
        assertFalse(users.fields().contains(Field.USER_USER_PROFILES));
        Parcel next = parcel(Wire.V1P2, Format.CSV, Optional.empty());
        house.account.failing(true);
        assertEquals(Optional.of(Reason.LEDGER_UNAVAILABLE), next.release());
    }

    @Test
    @DisplayName("an import on the way changes nothing of what is packed")
    void importMeanwhile() {
        byte[] before = bytes(parcel(Wire.V1P2, Format.JSON, Optional.empty()));
        Parcel parcel = parcel(Wire.V1P2, Format.JSON, Optional.empty());
        someDays();
        house.ask(Collection.USERS).text();
        world.sweep();
        assertArrayEquals(before, bytes(parcel));
        int held = world.openPins();
        packed.forEach(Parcel::close);
        assertTrue(world.openPins() < held);
    }

    @Test
    @DisplayName("whom a floor takes on the way breaks the delivery off, and is not in the next")
    void floors() {
        Parcel packed = parcel(Wire.V1P2, Format.CSV, Optional.empty());
        house.floors.withhold(Entity.USER, "s5");
        assertEquals(Optional.of(Reason.VIEW_NARROWED), packed.objection());
        assertEquals(Optional.of(Reason.VIEW_NARROWED), packed.release());
        Parcel fresh = parcel(Wire.V1P2, Format.CSV, Optional.empty());
        assertEquals(Optional.empty(), fresh.release());
        house.floors.withhold(Entity.USER, "s6");
        DisclosureFault fault = assertThrows(DisclosureFault.class, () -> fresh.writeTo(new ByteArrayOutputStream()));
        assertEquals(Optional.of(Reason.VIEW_NARROWED), fault.reason());
        var left = files(bytes(parcel(Wire.V1P2, Format.CSV, Optional.empty())));
        assertEquals(39, left.get("users").size());
        assertTrue(left.get("enrollments").size() == 39 && left.get("roles").size() == 40);
    }
}
