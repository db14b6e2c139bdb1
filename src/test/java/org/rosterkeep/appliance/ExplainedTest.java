package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.Role;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.entitlement.Standing;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Log;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Recipient;

/// What `rule explain` says, held against what the gate does.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainedTest {
    private static final char[] PASSWORD = "plum orbit canyon velvet".toCharArray();
    private static final List<String> CLIENTS = List.of("c-school", "c-grade", "c-class", "c-teachers");
    private static final int PERSONS = 24;

    private final Clock clock = Clock.systemUTC();
    private Rooms rooms;

    @BeforeAll
    void furnish(@TempDir Path directory) throws IOException {
        var random = new SecureRandom();
        var log = new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), clock);
        var home = Files.createDirectory(directory.resolve("d"));
        Files.createDirectory(home.resolve("keys"));
        rooms = District.make(
                        new DistrictName("d"),
                        home,
                        UnsealingFile.create(District.unsealingFile(home), random),
                        new Wiring(clock, random, log))
                .rooms();
        Handed.in(
                "district",
                rooms.book()
                        .papers()
                        .putController(
                                bytes(Json.createObjectBuilder()
                                        .add("legalName", "District (made up)")
                                        .add("kind", "public-authority")
                                        .add("country", "US")
                                        .add("regimes", list("US-FERPA"))
                                        .add("localised", false)
                                        .build()),
                                "test"));
        var folder = Files.createDirectory(directory.resolve("roster"));
        roster(folder);
        rooms.intake().run(Source.at(folder), Options.of("test"), Progress.unwatched());
        rooms.operators().make("anna", PASSWORD, Set.of(Role.PRIVACY_OFFICER), "test", clock.instant());
        rooms.operators().make("ben", PASSWORD, Set.of(Role.APPROVER), "test", clock.instant());
        rooms.operators().make("cleo", PASSWORD, Set.of(Role.APPROVER), "test", clock.instant());
        try (var anna = rooms.operators()
                        .signIn("anna", PASSWORD, clock.instant())
                        .orElseThrow();
                var ben = rooms.operators()
                        .signIn("ben", PASSWORD, clock.instant())
                        .orElseThrow();
                var cleo = rooms.operators()
                        .signIn("cleo", PASSWORD, clock.instant())
                        .orElseThrow()) {
            for (var client : CLIENTS) {
                var sharing = TrialDocuments.sharings(
                                List.of(new Schools.School("north", "North", 1)), true, clock.instant())
                        .getFirst();
                var vendor = renamed(sharing.vendorFile(), client);
                var agreement = renamed(sharing.agreementFile(), client);
                var rule = edited(renamed(sharing.ruleFile(), client), client);
                Handed.in("vendor", rooms.book().papers().putVendor(bytes(vendor), "anna"));
                Handed.in("agreement", rooms.book().papers().putAgreement(bytes(agreement), "anna"));
                var proposal = Handed.in("rule", rooms.book().draft(bytes(rule), "anna", clock.instant()));
                int needed = rooms.book()
                        .submit(proposal.rule().id(), 1, anna, clock.instant())
                        .approversNeeded();
                for (var approver : List.of(ben, cleo).subList(0, needed)) {
                    rooms.book().approve(proposal.rule().id(), 1, approver, clock.instant());
                }
                rooms.clients().make(Client.Wanted.everything(client, client, "r-" + client), "anna", clock.instant());
            }
        }
    }

    @AfterAll
    void close() {
        rooms.close();
    }

    private static byte[] bytes(JsonObject json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject renamed(String text, String client) {
        var other = text.replace("\"reading-names\"", "\"r-" + client + "\"")
                .replace("\"reading-app\"", "\"" + client + "\"")
                .replace("\"reading-app-agreement\"", "\"" + client + "-agreement\"");
        try (var reader = Json.createReader(new StringReader(other))) {
            return reader.readObject();
        }
    }

    /// Four scopes, each narrower in another way.
    private static JsonObject edited(JsonObject rule, String client) {
        JsonObjectBuilder scope =
                Json.createObjectBuilder().add("orgs", list("north")).add("subOrgs", false);
        switch (client) {
            case "c-school" -> scope.add("roles", list("student", "teacher"));
            case "c-grade" -> scope.add("roles", list("student", "teacher")).add("grades", list("05"));
            case "c-class" -> scope.add("roles", list("student", "teacher")).add("classes", list("class-0"));
            default -> scope.add("roles", list("teacher"));
        }
        return Json.createObjectBuilder(rule).add("scope", scope).build();
    }

    private static JsonArrayBuilder list(String... words) {
        return Json.createArrayBuilder(List.of(words));
    }

    /// Two schools, pupils of two grades, every second one enrolled, teachers, and one aide.
    private static void roster(Path folder) throws IOException {
        var users = new ArrayList<String>();
        var enrollments = new ArrayList<String>();
        users.add("sourcedId,enabledUser,orgSourcedIds,role,username,givenName,familyName,grades");
        enrollments.add("sourcedId,classSourcedId,schoolSourcedId,userSourcedId,role,primary");
        for (int n = 0; n < PERSONS; n++) {
            var school = n % 4 == 3 ? "south" : "north";
            var role = n % 6 == 5 ? "teacher" : n % 12 == 6 ? "aide" : "student";
            users.add("p" + n + ",true," + school + "," + role + ",u" + n + ",Given" + n + ",Family" + n + ","
                    + (role.equals("student") ? n % 3 == 0 ? "05" : "06" : ""));
            if (n % 2 == 1 || n % 5 == 0) {
                enrollments.add("e" + n + ",class-" + (school.equals("north") ? n % 2 : 2) + "," + school + ",p" + n
                        + "," + (role.equals("aide") ? "teacher" : role) + ",");
            }
        }
        write(
                folder,
                "manifest",
                "propertyName,value",
                "manifest.version,1.0",
                "oneroster.version,1.1",
                "file.academicSessions,bulk",
                "file.categories,absent",
                "file.classes,bulk",
                "file.classResources,absent",
                "file.courses,bulk",
                "file.courseResources,absent",
                "file.demographics,absent",
                "file.enrollments,bulk",
                "file.lineItems,absent",
                "file.orgs,bulk",
                "file.resources,absent",
                "file.results,absent",
                "file.users,bulk");
        write(folder, "orgs", "sourcedId,name,type", "north,North,school", "south,South,school");
        write(
                folder,
                "academicSessions",
                "sourcedId,title,type,startDate,endDate,schoolYear",
                "term,Autumn,term,2026-08-01,2026-12-20,2027");
        write(folder, "courses", "sourcedId,title,orgSourcedId", "course-n,Reading,north", "course-s,Reading,south");
        write(
                folder,
                "classes",
                "sourcedId,title,courseSourcedId,classType,schoolSourcedId,termSourcedIds",
                "class-0,Reading 0,course-n,scheduled,north,term",
                "class-1,Reading 1,course-n,scheduled,north,term",
                "class-2,Reading 2,course-s,scheduled,south,term");
        write(folder, "users", users.toArray(String[]::new));
        write(folder, "enrollments", enrollments.toArray(String[]::new));
    }

    private static void write(Path folder, String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name + ".csv"), String.join("\n", lines) + "\n");
    }

    /// What the gate gives this client, by the record's outward id.
    private Map<String, JsonObject> pulled(String client, Collection collection) {
        var outcome = rooms.gate()
                .ask(new Inquiry(
                        new Recipient.Vendor(client),
                        Wire.V1P2,
                        "/" + collection.segment(),
                        List.of(),
                        collection,
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        false,
                        0,
                        1_000,
                        "https://test.invalid",
                        List.of(),
                        "local"));
        var records = new HashMap<String, JsonObject>();
        if (outcome instanceof Outcome.Refused) {
            return records;
        }
        var out = new ByteArrayOutputStream();
        try {
            assertInstanceOf(Outcome.Granted.class, outcome).disclosure().writeTo(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (var reader = Json.createReader(new ByteArrayInputStream(out.toByteArray()))) {
            JsonArray all = reader.readObject().getJsonArray(collection.entity().many());
            all.getValuesAs(JsonObject.class).forEach(one -> records.put(one.getString("sourcedId"), one));
        }
        return records;
    }

    private static Optional<JsonObject> record(String person, Map<String, JsonObject> users) {
        var number = person.substring(1);
        return users.values().stream()
                .filter(one -> one.getString("givenName").equals("Given" + number))
                .findFirst();
    }

    @Test
    @DisplayName(
            "says of a few hundred persons and fields what the gate does, and names the part of the scope that fails")
    void equal() {
        long seed = 20_261_123L;
        var random = new Random(seed);
        var fields = List.of(
                "user.givenName",
                "user.familyName",
                "user.username",
                "user.email",
                "user.grades",
                "user.roles",
                "enrollment.role",
                "enrollment.user",
                "demographics.sex");
        var seen = EnumSet.noneOf(Standing.class);
        int given = 0;
        for (var client : CLIENTS) {
            var users = pulled(client, Collection.USERS);
            var enrollments = pulled(client, Collection.ENROLLMENTS);
            var demographics = pulled(client, Collection.DEMOGRAPHICS);
            assertTrue(demographics.isEmpty());
            for (int n = 0; n < 120; n++) {
                int number = random.nextInt(PERSONS + 2);
                var person = "p" + number;
                var path = fields.get(random.nextInt(fields.size()));
                var field = AskedField.of(path);
                var explained = Explained.of(rooms, client, SourcedId.of(person), field, clock.instant());
                var what = "seed " + seed + ": " + client + " " + person + " " + path + ": " + explained.sentence();
                var record = record(person, users);
                boolean leaves = field.entity() == Entity.USER
                        ? record.filter(one -> holds(one, field, number)).isPresent()
                        : field.entity() == Entity.ENROLLMENT
                                && record.map(user -> enrollments.values().stream()
                                                .anyMatch(one -> one.getJsonObject("user")
                                                                .getString("sourcedId")
                                                                .equals(user.getString("sourcedId"))
                                                        && one.containsKey(field.wire())))
                                        .orElse(false);
                boolean sourceHas = field != Field.USER_GRADES || number % 6 != 5 && number % 12 != 6;
                if (sourceHas) {
                    assertEquals(leaves, explained.given(), what);
                }
                explained.scope().ifPresent(seen::add);
                given += explained.given() ? 1 : 0;
                explained.scope().ifPresent(standing -> assertEquals(truth(client, number), standing, what));
                assertTrue(explained.rule().isPresent(), what);
                assertTrue(explained.edition().orElse(1L) == 1, what);
            }
        }
        assertEquals(EnumSet.allOf(Standing.class), seen);
        assertTrue(given > 50, "given: " + given);
    }

    private static boolean holds(JsonObject record, Field field, int number) {
        if (!record.containsKey(field.wire())) {
            return false;
        }
        return switch (field) {
            case USER_FAMILY_NAME -> record.getString("familyName").equals("F.");
            case USER_USERNAME -> record.getString("username").equals("u" + number);
            default ->
                !(record.get(field.wire()) instanceof JsonString text
                        && text.getString().equals("Withheld"));
        };
    }

    /// By the roster's making.
    private static Standing truth(String client, int n) {
        if (n >= PERSONS) {
            return Standing.NOT_IN_ROSTER;
        }
        var role = n % 6 == 5 ? "teacher" : n % 12 == 6 ? "aide" : "student";
        if (role.equals("aide") || role.equals("student") && client.equals("c-teachers")) {
            return Standing.ROLE;
        }
        if (n % 4 == 3) {
            return Standing.ORG;
        }
        if (client.equals("c-grade") && role.equals("student") && n % 3 != 0) {
            return Standing.GRADE;
        }
        boolean inClass = n % 2 == 0 && n % 5 == 0;
        return client.equals("c-class") && !inClass ? Standing.CLASS : Standing.INSIDE;
    }

    @Test
    @DisplayName("a rule that stopped, a client that nobody made, and a field nobody knows are told apart")
    void others() {
        var field = AskedField.of("user.givenName");
        var unknown = Explained.of(rooms, "nobody", SourcedId.of("p1"), field, clock.instant());
        assertEquals("No: there is no client of this name, or it is revoked.", unknown.sentence());
        rooms.book().suspend("r-c-teachers", "test", clock.instant());
        var stopped = Explained.of(rooms, "c-teachers", SourcedId.of("p5"), field, clock.instant());
        assertTrue(!stopped.given() && stopped.sentence().contains("suspended"), stopped.sentence());
        assertTrue(ExplainVerbs.present(rooms, "c-teachers", SourcedId.of("p5"), field, clock.instant())
                .reasons()
                .getFirst()
                .contains("gives user.givenName"));
    }
}
