package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.oracle.Pull;

/// What is decided about one person at the command line, as two vendors meet it over HTTPS: away when it is
/// decided, back
/// when only that is lifted.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleThroughTheDoorTest {
    private TrialRun run;
    private String pupil;
    private String klass;

    @BeforeAll
    void furnish(@TempDir Path directory) throws IOException {
        run = new TrialRun(directory, Optional.empty(), line -> {});
        pupil = sample("roles.csv", "student", "s02", 1);
        klass = sample("classes.csv", "k-s02", "s02", 0);
    }

    @AfterAll
    void close() {
        run.close();
    }

    @Test
    @DisplayName("F10: an objection takes the person from that vendor alone, until it is dismissed")
    void objection() {
        awayFor(List.of("person", pupil, "vendor", "reading-app", "grounds", "made up"), "person object", -1, 0);
    }

    @Test
    @DisplayName("F10: a restriction takes the person from every vendor, until it is lifted")
    void restriction() {
        awayFor(List.of("person", pupil, "reason", "made up"), "person restrict", -1, -1);
    }

    @Test
    @DisplayName("F19: who has left is given to nobody, until it turns out that they stay")
    void departure() {
        awayFor(List.of("person", pupil), "person leave", -1, -1);
    }

    @Test
    @DisplayName("F09: a directory opt-out does not touch a rule that rests on something else")
    void optOut() {
        awayFor(List.of("person", pupil), "person optout", 0, 0);
    }

    @Test
    @DisplayName("F16: a protected person is in no rule that tells where somebody is; it takes two to lift that")
    void protection() throws IOException {
        var hidden = sample("roles.csv", "student", "s02", 3);
        long before = students(0);
        ask("person protect", as("anna").with("person", hidden).with("reason", "made up"));
        assertEquals(before - 1, students(0));
        // Only who is named for it may see the dossier, and nobody was.
        assertEquals(
                Exit.REFUSED,
                refused("person show", as("anna").with("person", hidden)).exit());
        var listed = ask("person list", as("anna")).getJsonArray("people").getValuesAs(JsonObject.class);
        assertTrue(listed.stream().noneMatch(one -> one.getString("person").equals(hidden)));
    }

    @Test
    @DisplayName("F16: one signature does not lift a protection, the second does")
    void lifting() throws IOException {
        var other = sample("roles.csv", "student", "s02", 2);
        long before = students(0);
        ask(
                "person protect",
                as("anna").with("person", other).with("reason", "made up").with("named", List.of("anna", "ben")));
        assertEquals(before - 1, students(0));
        int number = last(other);
        assertEquals(
                Exit.NEEDS_ANOTHER,
                refused("person lift", lift("anna", other, number)).exit());
        assertEquals(before - 1, students(0));
        assertEquals(
                Exit.NEEDS_ANOTHER,
                refused("person lift", lift("anna", other, number)).exit());
        ask("person lift", lift("ben", other, number));
        assertEquals(before, students(0));
    }

    @Test
    @DisplayName("F18: a contested field is withheld of that person, the person stays")
    void contest() {
        long before = students(0);
        long withheld = withheldNames();
        ask(
                "person contest",
                as("anna").with("person", pupil).with("field", "user.givenName").with("grounds", "made up"));
        assertEquals(before, students(0));
        assertEquals(withheld + 1, withheldNames());
        ask("person lift", lift("anna", pupil, last(pupil)));
        assertEquals(withheld, withheldNames());
    }

    @Test
    @DisplayName("F17: a class that reveals something is absent from rules without that element")
    void revealing() {
        long before = count(0, "/classes");
        var one = as("anna").with("id", klass);
        ask("class reveal", one.with("element", "special.services").with("reason", "made up"));
        assertEquals(before - 1, count(0, "/classes"));
        ask("class conceal", as("anna").with("id", klass).with("number", 1).with("reason", "made up"));
        assertEquals(before, count(0, "/classes"));
    }

    @Test
    @DisplayName("somebody the roster never had is not found, and a list of opt-outs is taken whole or not at all")
    void unknown() {
        var nobody = as("anna").with("person", "nobody-of-that-name").with("reason", "made up");
        assertEquals(Exit.NOT_FOUND, refused("person restrict", nobody).exit());
        var list = as("anna").with("people", List.of(pupil, "nobody-of-that-name"));
        var trouble = refused("person optout", list);
        assertEquals(Exit.NOT_FOUND, trouble.exit());
        assertFalse(trouble.toString().contains("nobody-of-that-name"), trouble::toString);
    }

    @Test
    @DisplayName("F11: a consent is kept with everything about it in one step, and taken back in one")
    void consent() throws IOException {
        var other = sample("roles.csv", "student", "s02", 4);
        var soon = LocalDate.now(ZoneOffset.UTC).plusDays(9).toString();
        assertEquals(
                Exit.REFUSED,
                refused("person consent", given(other, "2099-01-01")).exit(),
                "far too long");
        assertEquals(2, ask("person consent", given(other, soon)).getInt("people"));
        var kept = entry(pupil);
        assertEquals("consent", kept.getString("what"));
        assertEquals("open", kept.getString("state"));
        assertEquals("reading-names", kept.getString("rule"));
        assertEquals("guardian", kept.getString("givenBy"));
        assertEquals("in person", kept.getString("identity"));
        assertEquals("v7", kept.getString("text"));
        assertTrue(kept.containsKey("given") && kept.containsKey("expires"));
        // Kept for the rule; taken back by the vendor and purpose the rule has.
        assertEquals(Exit.NOT_FOUND, refused("person withdraw", back("library")).exit());
        ask("person withdraw", back("instruction_content"));
        assertEquals("withdrawn", entry(pupil).getString("state"));
        assertEquals(
                Exit.NOT_FOUND,
                refused("person withdraw", back("instruction_content")).exit());
        assertEquals(
                Exit.WRONG_USE,
                refused("person consent", given(other, soon).with("vendor", "library"))
                        .exit());
        assertEquals(
                Exit.NOT_FOUND,
                refused(
                                "person withdraw",
                                as("anna").with("person", "nobody-of-that-name").with("all", true))
                        .exit());
    }

    private Common.Args given(String other, String until) {
        return as("anna")
                .with("people", List.of(pupil, other))
                .with("rule", "reading-names")
                .with("by", "guardian")
                .with("identity", "in person")
                .with("text", "v7")
                .with("until", until);
    }

    private Common.Args back(String purpose) {
        return as("anna").with("person", pupil).with("vendor", "reading-app").with("purpose", purpose);
    }

    private JsonObject entry(String person) {
        return ask("person show", as("anna").with("person", person))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .getLast();
    }

    private void awayFor(List<String> args, String verb, int first, int second) {
        long reading = students(0);
        long library = students(1);
        var given = as("anna");
        for (int n = 0; n < args.size(); n += 2) {
            given.with(args.get(n), args.get(n + 1));
        }
        ask(verb, given);
        assertEquals(reading + first, students(0), verb);
        assertEquals(library + second, students(1), verb);
        ask("person lift", lift("anna", pupil, last(pupil)));
        assertEquals(reading, students(0), verb);
        assertEquals(library, students(1), verb);
    }

    private Common.Args lift(String operator, String person, int number) {
        return as(operator).with("person", person).with("number", number).with("reason", "made up");
    }

    /// The number of the newest entry about a person.
    private int last(String person) {
        return ask("person show", as("anna").with("person", person))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .getLast()
                .getInt("number");
    }

    private long withheldNames() {
        var body = run.vendor(0).get(Pull.V1P2 + "/students?limit=10000").body();
        return Pull.records(body).getValuesAs(JsonObject.class).stream()
                .filter(user -> user.getString("givenName").equals("Withheld"))
                .count();
    }

    private long students(int vendor) {
        return count(vendor, "/students");
    }

    private long count(int vendor, String path) {
        var answer = run.vendor(vendor).get(Pull.V1P2 + path + "?limit=10000");
        assertEquals(200, answer.statusCode(), answer.body());
        return Pull.records(answer.body()).getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("status").equals("active"))
                .count();
    }

    private Common.Args as(String operator) {
        return run.as(operator);
    }

    private JsonObject ask(String verb, Common.Args args) {
        return run.ask(verb, args);
    }

    private Trouble refused(String verb, Common.Args args) {
        return run.refused(verb, args);
    }

    /// The first cell of the nth row that has these words.
    private static String sample(String file, String word, String org, int nth) throws IOException {
        try (var zip =
                new ZipInputStream(Objects.requireNonNull(Trial.class.getResourceAsStream("sample-roster.zip")))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(file)) {
                    var rows = new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8))
                            .lines()
                            .filter(row -> row.contains(word) && row.contains(org))
                            .toList();
                    var cells = rows.get(nth).replace("\"", "").split(",", -1);
                    return file.equals("roles.csv") ? cells[3] : cells[0];
                }
            }
        }
        throw new IOException(file);
    }
}
