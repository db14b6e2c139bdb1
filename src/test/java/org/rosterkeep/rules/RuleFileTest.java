package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.rosterkeep.fixture.Children;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Field;

class RuleFileTest {
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private final RuleFile files = new RuleFile(Charter.shipped());
    private final RuleBook book = new RuleBook(
            new FakeShelf(),
            new FakeJournal(),
            Charter.shipped(),
            Elements.of(Catalogue.shipped()),
            (operator, statement, signature) -> false,
            Children.FEW);

    RuleFileTest() {
        book.papers().putController(RuleBookTest.example("district"), "ada");
        book.papers().putVendor(RuleBookTest.example("vendor"), "ada");
        book.papers().putAgreement(RuleBookTest.example("agreement"), "ada");
    }

    private Checked<Proposal> check(UnaryOperator<String> change) {
        byte[] file = RuleBookTest.example("rule", change);
        assertNotEquals(
                new String(RuleBookTest.example("rule"), StandardCharsets.UTF_8),
                new String(file, StandardCharsets.UTF_8));
        return book.check(file, NOW);
    }

    private static List<Problem> problems(Checked<?> read) {
        return switch (read) {
            case Checked.Sound<?> sound -> List.of();
            case Checked.Flawed<?>(List<Problem> problems) -> problems;
        };
    }

    private Proposal read(String text) {
        return ((Checked.Sound<Proposal>) files.read(text.getBytes(StandardCharsets.UTF_8), any -> 1)).value();
    }

    private static String example() {
        return new String(RuleBookTest.example("rule"), StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("the example is a rule this district can draft, and says what it reads like")
    void example_() {
        assertEquals(List.of(), problems(book.check(RuleBookTest.example("rule"), NOW)));
        Rule rule = read(example()).rule();
        assertEquals(new Treatment.Initial(), rule.grants().get(Field.USER_FAMILY_NAME));
        assertEquals(Instant.parse("2026-08-01T00:00:00Z"), rule.from());
        assertEquals("reading-app", rule.domain());
        assertEquals(Set.of("03", "04"), rule.scope().grades());
    }

    /// One change, and the place and a word of what is said about it.
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"until\"|\"untill\"|/untill|did you mean `until`?",
                "\"until\"|\"untill\"|/until|it is missing",
                "instruction_content|instruction_contents|/purpose/code|did you mean `instruction_content`?",
                "instruction_content|marketing|/purpose/code|prohibited",
                "instruction_content|health_safety_emergency|/evidence/threat|what the threat is",
                "instruction_content|health_safety_emergency|/until|72 hours",
                "Children find their class in the reading app and get books that fit them.|Books.|/purpose/sentence|20"
                        + " to 300",
                "school_official|schol_official|/basis/US-FERPA|school_official",
                "school_official|directory_information|/basis|designated no directory information",
                "\"US-FERPA\"|\"US-FERBA\"|/basis/US-FERBA|did you mean `US-FERPA`?",
                "\"annual_notice\"|\"anual_notice\"|/evidence/annual_notice|needs this stated",
                "[\"school-1\"]|[]|/scope/orgs|nobody",
                "[\"student\", \"teacher\"]|[]|/scope/roles|nobody",
                "\"teacher\"|\"techer\"|/scope/roles/1|did you mean `teacher`?",
                "[\"03\", \"04\"]|[]|/scope/grades|leave the key out",
                "\"givenName\"|\"givenname\"|/fields/user/givenname|did you mean `givenName`?",
                "\"givenName\"|\"sourcedId\"|/fields/user/sourcedId|part of every record",
                "\"givenName\"|\"age13plus\"|/fields/user/age13plus|no field",
                "\"user\": {\"givenName\"|\"usr\": {\"givenName\"|/fields/usr|did you mean `user`?",
                "\"familyName\": \"initial\"|\"familyName\": \"coarse\"|/fields/user/familyName|initial",
                "\"familyName\": \"initial\"|\"familyName\": {\"constant\": \"\"}|/fields/user/familyName|1 to 64",
                "\"familyName\": \"initial\"|\"familyName\": null|/fields/user/familyName|use one of",
                "\"roles\": \"as-is\", \"grades\"|\"grades\"|/fields/user|without `roles`",
                "\"givenName\"|\"username\": \"as-is\", \"givenName\"|/fields/user/username|not in the schedule",
                "\"givenName\"|\"username\": \"as-is\", \"givenName\"|/fields/user/username|needs a reason",
                "\"givenName\"|\"sms\": \"as-is\", \"givenName\"|/fields/user/sms|not given for this purpose",
                "\"givenName\"|\"pronouns\": \"as-is\", \"givenName\"|/special|special elements",
                "\"sched.class\"|\"sched.clas\"|/justifications/sched.clas|did you mean `sched.class`?",
                "\"ids\": \"pseudonym\"|\"ids\": \"pass-through\"|/ids|id.source",
                "{\"country\": \"US\"}|{\"country\": \"USA\"}|/destination/country|two capital letters",
                "2027-07-31|2026-07-31|/until|before it starts",
                "2027-07-31|2027-08-01|/until|outlive",
                "2026-08-01|2026-07-01|/until|too long",
                "2027-07-31|tomorrow|/until|no day",
                "\"vendor\": \"reading-app\"|\"vendor\": \"other\"|/vendor|no vendor",
                "\"agreement\": \"reading-app-2026\"|\"agreement\": \"x\"|/agreement|no agreement",
                "\"id\": \"reading-app-names\"|\"id\": \"Reading App\"|/id|no name",
                "\"client\": \"reading-app-names\"|\"client\": \"../x\"|/client|no name"
            })
    @DisplayName("each mistake is named, with its place and what to do")
    void names(String from, String to, String pointer, String words) {
        List<Problem> problems = problems(check(text -> text.replace(from, to)));
        assertTrue(
                problems.stream()
                        .anyMatch(one ->
                                one.pointer().equals(pointer) && one.toString().contains(words)),
                problems.toString());
    }

