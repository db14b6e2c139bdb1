package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.log.Log;
import org.rosterkeep.oracle.OfficialApi;

/// What an approver is shown before signing, asked of a running appliance whose roster is made of canaries.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("A preview")
class PreviewTest {
    private static final String CANARY = "CANARY";
    private static final String RULE = "reading-names";

    private Home home;
    private Appliance appliance;
    private TrialFile trial;

    @BeforeAll
    void furnish(@TempDir Path directory) throws IOException {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), false);
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        var roster = directory.resolve("roster.zip");
        new MadeUpDistrict(MadeUpDistrict.Shape.of(80).schools(2).canary(true)).zip(roster);
        trial = new Trial(home, line -> {}, new SecureRandom(), Clock.systemUTC()).furnish(Optional.of(roster));
        ask("rule draft", anna().with("document", second()));
    }

    @AfterAll
    void close() {
        appliance.close();
    }

    private JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    private Common.Args anna() {
        var anna = trial.operators().getFirst();
        return new Common.Args().with("operator", anna.name()).with("password", anna.password());
    }

    private JsonObject preview(Common.Args args) {
        return ask("rule preview", args.with("id", RULE));
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /// The same rule, for teachers only, with a user name, whole family names and without given names.
    private String second() {
        var first = json(ask("rule show", new Common.Args().with("id", RULE)).getString("text"));
        var user = Json.createObjectBuilder(first.getJsonObject("fields").getJsonObject("user"))
                .remove("givenName")
                .add("familyName", "as-is")
                .add("username", "pseudonym");
        return Json.createObjectBuilder(first)
                .remove("version")
                // A running rule that gives more takes notice.
                .add("from", first.getString("until").substring(0, 8) + "01")
                .add(
                        "fields",
                        Json.createObjectBuilder(first.getJsonObject("fields")).add("user", user))
                .add(
                        "scope",
                        Json.createObjectBuilder(first.getJsonObject("scope"))
                                .add("roles", Json.createArrayBuilder(List.of("teacher"))))
                .add(
                        "justifications",
                        Json.createObjectBuilder(first.getJsonObject("justifications"))
                                .add("id.username", "Teachers are told apart by a pseudonym, not by their real name."))
                .build()
                .toString();
    }

    @Test
    @DisplayName("says what would change against the running version: fields, treatments, words and records")
    void difference() {
        var difference = preview(anna()).getJsonObject("difference");
        assertEquals(1, difference.getInt("running"));
        var fields = difference.getJsonObject("fields");
        assertEquals(Set.of("user.username"), fields.getJsonObject("added").keySet());
        assertEquals("[\"user.givenName\"]", fields.getJsonArray("removed").toString());
        assertEquals(
                Set.of("user.familyName"),
                fields.getJsonObject("treatedOtherwise").keySet());
        var words = difference.getJsonObject("rule");
        assertTrue(words.keySet().containsAll(Set.of("from", "scope", "justifications")), words.toString());
        var users = difference.getJsonObject("records").getJsonObject("users");
        assertTrue(users.getInt("go") > 0 && users.getInt("come") == 0, users.toString());
        assertEquals(users.getInt("now") - users.getInt("go"), users.getInt("then"));
    }

    @Test
    @DisplayName("counts what the door gives: its totals, and the records that come and go, one by one")
    void counts() {
        var preview = preview(anna().with("changes", true).with("records", 1000));
        var records = preview.getJsonObject("difference").getJsonObject("records");
        var collections = preview.getJsonObject("collections");
        for (var one : List.of("users", "classes", "enrollments", "orgs")) {
            assertEquals(
                    records.getJsonObject(one).getInt("then"),
                    collections.getJsonObject(one).getInt("total"),
                    one);
        }
        var changes = preview.getJsonObject("changes");
        for (var one : List.of("users", "enrollments")) {
            assertEquals(
                    records.getJsonObject(one).getInt("go"),
                    changes.getJsonObject(one).getInt("go"),
                    one);
            assertEquals(
                    Math.min(100, changes.getJsonObject(one).getInt("go")),
                    changes.getJsonObject(one).getJsonArray("going").size(),
                    one);
        }
        assertFalse(preview.toString().contains(CANARY));
    }

    @Test
    @DisplayName("shows five masked samples of each collection: valid by the standard, and no value of a person")
    void masked() throws IOException {
        var official = new OfficialApi();
        var masked = preview(anna());
        var full = preview(anna().with("full", true));
        assertTrue(masked.getBoolean("masked"));
        assertTrue(full.toString().contains(CANARY), "the canaries are there to be seen");
        assertFalse(masked.toString().contains(CANARY), masked.toString());
        for (var one : List.of("users", "classes", "enrollments", "orgs", "courses", "academicSessions")) {
            var samples = masked.getJsonObject("collections").getJsonObject(one).getJsonArray("records");
            assertTrue(!samples.isEmpty() && samples.size() <= 5, one + " " + samples.size());
            var body = Json.createObjectBuilder().add(one, samples).build().toString();
            assertEquals(List.of(), official.errors("/" + one, 200, body, false), one);
        }
        var values = new TreeSet<String>();
        full.getJsonObject("collections")
                .getJsonObject("users")
                .getJsonArray("records")
                .forEach(user -> texts(user.asJsonObject(), values));
        var text = masked.getJsonObject("collections").getJsonObject("users").toString();
        assertTrue(values.size() >= 6, values.toString());
        values.forEach(value -> assertFalse(text.contains('"' + value + '"'), value));
    }

    /// What a user's own properties say, without the standard's words and the references to places.
    private static void texts(JsonObject user, Set<String> into) {
        user.forEach((key, value) -> {
            if (value instanceof JsonString string
                    && !Set.of("status", "dateLastModified").contains(key)) {
                into.add(string.getString());
            }
            if (value instanceof JsonArray array && key.equals("agents")) {
                array.getValuesAs(JsonValue::toString).forEach(into::add);
            }
        });
        into.remove("false");
    }

    @Test
    @DisplayName("tells what stands against the version, by floor, with place and remedy")
    void problems() {
        var text = json(ask("rule show", new Common.Args().with("id", "library-nameless"))
                .getString("text"));
        assertEquals(
                0,
                ask("rule preview", anna().with("id", "library-nameless"))
                        .getJsonArray("problems")
                        .size(),
                text.toString());
        ask(
                "agreement end",
                new Common.Args().with("id", text.getString("agreement")).with("reason", "test"));
        var preview = ask("rule preview", anna().with("id", "library-nameless"));
        var problem = preview.getJsonArray("problems").getJsonObject(0);
        assertEquals("F03", problem.getString("floor"));
        assertEquals("/agreement", problem.getString("place"));
        assertEquals(
                0, preview.getJsonObject("collections").getJsonObject("users").getInt("total"));
    }

    @Test
    @DisplayName("names the fields the vendor says it needs and will not get, or will get changed")
    void needs() {
        var shown = ask("vendor show", new Common.Args().with("id", "reading-app"));
        var vendor = shown.get("vendor") instanceof JsonObject inner ? inner : shown;
        var document = Json.createObjectBuilder(vendor)
                .add("needs", Json.createArrayBuilder(List.of("user.givenName", "user.username", "class.title")))
                .build()
                .toString();
        ask("vendor put", anna().with("document", document));
        var needs = preview(anna()).getJsonObject("needs");
        assertEquals("[\"user.givenName\"]", needs.getJsonArray("notGiven").toString());
        assertEquals(Set.of("user.username"), needs.getJsonObject("treated").keySet());
    }

    @Test
    @DisplayName("is in the ledger whatever it shows")
    void recorded() {
        long before = previews();
        preview(anna().with("collection", "users"));
        assertEquals(before + 1, previews());
    }

    private long previews() {
        return ask("ledger list", new Common.Args().with("last", 1000))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .stream()
                .filter(entry -> entry.getString("kind").equals("disclosure"))
                .filter(entry ->
                        entry.getJsonObject("entry").getString("channel").equals("preview"))
                .count();
    }
}
