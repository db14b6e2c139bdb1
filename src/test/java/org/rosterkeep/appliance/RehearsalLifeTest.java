package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.log.Log;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.vendors.House;

/// How a rehearsal lives and ends, with a clock of the test's.
@DisplayName("A rehearsal's life")
class RehearsalLifeTest {
    private static final String RULE = "reading-names";
    private static final String NAME = "rehearsal-town-reading-names";

    private final HandClock clock = new HandClock(Instant.parse("2026-10-05T06:45:00Z"));
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private Home home;
    private Districts districts;
    private District town;

    @BeforeEach
    void found(@TempDir Path directory) throws IOException {
        home = new Home(directory.resolve("h"));
        home.make();
        var random = new SecureRandom();
        var log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), clock);
        districts = Districts.open(home, new Wiring(clock, random, log));
        town = districts.make(
                new DistrictName("town"), place -> UnsealingFile.create(District.unsealingFile(place), random));
        var sharing = TrialDocuments.sharings(List.of(new Schools.School("north", "North", 1)), true, clock.instant())
                .getFirst();
        var papers = town.rooms().book().papers();
        var profile = Json.createObjectBuilder()
                .add("legalName", "Town (made up)")
                .add("kind", "public-authority")
                .add("country", "US")
                .add("regimes", Json.createArrayBuilder(List.of("US-FERPA")))
                .add("localised", false)
                .build();
        Handed.in("district", papers.putController(bytes(profile.toString()), "test"));
        Handed.in("vendor", papers.putVendor(bytes(sharing.vendorFile()), "test"));
        Handed.in("agreement", papers.putAgreement(bytes(sharing.agreementFile()), "test"));
        Handed.in("rule", town.rooms().book().draft(bytes(sharing.ruleFile()), "anna", clock.instant()));
    }

    @AfterEach
    void close() {
        districts.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Rehearsal start() throws IOException {
        var version = town.rooms().book().newest(RULE, clock.instant());
        return districts.rehearsals().start(town, version, clock.instant()).rehearsal();
    }

    private Path directory() {
        return home.rehearsals(town.name()).resolve(RULE);
    }

    /// The users the twin's client gets, by id, all or those changed since.
    private TreeMap<String, JsonObject> users(Optional<String> since) throws IOException {
        return records(Collection.USERS, since);
    }

    private TreeMap<String, JsonObject> records(Collection collection, Optional<String> since) throws IOException {
        var house = assertInstanceOf(
                House.Open.class, districts.rehearsals().house(NAME).orElseThrow());
        var outcome = house.door()
                .ask(new Inquiry(
                        new Recipient.Vendor("reading-app-rehearsal"),
                        Wire.V1P2,
                        "/" + collection.segment(),
                        List.of(),
                        collection,
                        Optional.empty(),
                        since.map(then -> new Filter.Clause("dateLastModified", Filter.Op.GT, then)),
                        List.of(),
                        Optional.empty(),
                        false,
                        0,
                        10_000,
                        "https://rehearsal.invalid",
                        List.of(),
                        "192.0.2.1"));
        var granted = assertInstanceOf(Outcome.Granted.class, outcome);
        var body = new ByteArrayOutputStream();
        granted.disclosure().writeTo(body);
        var users = new TreeMap<String, JsonObject>();
        try (var reader = Json.createReader(new ByteArrayInputStream(body.toByteArray()))) {
            reader.readObject()
                    .getJsonArray(collection.entity().many())
                    .getValuesAs(JsonObject.class)
                    .forEach(user -> users.put(user.getString("sourcedId"), user));
        }
        return users;
    }

    @Test
    @DisplayName("begins with a draft: nobody has to have signed anything")
    void draft() throws IOException {
        start();
        assertTrue(users(Optional.empty()).size() > 40);
        assertEquals(
                Optional.empty(), districts.find(NAME), "it is no district, and the only district stays the only one");
        assertEquals(Optional.of(town), districts.only());
    }

    @Test
    @DisplayName(
            "shows a narrow scope as it is: its classes, its grades, its schools, and what is outside is not there")
    void narrow() throws IOException {
        var wide = text(
                town.rooms().book().newest(RULE, clock.instant()).proposal().text());
        var scope = Json.createObjectBuilder()
                .add("orgs", Json.createArrayBuilder(List.of("area-1", "area-2")))
                .add("subOrgs", true)
                .add("roles", Json.createArrayBuilder(List.of("student", "teacher")))
                .add("grades", Json.createArrayBuilder(List.of("02", "07")))
                .add("classes", Json.createArrayBuilder(List.of("k-1", "k-2", "k-3")));
        var narrow = Json.createObjectBuilder(wide)
                .remove("version")
                .remove("found")
                .add("scope", scope)
                .build();
        Handed.in("rule", town.rooms().book().draft(bytes(narrow.toString()), "anna", clock.instant()));
        start();
        assertEquals(3, records(Collection.CLASSES, Optional.empty()).size());
        var schools = records(Collection.SCHOOLS, Optional.empty());
        assertEquals(2 * districts.rehearsals().scale().subSchools(), schools.size());
        assertEquals(
                schools.size() + 2, records(Collection.ORGS, Optional.empty()).size());
        var grades = new java.util.TreeSet<String>();
        var students = records(Collection.STUDENTS, Optional.empty());
        students.values()
                .forEach(one -> one.getJsonArray("grades")
                        .getValuesAs(jakarta.json.JsonString::getString)
                        .forEach(grades::add));
        assertEquals(List.of("02", "07"), List.copyOf(grades));
        assertFalse(records(Collection.ENROLLMENTS, Optional.empty()).isEmpty());
        assertTrue(students.values().stream()
                .noneMatch(one -> one.getString("givenName").equals("Outside")));
    }

    private static JsonObject text(String text) {
        try (var reader = Json.createReader(new java.io.StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    @DisplayName("tells a change from the rest after housekeeping, too: a delta is not everybody")
    void deltas() throws IOException {
        var rehearsal = start();
        var before = users(Optional.empty());
        var newest = before.values().stream()
                .map(user -> user.getString("dateLastModified"))
                .max(String::compareTo);
        clock.forward(Duration.ofMinutes(2));
        districts.rehearsals().tidy(clock.instant());
        rehearsal.nextDay();
        districts.rehearsals().tidy(clock.instant());
        var changed = users(newest);
        assertFalse(changed.isEmpty());
        assertTrue(changed.size() < before.size() / 2, changed.size() + " of " + before.size());
    }

    @Test
    @DisplayName("is over at the very instant, and is then removed: report kept, end recorded")
    void over() throws IOException {
        var until = start().playing().until();
        clock.stand(until.minusSeconds(1));
        assertTrue(districts.rehearsals().house(NAME).isPresent());
        districts.rehearsals().tidy(clock.instant());
        assertTrue(Files.exists(directory()));
        clock.stand(until);
        assertTrue(districts.rehearsals().house(NAME).isEmpty());
        districts.rehearsals().tidy(clock.instant());
        assertFalse(Files.exists(directory()));
        assertEquals(
                RULE, districts.rehearsals().report(town, RULE).orElseThrow().getString("rule"));
        assertEquals(
                1,
                town.rooms()
                        .ledger()
                        .pages()
                        .newest(
                                one -> one instanceof org.rosterkeep.ledger.LedgerRecord.Act act
                                        && act.kind().equals("rehearsal.ended")
                                        && act.actor().equals("appliance"),
                                10)
                        .size());
    }

    @Test
    @DisplayName("ends at once although neither the ledger nor the shelf of the district can take a word of it")
    void endsAnyway() throws IOException {
        var rehearsal = start();
        town.rooms().ledger().close();
        var ended = districts.rehearsals().end(rehearsal, "anna");
        assertFalse(ended.recorded());
        assertTrue(districts.rehearsals().house(NAME).isEmpty());
        assertFalse(Files.exists(directory()));
    }

    @Test
    @DisplayName("waits while its district is sealed, and goes with it when that is disposed of")
    void goesWithItsDistrict() throws IOException {
        start();
        town.close();
        assertInstanceOf(House.Closed.class, districts.rehearsals().house(NAME).orElseThrow());
        town.unseal(new UnsealingFile(District.unsealingFile(town.directory())));
        assertTrue(users(Optional.empty()).size() > 40);
        districts.dispose(town);
        assertTrue(districts.rehearsals().house(NAME).isEmpty());
        assertFalse(Files.exists(home.rehearsals(town.name())));
    }

    @Test
    @DisplayName("comes to its last day and says so")
    void lastDay() throws IOException {
        var rehearsal = start();
        int last = districts.rehearsals().scale().scriptDaysMax();
        for (int day = 2; day <= last; day++) {
            rehearsal.nextDay();
        }
        assertEquals(last, rehearsal.playing().day());
        assertEquals(
                Exit.REFUSED, assertThrows(Trouble.class, rehearsal::nextDay).exit());
    }

    @Test
    @DisplayName("that was begun only by half is no reason not to start, and can be ended")
    void half() throws IOException {
        start();
        districts.close();
        Files.delete(directory().resolve("house.db"));
        districts =
                Districts.open(home, new Wiring(clock, new SecureRandom(), new Log(new PrintStream(logged), clock)));
        town = districts.find("town").orElseThrow();
        assertEquals("open", town.state().word());
        var broken = districts.rehearsals().find(town, RULE).orElseThrow();
        assertInstanceOf(House.Closed.class, districts.rehearsals().house(NAME).orElseThrow());
        districts.rehearsals().end(broken, "anna");
        assertFalse(Files.exists(directory()));
    }
}
