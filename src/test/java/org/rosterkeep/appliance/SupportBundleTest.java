package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Rosterkeep;

/// A district full of marks, and none of them in what it hands to whoever helps.
@DisplayName("The support bundle")
@Timeout(300)
class SupportBundleTest {
    /// Columns of people in which any text may stand.
    private static final Set<String> FREE = Set.of(
            "username",
            "userIds",
            "givenName",
            "familyName",
            "middleName",
            "identifier",
            "email",
            "sms",
            "phone",
            "password",
            "preferredFirstName",
            "preferredMiddleName",
            "preferredLastName",
            "pronouns",
            "userMasterIdentifier",
            "resourceIds",
            "profileType",
            "description",
            "credentialType",
            "cityOfBirth");

    private final Set<String> canaries = new TreeSet<>();

    /// The made-up roster, with a mark of its own in every such cell of the first people, and their ids marked.
    private Path marked(Path directory) throws IOException {
        var made = new MadeUpRoster(
                        RehearsalScale.shipped(),
                        WithholdingsTest.CAST,
                        LocalDate.ofInstant(Clock.systemUTC().instant(), java.time.ZoneOffset.UTC))
                .zip();
        Map<String, String> files = new LinkedHashMap<>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(made))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Map<String, String> ids = new TreeMap<>();
        for (var name : List.of("users.csv", "userProfiles.csv", "demographics.csv")) {
            files.computeIfPresent(name, (file, text) -> marked(file, text, ids));
        }
        var zip = directory.resolve("marked.zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (var file : files.entrySet()) {
                var text = file.getValue();
                for (var id : ids.entrySet()) {
                    text = text.replaceAll("(?m)(^|,)" + id.getKey() + "(,|$)", "$1" + id.getValue() + "$2");
                }
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return zip;
    }

    private String marked(String file, String text, Map<String, String> ids) {
        var out = new StringWriter();
        try (var reader = CsvReader.builder().ofCsvRecord(text);
                var writer = CsvWriter.builder().build(out)) {
            List<String> head = List.of();
            int row = 0;
            for (var record : reader) {
                var cells = new ArrayList<>(record.getFields());
                if (row == 0) {
                    head = List.copyOf(cells);
                } else if (row <= 3) {
                    for (int i = 0; i < cells.size(); i++) {
                        var mark = "zq" + file.charAt(0) + row + "x" + i + "qz";
                        if (head.get(i).equals("sourcedId") && file.equals("users.csv")) {
                            ids.put(cells.get(i), mark + "id");
                            canaries.add(mark + "id");
                        } else if (FREE.contains(head.get(i)) && !cells.get(i).isEmpty()) {
                            cells.set(i, head.get(i).equals("email") ? mark + "@school.example" : mark);
                            canaries.add(mark);
                        }
                    }
                }
                row++;
                writer.writeRecord(cells);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return out.toString();
    }

    /// What must not be in it, as it is and in the ways it could be written otherwise.
    private static void absent(byte[] bytes, Iterable<String> canaries) {
        var latin = new String(bytes, StandardCharsets.ISO_8859_1);
        var text = latin.toLowerCase(Locale.ROOT);
        for (var canary : canaries) {
            for (var form : forms(canary)) {
                assertFalse(text.contains(form), () -> "there is " + canary);
            }
            // The middle of its base64, at each of the three places where it can begin.
            for (int shift = 0; shift < 3; shift++) {
                for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE)) {
                    var coded = Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString((" ".repeat(shift) + canary).getBytes(charset));
                    var middle = coded.substring(Math.min(4, coded.length() / 2), coded.length() - 2);
                    assertFalse(latin.contains(middle), () -> "there is, in base64, " + canary);
                }
            }
        }
    }