    @Test
    @DisplayName("everything wrong with a file is said at once")
    void allAtOnce() {
        var problems = problems(check(text -> text.replace("\"until\"", "\"untill\"")
                .replace("\"teacher\"", "\"techer\"")
                .replace("\"grades\": \"as-is\"", "\"grads\": \"as-is\"")));
        assertEquals(
                Set.of("/until", "/untill", "/scope/roles/1", "/fields/user/grads"),
                Set.copyOf(problems.stream().map(Problem::pointer).toList()));
    }

    @Test
    @DisplayName("what is no JSON object is refused with its line, and so is a key that comes twice")
    void noJson() {
        for (String text : List.of("", "[]", "{", "null", "{\"id\": \"a\", \"id\": \"b\"}", "\u0000")) {
            var read = files.read(text.getBytes(StandardCharsets.UTF_8), any -> 1);
            assertEquals(1, problems(read).size(), text);
        }
        assertTrue(problems(files.read("{\n  \"id\" 1}".getBytes(StandardCharsets.UTF_8), any -> 1))
                .getFirst()
                .what()
                .contains("line 2"));
        assertEquals(1, problems(files.read(new byte[300_000], any -> 1)).size());
    }

    @Test
    @DisplayName("the signed text does not depend on order, spaces, defaults written out, or how an accent is composed")
    void canonical() {
        String hash = read(example()).rule().hash();
        assertEquals(
                hash,
                read(example().replace(",\n", " ,\n\t").replace("\"subOrgs\": false,", ""))
                        .rule()
                        .hash());
        assertEquals(
                hash,
                read(example().replace("\"ids\"", "\"domain\": \"reading-app\", \"ids\""))
                        .rule()
                        .hash());
        assertEquals(
                hash,
                read(example().replace("\"2026-08-01\"", "\"2026-08-01T00:00:00Z\""))
                        .rule()
                        .hash());
        assertEquals(
                hash,
                read(example().replace("[\"student\", \"teacher\"]", "[\"teacher\", \"student\", \"student\"]"))
                        .rule()
                        .hash());
        assertEquals(
                read(example().replace("Children", "Zo\u00eb")).rule().hash(),
                read(example().replace("Children", "Zoe\u0308")).rule().hash());
        assertNotEquals(hash, read(example().replace("initial", "as-is")).rule().hash());
        assertNotEquals(
                hash,
                ((Checked.Sound<Proposal>) files.read(RuleBookTest.example("rule"), any -> 2))
                        .value()
                        .rule()
                        .hash());
    }

    @Test
    @DisplayName("a canonical text reads back as the same rule, and any other text as none")
    void readsBack() {
        for (long seed = 1; seed <= 200; seed++) {
            Proposal proposal = read(random(new Random(seed)));
            assertEquals(proposal, files.reread(proposal.text()).orElseThrow(), "seed " + seed);
            assertFalse(files.reread(proposal.text() + " ").isPresent());
            assertFalse(files.reread(proposal.text().replace("\"version\":1", "\"version\":1.0"))
                    .isPresent());
        }
    }

