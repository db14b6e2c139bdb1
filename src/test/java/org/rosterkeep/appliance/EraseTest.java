package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Rosterkeep;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.retention.DisposalPlan;
import org.rosterkeep.vault.Everything;

/// A student whose every value is one word, and what is left of that word: real databases, files, backups and vendors.
@DisplayName("An erased person")
class EraseTest {
    private static final String DISTRICT = "demo";

    @TempDir
    private Path directory;

    private TrialRun run;
    private Path backups;
    private Path safes;
    private Path words;
    private Path roster;
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        roster = Canary.zip(directory.resolve("roster.zip"), 1);
        run = new TrialRun(directory, Optional.of(roster), line -> {});
        backups = Files.createDirectory(directory.resolve("backups"));
        safes = Files.createDirectory(directory.resolve("safes"));
        Files.writeString(
                run.home().settings(),
                "backup-directory = " + backups + "\nsafe-directory = " + safes + "\nbackup-hour = 23\n",
                StandardOpenOption.APPEND);
        run.restart(() -> {});
    }

    @AfterEach
    void close() {
        run.close();
    }

    private void kit() throws IOException {
        var kit = run.ask("key kit", run.as("anna"));
        var all = kit.getJsonArray("words").getValuesAs(JsonString::getString);
        var asked = kit.getJsonArray("asked").getValuesAs(JsonNumber::intValue).stream()
                .map(n -> all.get(n - 1))
                .toList();
        run.ask("key kit confirm", run.as("anna").with("words", String.join(" ", asked)));
        words = Files.writeString(directory.resolve("kit.txt"), String.join(" ", all) + "\n");
    }

    private Path make() {
        return Path.of(run.ask("backup make", new Common.Args()).getString("file"));
    }

    private Path district() {
        return run.home().district(new DistrictName(DISTRICT));
    }

    private Common.Args about(String operator) {
        return run.as(operator).with("person", Canary.PERSON);
    }

    private Common.Args erasing(String operator) {
        return about(operator).with("ground", "asked").with("request", "R-1");
    }

    private JsonObject erase() {
        assertEquals(
                Exit.NEEDS_ANOTHER, run.refused("erase person", erasing("anna")).exit());
        return run.ask("erase person", erasing("ben"));
    }

    private JsonObject deliver(int turn) throws IOException {
        var file = Canary.zip(directory.resolve("turn-" + turn + ".zip"), turn);
        var report = run.ask("intake run", new Common.Args().with("file", file.toString()));
        Files.delete(file);
        return report;
    }

    private interface Look<T> {
        T at(Path district, KeyRing keys);
    }

    /// Looks into the stores while the appliance is down.
    private <T> T looking(Look<T> look) {
        var seen = new ArrayList<T>();
        run.restart(() -> {
            var keys = District.keys(district());
            try (var ring =
                    KeyRing.open(keys, new UnsealingFile(District.unsealingFile(district())), new SecureRandom())) {
                seen.add(look.at(district(), ring));
            }
        });
        return seen.getFirst();
    }

    /// Where the word is in the stores, opened.
    private static List<String> found(Path district, KeyRing keys) {
        return Everything.of(district, keys).stream()
                .flatMap(one -> Canary.in(one.plain()).map(how -> one.where() + ": " + how).stream())
                .toList();
    }

    private static List<Path> files(Path below) throws IOException {
        try (var all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /// What a district keeps only by a decision of two people.
    private void keepMore() {
        for (var element : List.of(
                "id.profiles", "id.state", "name.middle", "name.preferred", "name.pronouns", "demo.birthplace")) {
            for (var operator : List.of("anna", "ben")) {
                try {
                    run.ask(
                            "element keep",
                            run.as(operator).with("id", element).with("reason", "made up for this test"));
                } catch (Trouble another) {
                    assertEquals(Exit.NEEDS_ANOTHER, another.exit(), element + another.why());
                }
            }
        }
    }

    @Test
    @DisplayName("is in no row, document, log, freed page or file any more; only the erasure ledger has a tag")
    void gone() throws IOException {
        kit();
        keepMore();
        for (int turn = 2; turn <= 4; turn++) {
            assertEquals("applied", deliver(turn).getString("outcome"));
        }
        run.ask("person object", about("anna").with("everybody", true).with("grounds", Canary.WORD + " said so"));
        run.ask("person restrict", about("anna").with("reason", "asked by " + Canary.WORD));
        run.ask("person lift", about("anna").with("number", 1).with("reason", Canary.WORD + " took it back"));
        run.ask("person lift", about("anna").with("number", 2).with("reason", Canary.WORD + " took it back"));
        var before = looking(Everything::of);
        var held = before.stream()
                .filter(one -> Canary.in(one.plain()).isPresent())
                .toList();
        var places = new TreeSet<String>();
        held.forEach(one -> places.add(one.where()));
        assertTrue(places.contains("document"), places.toString());
        assertTrue(
                places.stream()
                                .filter(one -> one.startsWith("space 1 entity 5"))
                                .count()
                        >= 3,
                places.toString());
        assertTrue(places.stream().anyMatch(one -> one.startsWith("space 1 entity 6")), places.toString());
        assertTrue(places.stream().anyMatch(one -> one.startsWith("space 1 entity 7")), places.toString());
        var seen = pull(0, "/users?filter=givenName%3D%27QzxCanary4%27");
        assertTrue(seen.toLowerCase(java.util.Locale.ROOT).contains(Canary.WORD), seen);
        make();

        var plan = run.ask("erase plan", about("anna"));
        assertTrue(plan.getInt("records") > 3 && plan.getInt("entries") == 2, plan.toString());
        assertTrue(plan.getJsonArray("vendors").toString().contains("reading-app"), plan.toString());
        var done = erase();
        assertEquals("DONE", done.getString("state"));
        assertTrue(done.getJsonObject("counts").getInt("rows") > 6, done.toString());

        assertEquals(List.of(), raw(held));
        assertEquals(List.of(), looking(EraseTest::found));
        assertEquals(List.of(), raw(held));
        var tag = run.ask("erase certificate", run.as("anna").with("number", 1)).getString("tag");
        var ledger = Files.readString(district().resolve("safe").resolve("erasures"));
        assertTrue(ledger.contains("\"kind\":\"erase-person\",\"tag\":\"" + tag + "\""), ledger);

        vendors();
        again();
    }

    private String pull(int vendor, String what) {
        var answer = run.vendor(vendor).get(Pull.V1P2 + what);
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }

    /// The word, or what was sealed of it, in any file as it lies there. What a test delivers is not the appliance's.
    private List<String> raw(List<Everything.Piece> held) throws IOException {
        var found = new ArrayList<String>();
        for (var file : files(directory)) {
            if (file.equals(roster)) {
                continue;
            }
            var bytes = Files.readAllBytes(file);
            Canary.in(bytes).ifPresent(how -> found.add(file + ": " + how));
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            for (var one : held) {
                if (text.contains(new String(one.sealed(), StandardCharsets.ISO_8859_1))) {
                    found.add(file + ": sealed, of " + one.where());
                }
            }
        }
        return found;
    }

    @Test
    @DisplayName("is on no further page of a pull that is under way, and the pull goes on to its end")
    void underWay() {
        var vendor = run.vendor(0);
        var records = new ArrayList<JsonObject>();
        int total = 0;
        for (int offset = 0; offset == 0 || offset < total; offset += 10) {
            var answer = vendor.get(Pull.V1P2 + "/students?limit=10&offset=" + offset);
            assertEquals(200, answer.statusCode(), answer.body());
            total = Integer.parseInt(
                    answer.headers().firstValue("x-total-count").orElseThrow());
            if (offset == 0) {
                erase();
            } else {
                assertFalse(answer.body().toLowerCase(java.util.Locale.ROOT).contains(Canary.WORD));
            }
            records.addAll(Pull.records(answer.body()).getValuesAs(JsonObject.class));
        }
        assertTrue(records.size() >= total - 1, records.size() + " of " + total);
    }

    @Test
    @DisplayName("is sent to nobody any more: the push after it tells the vendor that they are gone, and no value")
    void pushed() throws Exception {
        try (var receiver = new Receiver(directory.resolve("vendor"))) {
            Files.copy(receiver.authority(), run.home().authorities());
            var rule = PushingDistrict.rule(
                            TrialDocuments.sharings(
                                            Schools.largestFirst(roster),
                                            false,
                                            java.time.Clock.systemUTC().instant())
                                    .getFirst()
                                    .ruleFile(),
                            "{\"kind\": \"https-json\", \"host\": \"localhost\", \"port\": " + receiver.port()
                                    + ", \"path\": \"/in\", \"internal\": true}",
                            "{\"everyMinutes\": 1}")
                    .replace("\"" + run.file().vendors().getFirst().rule() + "\"", "\"reading-push\"");
            run.ask("rule draft", run.as("anna").with("document", rule));
            run.ask("rule submit", run.as("anna").with("id", "reading-push"));
            if (run.ask("rule approve", run.as("ben").with("id", "reading-push"))
                            .getInt("missing")
                    > 0) {
                run.ask("rule approve", run.as("cleo").with("id", "reading-push"));
            }
            var first = new String(receiver.next().body(), StandardCharsets.UTF_8);
            assertTrue(first.toLowerCase(java.util.Locale.ROOT).contains(Canary.WORD));
            erase();
            // The minute has to pass; whoever waits asks for it now.
            run.ask("push now", run.as("anna").with("id", "reading-push"));
            var second = new String(receiver.next().body(), StandardCharsets.UTF_8);
            assertTrue(second.contains("tobedeleted"), second);
            assertFalse(second.toLowerCase(java.util.Locale.ROOT).contains(Canary.WORD), second);
        }
    }

    private void vendors() {
        var body = pull(0, "/users?limit=10000");
        assertFalse(body.toLowerCase(java.util.Locale.ROOT).contains(Canary.WORD));
        var exposure = run.ask("vendor exposure", new Common.Args().with("id", "reading-app"))
                .getJsonArray("exposure")
                .getJsonObject(0);
        var directive = exposure.getJsonArray("directives").getJsonObject(0);
        assertEquals("erasure", directive.getString("why"));
        assertEquals(1, directive.getInt("persons"));
    }

    /// The source system still has them.
    private void again() throws IOException {
        var report = deliver(5);
        assertEquals(1, report.getJsonObject("totals").getInt("person-erased"), report.toString());
        assertEquals(List.of(), looking(EraseTest::found));
        assertTrue(run.ask("doctor", new Common.Args()).toString().contains("erased"));
        assertEquals(Exit.REFUSED, run.refused("erase person", erasing("anna")).exit());
        run.ask("erase lift", about("anna").with("request", "R-2"));
        deliver(6);
        assertFalse(looking(EraseTest::found).isEmpty(), "who may come back comes back");
        assertEquals("DONE", erase().getString("state"));
        assertEquals(List.of(), looking(EraseTest::found));
    }

    @Test
    @DisplayName("does not come back with yesterday's backup: not one row, before anybody is answered")
    void restored() throws IOException {
        kit();
        var file = make();
        erase();
        run.restart(() -> assertEquals(0, restore(file), err::toString));
        assertEquals(
                503,
                Pull.stranger(run.origin(), run.http())
                        .get(Pull.V1P2 + "/students")
                        .statusCode());
        assertEquals(List.of(), looking(EraseTest::found));
        assertEquals(
                "DONE",
                run.ask("erase list", run.as("anna"))
                        .getJsonArray("erasures")
                        .getJsonObject(0)
                        .getString("state"));
        assertEquals(1, deliver(2).getJsonObject("totals").getInt("person-erased"));
        // What was there before the restore lies beside it, and it is no backup.
        assertTrue(run.ask("erase plan", about("anna"))
                .getJsonArray("against")
                .toString()
                .contains("before-restore"));
    }

    private int restore(Path file) {
        var arguments = new String[] {
            "restore", file.toString(), "--home", run.home().directory().toString(), "--kit-file", words.toString()
        };
        return Rosterkeep.commandLine(arguments)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    @DisplayName("takes two people, one of them a privacy officer, a word for a ground and a number without a name")
    void asked() {
        assertEquals(
                Exit.NOT_FOUND,
                run.refused("erase person", erasing("anna").with("person", "nobody-like-this"))
                        .exit());
        assertEquals(
                Exit.WRONG_USE,
                run.refused("erase person", erasing("anna").with("ground", "because"))
                        .exit());
        assertEquals(
                Exit.REFUSED,
                run.refused("erase person", erasing("anna").with("request", "letter of Mrs Doe"))
                        .exit());
        assertEquals(
                Exit.NEEDS_ANOTHER, run.refused("erase person", erasing("ben")).exit());
        assertEquals(
                Exit.NEEDS_ANOTHER, run.refused("erase person", erasing("ben")).exit());
        assertEquals(
                Exit.NEEDS_ANOTHER, run.refused("erase person", erasing("cleo")).exit());
        assertFalse(
                pull(0, "/users?limit=10000").toLowerCase(java.util.Locale.ROOT).contains(Canary.WORD));
        assertFalse(looking(EraseTest::found).isEmpty(), "two signatures without a privacy officer's erase nobody");
        assertEquals("DONE", run.ask("erase person", erasing("anna")).getString("state"));
    }

    @Test
    @DisplayName("is not erased while a legal hold is on, which two people lift")
    void hold() {
        run.ask("hold put", about("ben").with("matter", "24-CV-1"));
        assertTrue(run.ask("erase plan", about("anna"))
                .getJsonArray("against")
                .toString()
                .contains("legal hold"));
        assertEquals(Exit.REFUSED, run.refused("erase person", erasing("anna")).exit());
        assertEquals(Exit.NEEDS_ANOTHER, run.refused("hold lift", about("anna")).exit());
        assertEquals(Exit.NEEDS_ANOTHER, run.refused("hold lift", about("anna")).exit());
        assertEquals(Exit.REFUSED, run.refused("erase person", erasing("anna")).exit());
        run.ask("hold lift", about("ben"));
        assertEquals("DONE", erase().getString("state"));
    }

    @Test
    @DisplayName("has no value in a place that is not in the disposal plan: columns, blocks, documents and files")
    void planned() throws IOException {
        kit();
        make();
        run.ask("person restrict", about("anna").with("reason", "made up"));
        run.ask("hold put", run.as("ben").with("person", "p00014").with("matter", "24-CV-1"));
        erase();
        var plan = DisposalPlan.shipped();
        var problems = new TreeMap<String, String>();
        looking((district, keys) -> {
            Everything.spaces(district).forEach(one -> missing(plan, DisposalPlan.Kind.SPACE, one, problems));
            Everything.columns(district).forEach(one -> missing(plan, DisposalPlan.Kind.COLUMN, one, problems));
            var kinds = plan.all().stream()
                    .filter(one -> one.kind() == DisposalPlan.Kind.DOCUMENT)
                    .map(DisposalPlan.Place::name)
                    .toList();
            assertEquals(0, Everything.unknownKinds(district, keys, kinds));
            // The check can fail: a kind that is there and not in the plan is counted.
            assertEquals(
                    1,
                    Everything.unknownKinds(
                            district,
                            keys,
                            kinds.stream().filter(one -> !one.equals("erasure")).toList()));
            return true;
        });
        for (var file : files(run.home().directory())) {
            var name = run.home().directory().relativize(file);
            var matching = plan.all().stream()
                    .filter(one -> one.kind() == DisposalPlan.Kind.FILE)
                    .anyMatch(one -> java.nio.file.FileSystems.getDefault()
                            .getPathMatcher("glob:" + one.name())
                            .matches(name));
            if (!matching) {
                problems.put(name.toString(), "no such file in the plan");
            }
        }
        assertEquals(Map.of(), problems);
        try (var golden = EraseTest.class.getResourceAsStream("/golden/disposal-plan.txt")) {
            assertEquals(
                    new String(golden.readAllBytes(), StandardCharsets.UTF_8),
                    plan.all().stream()
                            .map(one -> one.kind() + " " + one.fate() + " " + one.line() + "\n")
                            .collect(Collectors.joining()));
        }
    }

    private static void missing(DisposalPlan plan, DisposalPlan.Kind kind, String name, Map<String, String> problems) {
        if (plan.find(kind, name).isEmpty()) {
            problems.put(name, "no such " + kind + " in the plan");
        }
    }
}
