package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
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
import org.rosterkeep.roster.Entity;

@DisplayName("Where a rule's data are pushed to")
class PushTargetTest {
    private static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");
    private static final String PIN = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private static final String PUSH =
            "{\"country\": \"US\", \"push\": {\"kind\": \"https-zip\", \"host\": \"sync.example.org\", \"port\": 443,"
                    + " \"path\": \"/in?x=1\", \"pin\": \"" + PIN + "\"}}";
    private static final String SFTP =
            "{\"country\": \"US\", \"push\": {\"kind\": \"sftp-zip\", \"host\": \"files.example.org\", \"port\": 22,"
                    + " \"path\": \"/in/roster.zip\", \"user\": \"district\", \"hostKey\": \""
                    + PIN.substring(0, 43) + "\"}}";

    private final FakeShelf shelf = new FakeShelf();
    private final People people = new People();
    private final RuleBook book = new RuleBook(
            shelf, new FakeJournal(), Charter.shipped(), Elements.of(Catalogue.shipped()), people, Children.FEW);
    private final RuleFile files = new RuleFile(Charter.shipped());

    PushTargetTest() {
        book.papers().putController(RuleBookTest.example("district"), "ada");
        book.papers().putVendor(RuleBookTest.example("vendor"), "ada");
        book.papers().putAgreement(RuleBookTest.example("agreement"), "ada");
    }

    private static byte[] file(UnaryOperator<String> change) {
        return RuleBookTest.example(
                "rule",
                text -> change.apply(text.replace("  \"client\": \"reading-app-names\",\n", "")
                        .replace("{\"country\": \"US\"}", PUSH)
                        .replace(
                                "\"course\": {\"title\": \"as-is\"}",
                                "\"course\": {\"title\": \"as-is\", \"org\": \"as-is\"}")));
    }

    private static List<Problem> problems(Checked<?> read) {
        return switch (read) {
            case Checked.Sound<?> sound -> List.of();
            case Checked.Flawed<?>(List<Problem> problems) -> problems;
        };
    }

    private Proposal read(byte[] file) {
        return ((Checked.Sound<Proposal>) files.read(file, any -> 1)).value();
    }

    private Rule active(byte[] file) {
        Checked<Proposal> drafted = book.draft(file, "ada", NOW);
        assertEquals(List.of(), problems(drafted));
        Rule rule = ((Checked.Sound<Proposal>) drafted).value().rule();
        book.submit(rule.id(), rule.version(), people.person("ada"), NOW);
        int needed = book.newest(rule.id(), NOW).approversNeeded();
        for (String one : List.of("ben", "cleo").subList(0, needed)) {
            book.approve(rule.id(), rule.version(), people.person(one), NOW);
        }
        return rule;
    }

    private Decision decide(Recipient to, Instant now) {
        return book.decide(new Ask(to, Entity.USER, Set.of(), Set.of()), now);
    }

    @Test
    @DisplayName("a text without a target says what it always said, and has the hash it always had")
    void asEver() {
        Proposal plain = read(RuleBookTest.example("rule"));
        assertEquals(
                "67eb956fb3e0d164ffa3988760263d4bad24f6a9a0f973a4d755d5003745d336",
                plain.rule().hash());
        assertEquals(Optional.empty(), plain.rule().push());
    }

    @Test
    @DisplayName("the target is part of the text that people sign, with every default written out, and no client is")
    void text() {
        Proposal proposal = read(file(text -> text));
        assertTrue(
                proposal.text()
                        .contains("\"destination\":{\"country\":\"US\",\"push\":{\"country\":\"US\",\"host\":"
                                + "\"sync.example.org\",\"internal\":false,\"kind\":\"https-zip\",\"path\":\"/in?x=1\","
                                + "\"pin\":\"" + PIN + "\",\"port\":443}}"),
                proposal.text());
        assertTrue(
                proposal.text().contains("\"delivery\":{\"everyMinutes\":60,\"mode\":\"delta\",\"oneRoster\":\"1.2\"}"),
                proposal.text());
        assertFalse(proposal.text().contains("\"client\""));
        assertEquals(proposal, files.reread(proposal.text()).orElseThrow());
        assertEquals("reading-app-names", proposal.rule().client());
        assertFalse(proposal.rule().asked());
        assertNotEquals(
                proposal.rule().hash(),
                read(file(text -> text.replace("443", "444"))).rule().hash());
    }

