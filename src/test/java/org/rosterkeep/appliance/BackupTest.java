package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.backup.Life;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Rosterkeep;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.log.Log;
import org.rosterkeep.oracle.Pull;

/// Backups of a running trial, and what becomes of them: real files, real keys, vendors over HTTPS.
@DisplayName("A backup")
class BackupTest {
    private static final String DISTRICT = "demo";

    @TempDir
    private Path directory;

    private TrialRun run;
    private Path backups;
    private Path safes;
    private Path words;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        run = new TrialRun(directory, Optional.empty(), line -> {});
        backups = Files.createDirectory(directory.resolve("backups"));
        safes = Files.createDirectory(directory.resolve("safes"));
        Files.writeString(
                run.home().settings(),
                "backup-directory = " + backups + "\nsafe-directory = " + safes + "\nbackup-hour = 23\n",
                StandardOpenOption.APPEND);
        run.restart(() -> {});
        var kit = run.ask("key kit", run.as("anna"));
        var all = kit.getJsonArray("words").getValuesAs(JsonString::getString);
        var asked = kit.getJsonArray("asked").getValuesAs(JsonNumber::intValue).stream()
                .map(n -> all.get(n - 1))
                .toList();
        run.ask("key kit confirm", run.as("anna").with("words", String.join(" ", asked)));
        words = Files.writeString(directory.resolve("kit.txt"), String.join(" ", all) + "\n");
    }

    @AfterEach
    void close() {
        run.close();
    }

    private Path make() {
        var made = run.ask("backup make", new Common.Args());
        assertEquals("verified", made.getString("state"));
        return Path.of(made.getString("file"));
    }

    private int cli(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Rosterkeep.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int restore(Path file, Path home, String... more) {
        var all = new ArrayList<>(
                List.of("restore", file.toString(), "--home", home.toString(), "--kit-file", words.toString()));
        all.addAll(List.of(more));
        return cli(all.toArray(String[]::new));
    }

    /// Restores into the trial's own home while it is down.
    private void restored(Path file) {
        run.restart(() -> assertEquals(0, restore(file, run.home().directory()), err::toString));
    }

    private void accept() {
        var first = run.ask("restore accept", run.as("anna").with("reason", "looked through"));
        assertEquals(1, first.getInt("missing"));
        assertEquals(
                Exit.NEEDS_ANOTHER,
                run.refused("restore accept", run.as("anna").with("reason", "looked again"))
                        .exit());
        assertEquals(
                503,
                Pull.stranger(run.origin(), run.http())
                        .get(Pull.V1P2 + "/students")
                        .statusCode());
        run.ask("restore accept", run.as("ben").with("reason", "looked through"));
    }

    private long students(int vendor) {
        var answer = run.vendor(vendor).get(Pull.V1P2 + "/students?limit=10000");
        assertEquals(200, answer.statusCode(), answer.body());
        return Pull.records(answer.body()).getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("status").equals("active"))
                .count();
    }

    private void restrict(String person) {
        run.ask("person restrict", run.as("anna").with("person", person).with("reason", "made up"));
    }

    private JsonObject lastEntry(String person) {
        return run.ask("person show", run.as("anna").with("person", person))
                .getJsonArray("entries")
                .getValuesAs(JsonObject.class)
                .getLast();
    }

    private Path homeSafe() {
        return run.home().district(new DistrictName(DISTRICT)).resolve("safe");
    }

    private static void copy(Path from, Path to) {
        try {
            LiveDistrict.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("is one sealed file with an open header; it is read back, listed, verified and practised with")
    void made() throws IOException {
        var file = make();
        var head = new String(Files.readAllBytes(file), 0, 4096, StandardCharsets.ISO_8859_1);
        assertTrue(head.startsWith("rosterkeep-backup 1\n{") && head.contains("\"district\":\"demo\""), head);
        var whole = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(whole.contains("SQLite format 3") || whole.contains("rosterkeep-keys"));
        assertEquals(0, cli("backup", "verify", file.toString()), err::toString);
        var drilled = run.ask("backup drill", new Common.Args());
        assertTrue(drilled.containsKey("drilled"));
        var list = run.ask("backup list", new Common.Args());
        var one = list.getJsonArray("backups").getJsonObject(0);
        assertEquals("verified", one.getString("state"));
        assertEquals(2, one.getInt("keyPlaces"));
        assertTrue(list.getBoolean("safeCopied"));
        try (var left = Files.list(run.home().district(new DistrictName(DISTRICT)))) {
            assertTrue(left.noneMatch(path -> path.getFileName().toString().startsWith("backup-")));
        }
    }

    @Test
    @DisplayName(
            "restored, knows what was taken away after it, before anybody is answered; then a person lets it answer")
    void replayed() throws IOException {
        var gone = sample("student", 0);
        var objecting = sample("student", 1);
        var contesting = sample("student", 2);
        var first = students(0);
        var second = students(1);
        var file = make();
        restrict(gone);
        run.ask(
                "person object",
                run.as("anna")
                        .with("person", objecting)
                        .with("vendor", "reading-app")
                        .with("grounds", "made up"));
        run.ask("person optout", run.as("anna").with("person", contesting));
        run.ask("person leave", run.as("anna").with("person", contesting));
        assertEquals(first - 3, students(0));
        assertEquals(second - 2, students(1));

        restored(file);
        assertEquals(
                503,
                Pull.stranger(run.origin(), run.http())
                        .get(Pull.V1P2 + "/students")
                        .statusCode());
        assertEquals("failed", check("restored"));
        accept();
        assertEquals(first - 3, students(0));
        assertEquals(second - 2, students(1));
        assertEquals("restriction", lastEntry(gone).getString("what"));
        assertEquals("objection", lastEntry(objecting).getString("what"));
        assertEquals(
                List.of("directory-optout", "departure"),
                run
                        .ask("person show", run.as("anna").with("person", contesting))
                        .getJsonArray("entries")
                        .getValuesAs(JsonObject.class)
                        .stream()
                        .map(one -> one.getString("what"))
                        .toList());
        assertTrue(Files.isDirectory(run.home().directory().resolve("before-restore")));
        // And once more from the restored one: nothing is taken twice.
        make();
        restrict(sample("student", 3));
        assertEquals(first - 4, students(0));
    }

    @Test
    @DisplayName(
            "restored, stops again what was stopped since, shows what was sent since, and brings the certificates back")
    void stopped() throws IOException {
        var file = make();
        var vendors = run.file().vendors();
        assertTrue(students(0) > 0);
        run.ask(
                "rule suspend",
                new Common.Args().with("id", vendors.get(0).rule()).with("reason", "made up"));
        run.ask("vendor hold", new Common.Args().with("id", "reading-app").with("reason", "made up"));
        run.ask("client revoke", new Common.Args().with("id", vendors.get(1).clientId()));
        run.ask("guard profile", new Common.Args().with("freeze", true));
        run.ask("person strict", new Common.Args());
        var frozen = run.ask("guard profile", new Common.Args().with("show", true));
        var certificates = contents(run.home().tls());

        restored(file);
        var first = run.ask("restore accept", run.as("anna").with("reason", "looked through"));
        var sent = first.getJsonArray("sent").getValuesAs(JsonObject.class);
        assertEquals(
                List.of("reading-app"),
                sent.stream().map(one -> one.getString("vendor")).toList());
        assertTrue(sent.getFirst().getInt("answers") > 0);
        assertEquals(
                0,
                run.ask("restore accept", run.as("ben").with("reason", "looked through"))
                        .getInt("missing"));
        var district = run.ask("rule list", new Common.Args()).toString();
        assertTrue(district.toLowerCase(java.util.Locale.ROOT).contains("suspended"), district);
        var vendor = run.ask("vendor status", new Common.Args().with("id", "reading-app"));
        assertEquals("hold", vendor.getJsonArray("restraints").getJsonObject(0).getString("what"));
        var clients = run.ask("client list", new Common.Args())
                .getJsonArray("clients")
                .toString();
        assertTrue(clients.contains("\"revoked\":true"), clients);
        assertEquals(frozen, run.ask("guard profile", new Common.Args().with("show", true)));
        assertEquals(
                403,
                run.vendor(0).get(Pull.V1P2 + "/students").statusCode(),
                "neither the rule nor the vendor goes on by a restore");

        // On a machine that has none, the certificates come out of the backup.
        var other = directory.resolve("other");
        assertEquals(0, restore(file, other, "--safe", safes.toString()), err::toString);
        assertEquals(certificates, contents(other.resolve("tls")));
    }

    @Test
    @DisplayName("is restored without the erasure ledger only when somebody says so, and two people let it answer")
    void withoutErasures() throws IOException {
        var gone = sample("student", 0);
        var file = make();
        restrict(gone);
        var lost = directory.resolve("lost");
        copy(safes, lost);
        Files.delete(lost.resolve(DISTRICT).resolve("erasures"));
        var other = directory.resolve("other");
        assertEquals(4, restore(file, other, "--safe", lost.toString()), out::toString);
        assertTrue(err.toString().contains("ERASURES_OLD"), err.toString());
        assertEquals(0, restore(file, other, "--safe", lost.toString(), "--without-erasures"), err::toString);
        assertTrue(out.toString().contains("not proved"), out.toString());
        var restored = Restored.read(new Home(other).district(new DistrictName(DISTRICT)))
                .orElseThrow();
        assertFalse(restored.proved());
        assertEquals(List.of(), restored.accepted());

        Files.writeString(lost.resolve(DISTRICT).resolve("erasures"), "no line of ours\n");
        var third = directory.resolve("third");
        assertEquals(4, restore(file, third, "--safe", lost.toString()), out::toString);
        assertEquals(0, restore(file, third, "--safe", lost.toString(), "--without-erasures"), err::toString);
        assertTrue(Files.exists(new Home(third)
                .district(new DistrictName(DISTRICT))
                .resolve("safe")
                .resolve("erasures.damaged")));
    }

    private String check(String id) {
        return run.ask("doctor", new Common.Args()).getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(one -> one.getString("check").equals(id))
                .findFirst()
                .map(one -> one.getString("state"))
                .orElse("not there");
    }

    @Test
    @DisplayName("is not restored with yesterday's erasure ledger, with none, or without a witness; with today's it is")
    void currentLedger() throws IOException {
        var gone = sample("student", 0);
        restrict(sample("student", 4));
        var file = make();
        var yesterday = directory.resolve("yesterday");
        copy(safes, yesterday);
        restrict(gone);
        var other = directory.resolve("other");
        assertEquals(4, restore(file, other, "--safe", yesterday.toString()), out::toString);
        assertTrue(err.toString().contains("ERASURES_OLD"), err.toString());
        assertEquals(4, restore(file, other), out::toString);
        assertTrue(err.toString().contains("ERASURES_MISSING"), err.toString());
        assertFalse(Files.exists(other.resolve("districts").resolve(DISTRICT)));

        var alone = Files.createDirectory(directory.resolve("alone")).resolve(file.getFileName());
        Files.copy(file, alone);
        assertEquals(4, restore(alone, other, "--safe", safes.toString()), out::toString);
        assertTrue(err.toString().contains("ERASURES_OLD"), err.toString());
        var witness = run.ask("backup list", new Common.Args()).getString("witness");
        assertEquals(4, restore(alone, other, "--safe", yesterday.toString(), "--witness", witness), out::toString);
        var forged = witness.substring(0, witness.length() - 12) + "000000000000";
        assertEquals(4, restore(alone, other, "--safe", safes.toString(), "--witness", forged), out::toString);
        assertTrue(err.toString().contains("ERASURES_DAMAGED"), err.toString());
        assertEquals(0, restore(alone, other, "--safe", safes.toString(), "--witness", witness, "--dry-run"));
        assertFalse(Files.exists(other.resolve("districts").resolve(DISTRICT)));
        assertEquals(0, restore(alone, other, "--safe", safes.toString(), "--witness", witness), err::toString);
        // A second machine while the first one runs: nobody is answered there.
        assertTrue(Files.exists(Restored.file(new Home(other).district(new DistrictName(DISTRICT)))));
        // And with the same places it neither overwrites what the first one says there nor takes its keys away.
        restrict(sample("student", 5));
        make();
        var kept = contents(safes);
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        var wiring = new Wiring(Clock.systemUTC(), new SecureRandom(), log)
                .keeping(Settings.read(run.home().settings()).backups().places());
        try (var districts = Districts.open(new Home(other), wiring)) {
            assertFalse(districts.find(DISTRICT).orElseThrow().rooms().safe().copied());
        }
        assertEquals(kept, contents(safes));
    }

    @Test
    @DisplayName(
            "whose key was destroyed opens with nothing that is left: not with the kit, not with the district's keys")
    void destroyed() throws IOException {
        var file = make();
        var id = run.ask("backup list", new Common.Args())
                .getJsonArray("backups")
                .getJsonObject(0)
                .getString("id");
        var share = Files.readString(homeSafe().resolve("shares").resolve(id), StandardCharsets.US_ASCII)
                .lines()
                .findFirst()
                .orElseThrow();
        run.restart(() -> withBackups((backing, district) -> backing.expire(
                district.rooms(), Instant.now().plus(Life.shipped().most()))));
        try (var all = Files.walk(directory)) {
            for (var one : all.filter(Files::isRegularFile).toList()) {
                assertFalse(
                        new String(Files.readAllBytes(one), StandardCharsets.ISO_8859_1).contains(share),
                        one::toString);
            }
        }
        var trouble = run.refused("backup drill", new Common.Args().with("file", file.toString()));
        assertEquals(Exit.NOT_FOUND, trouble.exit());
        run.restart(() -> {
            assertEquals(4, restore(file, run.home().directory()), out::toString);
            assertTrue(err.toString().contains("SHARE_MISSING"), err.toString());
            assertEquals(4, restore(file, directory.resolve("other"), "--safe", safes.toString()), out::toString);
        });
        var list = run.ask("backup list", new Common.Args()).getJsonArray("backups");
        assertEquals("destroyed", list.getJsonObject(0).getString("state"));
        assertEquals(0, list.getJsonObject(0).getInt("keyPlaces"));
    }

    private static List<String> contents(Path below) throws IOException {
        try (var all = Files.walk(below)) {
            var contents = new ArrayList<String>();
            for (var one : all.filter(Files::isRegularFile).sorted().toList()) {
                contents.add(below.relativize(one) + " " + Files.readString(one, StandardCharsets.ISO_8859_1));
            }
            return contents;
        }
    }

    private interface Work {
        void with(Backups backups, District district);
    }

    /// The trial's districts without the appliance around them.
    private void withBackups(Work work) {
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        var settings = Settings.read(run.home().settings());
        var wiring = new Wiring(Clock.systemUTC(), new SecureRandom(), log)
                .keeping(settings.backups().places());
        try (var districts = Districts.open(run.home(), wiring)) {
            work.with(
                    new Backups(run.home(), settings, wiring, Life.shipped()),
                    districts.find(DISTRICT).orElseThrow());
        }
    }

    @Test
    @DisplayName("that was killed half-way leaves nothing: its part and its key go with the next one")
    void killed() throws IOException {
        var id = "20200101T000000Z-abcdef";
        var file = backups.resolve("rosterkeep-demo-" + id + ".rkb");
        Files.write(backups.resolve(file.getFileName() + ".part"), new byte[10_000]);
        run.restart(() -> withBackups((backing, district) -> {
            var now = Instant.now();
            district.rooms().safe().keep(id, new byte[32], now.plus(Duration.ofDays(1)));
            new Kept(id, now, now, file.toString(), 0, "K", Optional.empty(), Optional.empty(), 0, Optional.empty())
                    .put(district.rooms().vault());
        }));
        assertEquals(
                "unfinished",
                run.ask("backup list", new Common.Args())
                        .getJsonArray("backups")
                        .getJsonObject(0)
                        .getString("state"));
        make();
        assertFalse(Files.exists(backups.resolve(file.getFileName() + ".part")));
        assertFalse(Files.exists(homeSafe().resolve("shares").resolve(id)));
        assertFalse(Files.exists(safes.resolve(DISTRICT).resolve("shares").resolve(id)));
        assertEquals(
                1,
                run.ask("backup list", new Common.Args())
                        .getJsonArray("backups")
                        .size());
    }

    @Test
    @DisplayName("that is damaged, cut, newer, another file, or for another kit is refused by name; nothing is changed")
    void refused() throws IOException {
        var file = make();
        refusal("BACKUP_DAMAGED", file, raf -> {
            long middle = raf.length() / 2;
            raf.seek(middle);
            int there = raf.read();
            raf.seek(middle);
            raf.write(there ^ 1);
        });
        refusal("BACKUP_DAMAGED", file, raf -> raf.setLength(raf.length() - 100));
        refusal("BACKUP_DAMAGED", file, raf -> {
            raf.seek(60);
            raf.write('x');
        });
        refusal("NEWER_VERSION", file, raf -> {
            raf.seek("rosterkeep-backup ".length());
            raf.write('2');
        });
        refusal("NOT_A_BACKUP", file, raf -> raf.write("something else ".getBytes(StandardCharsets.US_ASCII)));
        var kit = run.ask("key kit", run.as("anna"));
        Files.writeString(words, String.join(" ", kit.getJsonArray("words").getValuesAs(JsonString::getString)) + "\n");
        assertEquals(4, restore(file, directory.resolve("other"), "--safe", safes.toString()), out::toString);
        assertTrue(
                err.toString().contains("WRONG_KIT") && err.toString().contains(kit.getString("kit")), err::toString);
        assertFalse(Files.exists(directory.resolve("other").resolve("districts").resolve(DISTRICT)));
    }

    private interface Change {
        void to(RandomAccessFile file) throws IOException;
    }

    private void refusal(String code, Path file, Change change) throws IOException {
        var copy = backups.resolve("changed.rkb");
        Files.copy(file, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var raf = new RandomAccessFile(copy.toFile(), "rw")) {
            change.to(raf);
        }
        assertEquals(4, restore(copy, directory.resolve("other"), "--safe", safes.toString()), out::toString);
        assertTrue(err.toString().contains(code), err.toString());
        assertEquals(4, cli("backup", "verify", copy.toString()), out::toString);
        assertFalse(Files.exists(directory.resolve("other").resolve("districts").resolve(DISTRICT)));
    }

    @Test
    @DisplayName("needs a confirmed kit; and the erasure ledger beside it names nobody")
    void namesNobody() throws IOException {
        var gone = sample("student", 0);
        restrict(gone);
        var ledger = Files.readString(homeSafe().resolve("erasures"), StandardCharsets.UTF_8);
        assertTrue(ledger.contains("\"kind\":\"restrict\""), ledger);
        assertFalse(ledger.contains(gone) || ledger.contains("made up") || ledger.contains("anna"), ledger);
        assertEquals(ledger, Files.readString(safes.resolve(DISTRICT).resolve("erasures"), StandardCharsets.UTF_8));
        run.ask(
                "district make",
                new Common.Args()
                        .with("name", "second")
                        .with("keyFile", true)
                        .with("country", "US")
                        .with("regimes", List.of("US-FERPA")));
        var trouble = run.refused("backup make", new Common.Args().with("district", "second"));
        assertEquals(Exit.REFUSED, trouble.exit());
        assertNotEquals(
                Files.readString(run.home().district(new DistrictName("second")).resolve("erasures.witness")),
                Files.readString(homeSafe().resolveSibling("erasures.witness")));
    }

    /// The sourcedId of the nth such role in the second school.
    private static String sample(String word, int nth) throws IOException {
        try (var zip =
                new ZipInputStream(Objects.requireNonNull(Trial.class.getResourceAsStream("sample-roster.zip")))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals("roles.csv")) {
                    var rows = new BufferedReader(new InputStreamReader(zip, StandardCharsets.UTF_8))
                            .lines()
                            .filter(row -> row.contains(word) && row.contains("s02"))
                            .toList();
                    return rows.get(nth).replace("\"", "").split(",", -1)[3];
                }
            }
        }
        throw new IOException("roles.csv");
    }
}
