package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.oracle.Pull;

/// The whole thread, as a newcomer meets it: a furnished trial, two vendors over HTTPS, the ledger, and the stops.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadTest {
    private TrialRun run;

    @BeforeAll
    void furnish(@TempDir Path directory) throws IOException {
        var told = new ArrayList<String>();
        run = new TrialRun(directory, Optional.empty(), told::add);
        assertTrue(told.size() >= 5, told.toString());
    }

    @AfterAll
    void close() {
        run.close();
    }

    private JsonObject ask(String verb, Common.Args args) {
        return run.ask(verb, args);
    }

    private static JsonObject json(String text) {
        return Pull.json(text);
    }

    private long total(HttpResponse<String> response) {
        assertEquals(200, response.statusCode(), response.body());
        return response.headers().firstValueAsLong("X-Total-Count").orElseThrow();
    }

    @Test
    @DisplayName("each vendor gets its own schools, fields and treatments, in both versions")
    void vendors() {
        var reading = run.vendor(0);
        var library = run.vendor(1);
        var names = reading.get(Pull.V1P2 + "/students?limit=1");
        var nameless = library.get(Pull.V1P2 + "/students?limit=1");
        assertTrue(total(names) < total(nameless));
        var first = json(names.body()).getJsonArray("users").getJsonObject(0);
        var second = json(nameless.body()).getJsonArray("users").getJsonObject(0);
        assertTrue(first.getString("familyName").matches("\\p{L}\\."), first.toString());
        assertFalse(first.containsKey("username"));
        assertEquals("Withheld", second.getString("familyName"));
        assertEquals(second.getString("sourcedId"), second.getString("username"));
        assertEquals(total(names), total(reading.get(Pull.V1P1 + "/students?limit=1")));
        assertEquals(403, reading.get(Pull.V1P2 + "/demographics").statusCode());
    }

    @Test
    @DisplayName("the ledger says who received a pupil's record, a preview shows the same, and an export verifies")
    void ledger() {
        assertTrue(total(run.vendor(1).get(Pull.V1P2 + "/users?limit=5000")) > 807);
        var received = ask("ledger person", as(anna()).with("person", "p00014")).getJsonArray("received");
        assertTrue(received.stream()
                .map(one -> one.asJsonObject())
                .anyMatch(one -> one.getJsonObject("entry").getString("vendor").equals("library")
                        && one.getBoolean("certain")
                        && one.getString("entity").equals("user")));
        assertTrue(ask("ledger verify", new Common.Args()).getBoolean("sound"));
    }

    @Test
    @DisplayName(
            "an incident is put on record by who may, counted by the register, and closed when nobody is left to tell")
    void incident() {
        assertTrue(total(run.vendor(1).get(Pull.V1P2 + "/users?limit=5000")) > 807);
        var summary = "A made-up laptop was stolen.";
        var opened = ask(
                "incident open",
                as(anna())
                        .with("kind", "confidentiality")
                        .with("summary", summary)
                        .with("vendors", List.of("library")));
        var id = opened.getString("incident");
        assertThrows(
                Trouble.class,
                () -> ask(
                        "incident open",
                        new Common.Args().with("kind", "confidentiality").with("summary", summary)),
                "it takes a person");
        var reach = ask("incident reach", as(anna()).with("vendor", "library"));
        assertEquals(
                ask("vendor exposure", new Common.Args().with("id", "library"))
                        .getJsonArray("exposure")
                        .getJsonObject(0)
                        .getInt("persons"),
                reach.getInt("people"));
        var later = as(anna()).with("vendor", "library").with("from", "2999-01-01");
        assertEquals(0, ask("incident reach", later).getInt("people"));
        ask(
                "incident say",
                as(anna())
                        .with("id", id)
                        .with("step", "counted")
                        .with("people", reach.getInt("people"))
                        .with("how", "incident reach"));
        var listed = ask("incident list", new Common.Args());
        assertFalse(listed.toString().contains("laptop"), "the machine's owner need not read it");
        assertFalse(ask("incident clocks", new Common.Args().with("id", id))
                .toString()
                .contains("laptop"));
        assertTrue(ask("incident close", as(anna()).with("id", id).with("lessons", "Locks."))
                .getBoolean("closed"));
    }

    private List<String> anna() {
        var anna = run.file().operators().getFirst();
        return List.of(anna.name(), anna.password());
    }

    private List<String> ben() {
        var ben = run.file().operators().get(1);
        return List.of(ben.name(), ben.password());
    }

    @Test
    @DisplayName("who may draft and approve still cannot approve their own: exit code 5, whereas the other one can")
    void twoPeople() {
        var both = List.of("privacy-officer", "approver");
        var cara = List.of("cara", "plum orbit canyon velvet");
        var dora = List.of("dora", "tulip anchor mirror socket");
        for (var one : List.of(cara, dora)) {
            ask(
                    "operator make",
                    as(anna()).with("name", one.getFirst()).with("roles", both).with("new", one.getLast()));
        }
        var text =
                ask("rule show", new Common.Args().with("id", "reading-names")).getString("text");
        var changed =
                Json.createObjectBuilder(json(text)).remove("version").build().toString();
        ask("rule draft", as(cara).with("document", changed));
        ask("rule submit", as(cara).with("id", "reading-names"));
        var trouble = assertThrows(Trouble.class, () -> ask("rule approve", as(cara).with("id", "reading-names")));
        assertEquals(Exit.NEEDS_ANOTHER, trouble.exit());
        assertEquals("submitted", stateOfSecond());
        ask("rule approve", as(dora).with("id", "reading-names"));
        assertEquals("submitted", stateOfSecond(), "many children take two approvers");
        ask("rule approve", as(ben()).with("id", "reading-names"));
        assertEquals("active", stateOfSecond());
    }

    @Test
    @DisplayName(
            "anybody freezes a vendor's view at once; to let it move again takes a person; nothing is held to release")
    void guard() {
        ask(
                "guard profile",
                new Common.Args().with("id", "term").with("freeze", true).with("vendor", "library"));
        var frozen = ask("guard list", new Common.Args());
        assertEquals("term", frozen.getString("profile"));
        assertEquals("freeze", frozen.getJsonObject("chosen").getString("library"));
        var term = new Common.Args().with("id", "term").with("vendor", "library");
        assertEquals(
                Exit.WRONG_USE,
                assertThrows(Trouble.class, () -> ask("guard profile", term)).exit());
        for (int times = 0; times < 2; times++) {
            assertEquals(
                    Exit.NEEDS_ANOTHER,
                    assertThrows(
                                    Trouble.class,
                                    () -> ask(
                                            "guard profile",
                                            as(anna()).with("id", "term").with("vendor", "library")))
                            .exit(),
                    "it loosens, and one person is one");
        }
        var shown = ask("guard profile", new Common.Args().with("show", true));
        assertEquals("freeze", shown.getJsonObject("chosen").getString("library"));
        assertEquals("term", shown.getJsonObject("waitingForAnother").getString("library"));
        assertEquals(3, shown.getJsonArray("profiles").size());
        ask("guard profile", as(ben()).with("id", "term").with("vendor", "library"));
        assertEquals(
                "term",
                ask("guard list", new Common.Args()).getJsonObject("chosen").getString("library"));
        assertEquals(
                Exit.NOT_FOUND,
                assertThrows(
                                Trouble.class,
                                () -> ask("guard release", as(anna()).with("id", "reading-names")))
                        .exit());
        assertEquals(
                0, ask("guard list", new Common.Args()).getJsonArray("holds").size());
    }

    private String stateOfSecond() {
        return ask("rule list", new Common.Args()).getJsonArray("rules").stream()
                .map(one -> one.asJsonObject())
                .filter(one -> one.getString("rule").equals("reading-names") && one.getInt("version") == 2)
                .findFirst()
                .orElseThrow()
                .getString("state");
    }

    private static Common.Args as(List<String> who) {
        return new Common.Args().with("operator", who.getFirst()).with("password", who.getLast());
    }

    @Test
    @DisplayName("a district that the law does not fit is not made, not even by half")
    void unfit() {
        var args = new Common.Args()
                .with("name", "nowhere")
                .with("country", "XX")
                .with("regimes", List.of("US-FERPA"))
                .with("keyFile", true);
        assertThrows(Trouble.class, () -> ask("district make", args));
        assertFalse(Files.exists(run.home().district(new DistrictName("nowhere"))));
        assertEquals(
                1,
                ask("district list", new Common.Args())
                        .getJsonArray("districts")
                        .size());
    }

    @Test
    @DisplayName("a district whose roster is gone from the disk is blocked, never opened as an empty one")
    void gone() {
        var in = "shelbyville";
        ask(
                "district make",
                new Common.Args()
                        .with("name", in)
                        .with("country", "US")
                        .with("regimes", List.of("US-FERPA"))
                        .with("keyFile", true));
        var roster = run.home().district(new DistrictName(in)).resolve("roster.db");
        run.restart(() -> assertDoesNotThrow(() -> Files.delete(roster)));
        var blocked = assertThrows(Trouble.class, () -> ask("rule list", new Common.Args().with("district", in)));
        assertEquals(Exit.FAILED, blocked.exit());
        assertFalse(Files.exists(roster));
        ask(
                "district dispose",
                new Common.Args().with("name", in).with("again", in).with("reason", "test"));
    }

    private static Common.Args springfield(String passphrase) {
        return new Common.Args()
                .with("name", "springfield")
                .with("country", "US")
                .with("regimes", List.of("US-FERPA"))
                .with("passphrase", passphrase);
    }

    @Test
    @DisplayName(
            "a sealed district answers vendors with 503 and people with exit code 7, until its passphrase is given")
    void sealed() {
        var tooShort = assertThrows(Trouble.class, () -> ask("district make", springfield("horse battery")));
        assertEquals(Exit.WRONG_USE, tooShort.exit());
        ask("district make", springfield("correct horse battery staple"));
        run.restart(() -> {});
        var in = "springfield";
        var stranger = Pull.stranger(run.origin(), run.http());
        var path = "/" + in + Pull.V1P2 + "/users";
        assertEquals(503, stranger.get(path).statusCode());
        var sealed = assertThrows(Trouble.class, () -> ask("rule list", new Common.Args().with("district", in)));
        assertEquals(Exit.SEALED, sealed.exit());
        var wrong = assertThrows(
                Trouble.class,
                () -> ask("key unseal", new Common.Args().with("district", in).with("passphrase", "wrong")));
        assertEquals(Exit.REFUSED, wrong.exit());
        ask("key unseal", new Common.Args().with("district", in).with("passphrase", "correct horse battery staple"));
        assertEquals(401, stranger.get(path).statusCode());
        ask(
                "district dispose",
                new Common.Args().with("name", in).with("again", in).with("reason", "test"));
        assertFalse(Files.exists(run.home().district(new DistrictName(in))));
    }
}