    @Test
    @DisplayName("the other kinds are read too")
    void kinds() {
        PushTarget sftp = read(file(text -> text.replace(PUSH, SFTP)
                        .replace(
                                "\"from\"",
                                "\"delivery\": {\"oneRoster\": \"1.1\", \"mode\": \"bulk\", \"dailyAt\":"
                                        + " \"02:30\"}, \"from\"")))
                .rule()
                .push()
                .orElseThrow();
        assertEquals(Optional.of("district"), sftp.place().user());
        assertTrue(sftp.delivery().bulk() && sftp.delivery().legacy());
        assertEquals(
                new PushTarget.Schedule.Daily(LocalTime.of(2, 30)),
                sftp.delivery().schedule());
        Proposal webhook = read(file(
                text -> text.replace("https-zip", "webhook").replace("\"from\"", "\"client\": \"reader\", \"from\"")));
        assertEquals("reader", webhook.rule().client());
        assertTrue(webhook.rule().asked() && webhook.text().contains("\"client\":\"reader\""));
    }

    @Test
    @DisplayName("the published schema knows the target")
    void schema() {
        assertEquals(
                List.of(),
                PublishedSchemasTest.complaints("rule", read(file(text -> text)).text()));
        assertEquals(
                List.of(),
                PublishedSchemasTest.complaints(
                        "rule", read(file(text -> text.replace(PUSH, SFTP))).text()));
        assertFalse(PublishedSchemasTest.complaints(
                        "rule", new String(file(text -> text.replace("https-zip", "ftp")), StandardCharsets.UTF_8))
                .isEmpty());
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "https-zip|https-zap|/destination/push/kind|did you mean `https-zip`?",
                "sync.example.org|192.0.2.1|/destination/push/host|no host name",
                "sync.example.org|Sync.example.org|/destination/push/host|small letters",
                "443|0|/destination/push/port|1 to 65535",
                "/in?x=1|in|/destination/push/path|begin it with /",
                "/in?x=1|/a/../b|/destination/push/path|no path",
                "\"pin\": \"4|\"pin\": \"|/destination/push/pin|no SHA-256",
                "\"pin\"|\"hostKey\"|/destination/push/hostKey|say its `pin`",
                "https-zip|sftp-zip|/destination/push/hostKey|anybody could be that host",
                "https-zip|sftp-zip|/destination/push/user|missing",
                "\"pin\"|\"pim\"|/destination/push/pim|did you mean `pin`?",
                "\"pin\"|\"country\": \"USA\", \"pin\"|/destination/push/country|two capital letters",
                "\"from\"|\"client\": \"x\", \"from\"|/client|nobody asks by it",
                "\"from\"|\"networks\": [\"192.0.2.0/24\"], \"from\"|/networks|nobody asks by it",
                "\"from\"|\"delivery\": {\"mode\": \"all\"}, \"from\"|/delivery/mode|not known here",
                "\"from\"|\"delivery\": {\"dailyAt\": \"2\"}, \"from\"|/delivery/dailyAt|no time of day",
                "\"from\"|\"delivery\": {\"everyMinutes\": 0}, \"from\"|/delivery/everyMinutes|1 to 1440",
                "\"title\": \"as-is\", \"org\": \"as-is\"|\"title\": \"as-is\"|/fields/course|without its organisation"
            })
    @DisplayName("each mistake is named, with its place and what to do")
    void names(String from, String to, String pointer, String words) {
        List<Problem> problems = problems(book.check(file(text -> text.replace(from, to)), NOW));
        assertTrue(
                problems.stream()
                        .anyMatch(one ->
                                one.pointer().equals(pointer) && one.toString().contains(words)),
                problems.toString());
    }

    @Test
    @DisplayName("without a target there is no delivery")
    void noDelivery() {
        byte[] file = RuleBookTest.example(
                "rule", text -> text.replace("\"from\"", "\"delivery\": {\"mode\": \"bulk\"}, \"from\""));
        assertEquals("/delivery", problems(book.check(file, NOW)).getFirst().pointer());
    }

    @Test
    @DisplayName("what is sent is not asked for, and what is asked for is not sent; a webhook's client asks")
    void oneWay() {
        var client = new Recipient.Vendor("reading-app-names");
        var target = new Recipient.Target("reading-app-names");
        active(file(text -> text));
        assertEquals(new Decision.Deny(Reason.NO_RULE), decide(client, NOW));
        assertTrue(decide(target, NOW) instanceof Decision.Allow);
        book.revoke("reading-app-names", "ada");
        assertEquals(new Decision.Deny(Reason.RULE_NOT_ACTIVE), decide(target, NOW));

        active(file(text -> text.replace("https-zip", "webhook")));
        assertTrue(decide(client, NOW) instanceof Decision.Allow);
        assertTrue(decide(target, NOW) instanceof Decision.Allow);
        book.revoke("reading-app-names", "ada");

        active(RuleBookTest.example("rule"));
        assertTrue(decide(client, NOW) instanceof Decision.Allow);
        assertEquals(new Decision.Deny(Reason.NO_RULE), decide(target, NOW));
    }

    @Test
    @DisplayName("F02: a second before its end the target is given, at its end it is not")
    void ends() {
        Rule rule = active(file(text -> text));
        var target = new Recipient.Target(rule.client());
        assertTrue(decide(target, rule.until().minusSeconds(1)) instanceof Decision.Allow);
        assertEquals(new Decision.Deny(Reason.RULE_EXPIRED), decide(target, rule.until()));
    }

    @Test
    @DisplayName("F07: where the target stands counts like the vendor's own countries, in localisation mode too")
    void abroad() {
        byte[] abroad = file(text -> text.replace("\"pin\"", "\"country\": \"IN\", \"pin\""));
        Set<String> reach = ((Checked.Sound<Proposal>) book.check(abroad, NOW))
                .value()
                .grounds()
                .found()
                .reach()
                .orElseThrow();
        assertTrue(reach.contains("IN"), "a country that nobody signs for is one nobody sees");
        byte[] localised =
                RuleBookTest.example("district", text -> text.replace("\"localised\": false", "\"localised\": true"));
        assertEquals(List.of(), problems(book.papers().putController(localised, "ada")));
        assertEquals(List.of(), problems(book.check(file(text -> text), NOW)));
        assertTrue(problems(book.check(abroad, NOW)).stream()
                .anyMatch(one ->
                        one.pointer().equals("/destination") && one.what().contains("IN")));
        active(file(text -> text));
    }

    @Test
    @DisplayName("F08: another place, or another proof of who it is, is a material change; a pin that is added is none")
    void moved() {
        active(file(text -> text.replace(", \"pin\": \"" + PIN + "\"", "")));
        for (var change : List.of(
                List.of("sync.example.org", "other.example.org"),
                List.of("443", "444"),
                List.of("/in?x=1", "/out"),
                List.of("https-zip", "https-json"))) {
            Checked<Proposal> read = book.check(
                    file(text -> text.replace(", \"pin\": \"" + PIN + "\"", "")
                            .replace(change.getFirst(), change.getLast())),
                    NOW);
            assertTrue(
                    problems(read).stream().anyMatch(one -> one.what().contains("days of notice")), change.toString());
        }
        assertEquals(List.of(), problems(book.check(file(text -> text), NOW)));
    }

    @Test
    @DisplayName("whoever wants to see for themselves gets the text and every signature under it")
    void grant() {
        Rule rule = active(file(text -> text));
        Grant grant = book.grant(rule.id(), NOW).orElseThrow();
        assertEquals(rule, grant.rule());
        assertEquals(rule.hash(), Canonical.hash(grant.text()));
        assertTrue(grant.endorsements().stream()
                        .map(Endorsement::operator)
                        .distinct()
                        .count()
                >= 2);
        book.suspend(rule.id(), "ada", NOW);
        assertEquals(Optional.empty(), book.grant(rule.id(), NOW));
    }

    @Test
    @DisplayName("it reads in plain sentences")
    void sentences() {
        Rule rule = active(file(text -> text));
        List<String> lines = book.describe(rule.id(), rule.version());
        assertTrue(
                lines.contains("The data are sent as OneRoster files to sync.example.org:443/in?x=1 in US, to whoever"
                        + " holds the key that was named; OneRoster 1.2, what changed, looked for every 60 minutes."),
                lines.toString());
    }
}
