package org.rosterkeep.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.rules.Charter;

/// Decision 15: nothing in the code names a country, a state, a statute or a number of days; files do. The words looked
/// for come from the data themselves. Examples of the command line are data for people, and may name what they like.
@DisplayName("Law is data")
class LawIsDataTest {
    private static final Path CODE = Path.of("src/main/java");

    /// A comment, a text block, a string, a character, or one character of code.
    private static final Pattern TOKEN =
            Pattern.compile("(?<comment>//[^\\n]*|/\\*[\\s\\S]*?\\*/)|(?<block>\"\"\"[\\s\\S]*?(?<!\\\\)\"\"\")"
                    + "|(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*\")|(?<char>'(?:[^'\\\\\\n]|\\\\.)+')|(?<code>[\\s\\S])");

    private static final Pattern SPAN = Pattern.compile(
            "(?:Duration\\s*\\.\\s*of(?:Days|Hours)|Period\\s*\\.\\s*of\\w*|(?:plus|minus)(?:Days|Weeks|Months|Years|Hours))"
                + "\\s*\\(\\s*(?!1L?\\s*\\))[0-9]"
                + "|\\b[0-9_]+L?\\s*,\\s*(?:ChronoUnit|TimeUnit)\\s*\\.\\s*(?:DAYS|HOURS|WEEKS|MONTHS|YEARS)"
                + "|(?:ChronoUnit|TimeUnit)\\s*\\.\\s*(?:DAYS|WEEKS)\\s*\\.\\s*\\w+\\(\\s*(?!1L?\\s*\\))[0-9]"
                + "|\\b\\w*(?:DAYS|HOURS|MONTHS|YEARS)\\w*\\s*=\\s*(?!1L?\\s*;)[1-9]");

    private static final Pattern TOLD_SPAN =
            Pattern.compile("\\b[0-9]+[- ](?:business |calendar )?(?:day|hour|week|month|year)s?\\b");

    private static final Set<String> STATUTES = Set.of(
            "GDPR", "DSGVO", "FERPA", "COPPA", "CIPA", "PPRA", "SOPIPA", "HIPAA", "CCPA", "FADP", "NDPA", "PIPEDA");

    /// Words of other trades that look like countries: a parameter's name on the command line, elliptic curves.
    private static final Set<String> OTHER_TRADES = Set.of("CC", "EC", "ID");

    /// Numbers that no law chooses: what the element `demo.age13plus` means by its name, and how old people get.
    private static final Set<String> OTHER_NUMBERS = Set.of(
            "Dates.java: a number of days or hours: plusYears(1",
            "DemographicsFile.java: a number of days or hours: YEARS_MAX = 1");

    private final Set<String> packs = Charter.shipped().packs();
    private final Set<String> codes = Set.of(Locale.getISOCountries());
    private final List<Pattern> names = names();

    private List<Pattern> names() {
        var words = new TreeSet<String>(STATUTES);
        for (var code : Locale.getISOCountries()) {
            words.add(Locale.of("", code).getDisplayCountry(Locale.ENGLISH));
        }
        for (var code : packs) {
            var label = Charter.shipped().pack(code).orElseThrow().label();
            var name = label.replaceFirst(".*\\bof (?:the )?", "");
            if (Character.isUpperCase(name.charAt(0))) {
                words.add(name);
            }
            if (!code.equals("LOCAL")) {
                words.add(code);
            }
        }
        return words.stream()
                .map(word -> Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])"))
                .toList();
    }

    private static boolean example(String literal) {
        return literal.startsWith("\"  rosterkeep ");
    }

    private List<String> findings(String source) {
        var found = new ArrayList<String>();
        var code = new StringBuilder();
        var token = TOKEN.matcher(source);
        while (token.find()) {
            var literal = token.group("block") == null ? token.group("string") : token.group("block");
            if (literal != null) {
                code.append("\"\"");
                if (!example(literal)) {
                    literal(literal, found);
                }
            } else if (token.group("code") != null) {
                code.append(token.group("code"));
            }
        }
        var span = SPAN.matcher(code);
        while (span.find()) {
            found.add("a number of days or hours: " + span.group());
        }
        return found;
    }

    private void literal(String literal, List<String> found) {
        if (literal.length() == 4
                && codes.contains(literal.substring(1, 3))
                && !OTHER_TRADES.contains(literal.substring(1, 3))) {
            found.add("a country: " + literal);
        }
        names.stream()
                .filter(name -> name.matcher(literal).find())
                .forEach(name -> found.add("a country, state, law or pack: " + literal));
        if (TOLD_SPAN.matcher(literal).find()) {
            found.add("a number of days or hours: " + literal);
        }
    }

    @Test
    @DisplayName("no class names a country, a state, a law, a pack, or a number of days")
    void code() throws IOException {
        var found = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(CODE)) {
            for (var file : files.filter(one -> one.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                findings(Files.readString(file)).stream()
                        .filter(what -> !OTHER_NUMBERS.contains(file.getFileName() + ": " + what))
                        .forEach(what -> found.add(CODE.relativize(file) + ": " + what));
            }
        }
        assertEquals("", found.stream().distinct().collect(Collectors.joining("\n")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "boolean home = country.equals(\"DE\");",
                "String law = \"US-NY\";",
                "var why = \"the law of Utah asks for it\";",
                "throw refused(\"not under GDPR\");",
                "var text = \"\"\"\n    As FERPA says\n    \"\"\";",
                "now.plus(Duration.ofDays(45));",
                "day.plusDays(60)",
                "Period.ofMonths(2)",
                "now.plus(30, ChronoUnit.DAYS)",
                "private static final int GRACE_DAYS = 60;",
                "Duration . ofHours( 72 )",
                "say(\"within 45 days\")",
                "case \"CH\" -> 3;",
                "var name = \"Switzerland\"; // EU"
            })
    @DisplayName("a planted one is found")
    void planted(String line) {
        assertTrue(!findings("class Planted { void m() { " + line + " } }").isEmpty(), line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// FERPA 99.37, within 45 days",
                "/* GDPR */ int a = 1;",
                "Duration.ofDays(days)",
                "Duration.ofDays(1)",
                "day.plusDays(1)",
                "\"  rosterkeep pack on EU --operator anna\"",
                "var quote = '\"'; // \"DE\"",
                "say(\"the last day\")"
            })
    @DisplayName("comments, examples, variables and single days are not")
    void innocent(String line) {
        assertEquals(List.of(), findings(line));
    }

    @Test
    @DisplayName("the words come from the data: every pack but that of the place is looked for")
    void words() {
        for (var pack : packs) {
            boolean known = !findings("say(\"under " + pack + " only\")").isEmpty();
            assertEquals(!pack.equals("LOCAL"), known, pack);
        }
        assertTrue(Arrays.stream(Locale.getISOCountries())
                .filter(one -> !OTHER_TRADES.contains(one))
                .noneMatch(one -> findings("f(\"" + one + "\")").isEmpty()));
    }
}