    /// The example with some things left out, added or treated otherwise.
    private static String random(Random random) {
        String text = example();
        for (Map.Entry<String, String> change : Map.of(
                        "\"familyName\": \"initial\"",
                                "\"familyName\": {\"constant\": \"a \\\"quoted\\\" \\\\ \u00fc \ud83d\ude00\"}",
                        "\"givenName\": \"as-is\", ", "",
                        "\"grades\": [\"03\", \"04\"]", "\"classes\": [\"c-1\", \"a@b/c\"]",
                        "\"ids\": \"pseudonym\"",
                                "\"ids\": \"pass-through\", \"special\": {\"condition\": \"c\", \"assessment\": \"a\"}",
                        "{\"country\": \"US\"}",
                                "{\"country\": \"CA\", \"safeguard\": {\"instrument\": \"standard_clauses\","
                                        + " \"module\": \"two\", \"signed\": \"2026-01-01\", \"measures\": \"none\","
                                        + " \"assessment\": \"a\", \"assessed\": \"2026-01-01\"}}",
                        "\"subOrgs\": false", "\"subOrgs\": true",
                        "\"2027-07-31\"", "\"2027-07-31T10:11:12.5Z\"")
                .entrySet()) {
            text = random.nextBoolean() ? text.replace(change.getKey(), change.getValue()) : text;
        }
        return text;
    }

    @Test
    @DisplayName("hostile bytes end in a list of problems, never in a fault")
    void hostile() {
        byte[] good = RuleBookTest.example("rule");
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            byte[] bad = good.clone();
            for (int i = random.nextInt(1, 20); i > 0; i--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            files.read(bad, any -> 1);
        }
        String deep = "{\"id\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertFalse(problems(files.read(deep.getBytes(StandardCharsets.UTF_8), any -> 1))
                .isEmpty());
    }

    @Test
    @DisplayName("a rule is told in sentences that name the vendor, the people, the fields, the reason and the end")
    void describes() {
        var proposal = ((Checked.Sound<Proposal>) book.draft(RuleBookTest.example("rule"), "ada", NOW)).value();
        String told = String.join("\n", book.describe(proposal.rule().id(), 1));
        for (String part : List.of(
                "Reading App (an example)",
                "students and teachers of school-1",
                "grade 03 or 04",
                "familyName (the first letter)",
                "courseCode (the record's id takes its place)",
                "made for this vendor alone",
                "Children find their class",
                "a school official with a legitimate educational interest",
                "2027-07-31")) {
            assertTrue(told.contains(part), part + " in:\n" + told);
        }
        String email = String.join("\n", book.explain(proposal.rule().id(), 1, Field.USER_EMAIL, NOW));
        assertTrue(email.contains("does not give user.email"), email);
    }

    @Test
    @DisplayName("bounds of a day and of networks are part of what is signed, in one way to write them")
    void bounds() {
        String bounded = example()
                .replaceFirst(
                        "\\{",
                        "{\"ceiling\": {\"personsPerDay\": 500}, \"networks\":"
                                + " [\"2001:DB8::/32\", \"192.0.2.0/24\"], ");
        Proposal read = read(bounded);
        assertEquals(
                new Bounds(java.util.Optional.of(500), Set.of("192.0.2.0/24", "2001:db8::/32")),
                read.rule().bounds());
        assertTrue(read.text().contains("\"networks\":[\"192.0.2.0/24\",\"2001:db8::/32\"]"), read.text());
        assertTrue(read.text().contains("\"ceiling\":{\"personsPerDay\":500}"), read.text());
        assertEquals(java.util.Optional.of(read), files.reread(read.text()));
        assertNotEquals(read(example()).rule().hash(), read.rule().hash());
        assertEquals(Bounds.NONE, read(example()).rule().bounds());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"networks\": [] | /networks",
                "\"networks\": [\"192.0.2.1/24\"] | /networks/0",
                "\"networks\": [\"reading.example\"] | /networks/0",
                "\"networks\": [\"0.0.0.0/0\"] | /networks/0",
                "\"ceiling\": {\"personsPerDay\": 0} | /ceiling/personsPerDay",
                "\"ceiling\": {} | /ceiling/personsPerDay",
                "\"ceiling\": {\"personsPerDay\": 5, \"perHour\": 5} | /ceiling/perHour"
            })
    @DisplayName("a bound that bounds nothing, or nobody, is refused with its place")
    void boundless(String bound, String place) {
        var problems = problems(check(text -> text.replaceFirst("\\{", "{" + bound + ", ")));
        assertTrue(problems.stream().anyMatch(one -> one.pointer().equals(place)), problems.toString());
    }
}
