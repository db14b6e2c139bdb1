package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Packs and the profile, asked of a running appliance with the trial's rules")
class ProfileVerbsTest {
    private Home home;
    private Appliance appliance;
    private TrialFile trial;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), true);
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        trial = new Trial(home, line -> {}, new SecureRandom(), Clock.systemUTC()).furnish(Optional.empty());
    }

    @AfterAll
    void close() {
        appliance.close();
    }

    private Common.Args as(int operator) {
        var one = trial.operators().get(operator);
        return args().with("operator", one.name()).with("password", one.password());
    }

    private static Common.Args args() {
        return new Common.Args().with("district", Trial.DISTRICT);
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private Trouble refused(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args), verb);
    }

    private boolean active() {
        return ask("rule list", args()).getJsonArray("rules").getValuesAs(JsonObject.class).stream()
                .allMatch(one -> one.getString("hindrance").isEmpty()
                        && one.getString("state").equals("active"));
    }

    @Test
    @DisplayName("what a pack would stop is shown first, stops on confirm, and goes on when two people turn it off")
    void packs() {
        assertTrue(active());
        int stops = ask("pack check", args().with("id", "US-NY"))
                .getJsonArray("stops")
                .size();
        assertEquals(4, stops, "two rules and two agreements");
        var first = refused("pack on", as(0).with("id", "US-NY"));
        assertEquals(Exit.REFUSED, first.exit());
        assertTrue(first.why().contains("supplemental_information"), first.why());
        assertTrue(active());
        ask("pack on", as(0).with("id", "US-NY").with("confirm", true));
        assertFalse(active());
        assertEquals(
                Exit.NEEDS_ANOTHER,
                refused("pack off", as(0).with("id", "US-NY")).exit());
        assertEquals(
                Exit.NEEDS_ANOTHER,
                refused("pack off", as(0).with("id", "US-NY")).exit());
        assertFalse(active());
        ask("pack off", as(1).with("id", "US-NY"));
        assertTrue(active());
    }

    @Test
    @DisplayName("the profile that is shown can be put again; one that stops something says so first")
    void profile() {
        var shown = ask("district profile show", args());
        ask("district profile put", as(0).with("document", shown.toString()));
        var other = shown.toString().replace("US-FERPA", "EU");
        assertEquals(
                4,
                ask("district profile check", args().with("document", other))
                        .getJsonArray("stops")
                        .size());
        assertEquals(
                Exit.REFUSED,
                refused("district profile put", as(0).with("document", other)).exit());
        assertEquals(shown, ask("district profile show", args()));
    }

    private String kept(String element) {
        return ask("element list", args()).getJsonArray("elements").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("element").equals(element))
                .map(one -> one.getString("kept"))
                .findFirst()
                .orElseThrow();
    }

    private Common.Args middle(int operator) {
        return as(operator).with("id", "name.middle").with("reason", "Two children of one class share a name.");
    }

    @Test
    @DisplayName("one more element is kept when two people say so and why; one less takes one; some are never kept")
    void elements() {
        assertEquals("no", kept("name.middle"));
        assertEquals(Exit.NEEDS_ANOTHER, refused("element keep", middle(0)).exit());
        assertEquals(Exit.NEEDS_ANOTHER, refused("element keep", middle(0)).exit(), "not twice the same person");
        assertEquals("no", kept("name.middle"));
        ask("element keep", middle(1));
        assertEquals("decided", kept("name.middle"));
        ask("element leave", as(0).with("id", "name.middle"));
        assertEquals("no", kept("name.middle"));
        assertEquals(
                Exit.REFUSED,
                refused("element keep", as(0).with("id", "id.password").with("reason", "We want to see it."))
                        .exit());
        assertTrue(refused("element keep", as(0).with("id", "name.midle").with("reason", "We want to see it."))
                .todo()
                .contains("name.middle"));
        assertEquals(
                Exit.REFUSED,
                refused("element keep", as(0).with("id", "name.middle").with("reason", "short"))
                        .exit());
    }

    @Test
    @DisplayName("a pack that does not exist is told with its neighbour, and the only law cannot be turned off")
    void unknown() {
        assertTrue(refused("pack check", args().with("id", "US-NI")).todo().contains("US-NY"));
        assertEquals(
                Exit.WRONG_USE,
                refused("pack off", as(0).with("id", "US-FERPA")).exit());
        assertEquals(12, ask("pack list", args()).getJsonArray("packs").size());
        assertTrue(ask("pack show", args().with("id", "US-UT")).toString().contains("student-data-manager"));
    }
}