    private static List<String> forms(String canary) {
        var lower = canary.toLowerCase(Locale.ROOT);
        return List.of(
                lower,
                new String(lower.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1),
                new String(lower.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1),
                java.util.HexFormat.of().formatHex(lower.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> unpacked(Path file) throws IOException {
        Map<String, String> sheets = new LinkedHashMap<>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                sheets.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return sheets;
    }

    private static int run(String... words) {
        var line = Rosterkeep.commandLine(words);
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(new StringWriter()));
        return line.execute(words);
    }

    private void secrets(TrialRun trial) throws IOException {
        trial.file().operators().forEach(one -> canaries.addAll(List.of(one.password(), "\"" + one.name() + "\"")));
        trial.file().vendors().forEach(one -> canaries.addAll(List.of(one.clientId(), one.clientSecret(), one.rule())));
        try (var all = Files.walk(trial.home().directory())) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches(".*(key|pem|seal|p12|kit)[^/]*")) {
                    var bytes = Files.readAllBytes(file);
                    if (bytes.length >= 32) {
                        canaries.add(new String(bytes, bytes.length / 2, 12, StandardCharsets.ISO_8859_1));
                    }
                }
            }
        }
        canaries.add("springfield-hq.example");
        canaries.add(trial.home().directory().toString());
    }

    /// Lines that are none of ours, and lines that look like ours and say more.
    private void plantInLog(TrialRun trial) throws IOException {
        var foreign = List.of(
                "java.lang.IllegalStateException: row of zqforeignqz",
                "{\"event\":\"zqforeignqz\",\"level\":\"info\",\"time\":\"2026-11-02T08:00:00Z\"}",
                "{\"event\":\"import-ended\",\"level\":\"info\",\"time\":\"2026-11-02T08:00:00Z\",\"name\":\"zqforeignqz\",\"outcome\":\"zqforeignqz\",\"district\":\"zqforeignqz\",\"target\":\"zqforeignqz:443\",\"actor\":\"zqforeignqz\",\"error\":\"zqforeignqz\",\"logger\":\"zqforeignqz\",\"causes\":[{\"class\":\"zqforeignqz\",\"frames\":[\"zqforeignqz\",{}]}]}",
                "{\"event\":\"import-ended\",\"level\":\"info\",\"time\":\"zqforeignqz\"}");
        canaries.add("zqforeignqz");
        Files.writeString(
                trial.home().log().resolve("rosterkeep.log"), trial.logged() + String.join("\n", foreign) + "\n");
    }

    @Test
    @DisplayName(
            "has none of the marks of people, secrets, keys, passwords, rules and addresses, whether it runs or not")
    void clean(@TempDir Path directory) throws IOException {
        Files.createDirectories(directory.resolve("t"));
        var trial = new TrialRun(directory.resolve("t"), Optional.of(marked(directory)), line -> {});
        assertTrue(canaries.size() > 25, canaries::toString);
        var last = trial.ask("intake list", new Common.Args()).toString();
        assertTrue(last.contains("\"applied\""), last);
        secrets(trial);
        plantInLog(trial);
        Files.writeString(
                trial.home().settings(),
                Files.readString(trial.home().settings()) + "\nserver-names = springfield-hq.example\n"
                        + "public-url = https://springfield-hq.example\n");
        var up = directory.resolve("up.zip");
        var home = trial.home().directory().toString();
        assertEquals(0, run("support-bundle", "--dry-run", "--home", home));
        assertFalse(Files.exists(up));
        assertEquals(0, run("support-bundle", up.toString(), "--home", home));
        trial.close();
        var down = directory.resolve("down.zip");
        assertEquals(0, run("support-bundle", down.toString(), "--home", home));

        for (var file : List.of(up, down)) {
            absent(Files.readAllBytes(file), canaries);
            var sheets = unpacked(file);
            sheets.values().forEach(text -> absent(text.getBytes(StandardCharsets.UTF_8), canaries));
            sheets.keySet().forEach(name -> absent(name.getBytes(StandardCharsets.UTF_8), canaries));
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertTrue(sheets.get("contents.txt").contains("log.jsonl"), sheets::toString);
            assertTrue(sheets.get("log.jsonl").contains("\"event\":\"import-ended\""), sheets.get("log.jsonl"));
            assertTrue(
                    sheets.get("districts.jsonl").matches("(?s).*\"ledgerHead\":\"[0-9a-f]{64}\".*"), sheets::toString);
            assertTrue(sheets.get("doctor.jsonl").contains("\"check\":\"disk-space\""), sheets::toString);
            assertTrue(sheets.get("settings.json").contains("\"server-names\":\"set\""), sheets::toString);
        }
        assertTrue(unpacked(up).get("districts.jsonl").contains("\"users\":\"about "), unpacked(up)::toString);
        assertEquals(1, run("support-bundle", up.toString(), "--home", home), "nothing is overwritten");
        assertEquals(2, run("support-bundle", "--home", home));
    }

    @Test
    @DisplayName("would be found out: each way of writing a mark is seen by the search")
    void search() {
        for (var form : List.of("aZQmarkQZa", "zqmarkqz")) {
            seen(form.getBytes(StandardCharsets.UTF_8));
            seen(form.getBytes(StandardCharsets.UTF_16LE));
            seen(form.getBytes(StandardCharsets.UTF_16BE));
        }
        for (var before : List.of("", "a", "ab", "abc")) {
            seen(Base64.getEncoder().encode((before + "zqmarkqz and more").getBytes(StandardCharsets.UTF_8)));
        }
        seen("7a716d61726b717a".getBytes(StandardCharsets.UTF_8));
    }

    private static void seen(byte[] bytes) {
        assertThrows(AssertionError.class, () -> absent(bytes, List.of("zqmarkqz")));
    }
}
