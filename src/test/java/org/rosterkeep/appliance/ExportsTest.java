package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Charter;
import org.rosterkeep.vendors.Golden;

@DisplayName("What a district publishes")
class ExportsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-10-05T06:30:00Z"), ZoneOffset.UTC);
    private static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;

    @TempDir
    Path directory;

    private static Exports exports(LiveDistrict district, Instant now) {
        return new Exports(district.rooms().book(), Charter.shipped(), Catalogue.shipped(), now);
    }

    private static String text(Answer answer) {
        return String.join("\n", answer.lines()) + "\n";
    }

    private LiveDistrict furnished() throws IOException {
        var schools = List.of(new Schools.School("school-1", "One", 10), new Schools.School("school-2", "Two", 5));
        var sharings = TrialDocuments.sharings(schools, true, CLOCK.instant());
        var district = LiveDistrict.make(directory.resolve("home"), CLOCK, new SecureRandom());
        for (var sharing : sharings) {
            district.sign(DISTRICT, sharing.vendorFile(), sharing.agreementFile());
        }
        district.activate(
                sharings.stream().map(TrialDocuments.Sharing::ruleFile).toList());
        return district;
    }

    @Test
    @DisplayName("is the golden dictionary, list of providers and rule book, twice the same, and calls nothing lawful")
    void golden() throws IOException {
        try (var district = furnished()) {
            var exports = exports(district, CLOCK.instant());
            Golden.check("export-dictionary.csv", text(exports.dictionary()));
            Golden.check("export-providers.csv", text(exports.providers()));
            Golden.check("export-rules.txt", text(exports.rules()));
            for (var answer : List.of(exports.dictionary(), exports.providers(), exports.rules())) {
                var text = text(answer);
                assertTrue(text.contains("generated from configuration on 2026-10-05"), text);
                assertFalse(
                        Pattern.compile("complian|certified|guarantee", Pattern.CASE_INSENSITIVE)
                                .matcher(text)
                                .find(),
                        text);
                assertFalse(text.contains("security@"), "a contact that is not for the public");
            }
            assertEquals(
                    text(exports.rules()),
                    text(exports(district, CLOCK.instant()).rules()));
        }
    }

    @Test
    @DisplayName("lists every rule in force and nothing else")
    void inForce() throws IOException {
        try (var district = furnished()) {
            assertEquals(
                    2,
                    exports(district, CLOCK.instant())
                            .rules()
                            .json()
                            .getJsonArray("rules")
                            .size());
            district.rooms().book().suspend("reading-names", "ada", CLOCK.instant());
            var after = text(exports(district, CLOCK.instant()).rules());
            assertFalse(after.contains("Reading Rocket"), after);
            assertTrue(after.contains("One rule is in force."), after);
            assertFalse(text(exports(district, CLOCK.instant()).dictionary()).contains("Reading Rocket"));
            var later = CLOCK.instant().plus(Duration.ofDays(400));
            assertTrue(text(exports(district, later).rules()).contains("Nobody gets any data."));
            assertTrue(text(exports(district, later).providers()).contains(",no,"));
        }
    }

    @Test
    @DisplayName("reads like a text of the eighth grade or easier")
    void plain() throws IOException {
        try (var district = furnished()) {
            var prose = exports(district, CLOCK.instant()).rules().lines().stream()
                    .filter(line -> !line.startsWith("    "))
                    .map(line -> line.strip().replaceAll("[:]", ""))
                    .filter(line -> !line.isEmpty())
                    .map(line -> line.endsWith(".") ? line : line + ".")
                    .toList();
            double grade = grade(String.join(" ", prose));
            assertTrue(grade <= 8, "grade " + grade);
        }
    }

    /// The Flesch-Kincaid grade, syllables counted by groups of vowels.
    private static double grade(String text) {
        String[] words = text.replaceAll("[^A-Za-z ]", " ").strip().split("\\s+");
        long sentences = Pattern.compile("[.](\\s|$)").matcher(text).results().count();
        long syllables = 0;
        for (String word : words) {
            String plain = word.toLowerCase(Locale.ROOT).replaceAll("(?<=[a-z]{2})e$", "");
            syllables += Math.max(
                    1, Pattern.compile("[aeiouy]+").matcher(plain).results().count());
        }
        return 0.39 * words.length / sentences + 11.8 * syllables / words.length - 15.59;
    }

    @Test
    @DisplayName("opens in a spreadsheet as text: no cell is a formula, quotes and commas stay inside")
    void csv() {
        assertEquals(
                "'=1+1,\"a,b\",\"say \"\"x\"\"\",'-1,plain,", Csv.row("=1+1", "a,b", "say \"x\"", "-1", "plain", ""));
        assertEquals("one line", Csv.row("one\r\nline"));
    }
}
