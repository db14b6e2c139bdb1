package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rosterkeep.access.Client;
import org.rosterkeep.access.Role;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Opinion;
import org.rosterkeep.rules.Restraint;

/// One thing is changed after a moment; without the memory of its kind, the moment is told wrong.
@DisplayName("The memory of each deciding kind")
class MemoryNeededTest {
    private static final SourcedId PERSON = SourcedId.of("p0");
    private static final Field FIELD = Field.ENROLLMENT_ROLE;
    private static final String NOTHING_ADEQUATE =
            "{\"version\":0,\"areas\":{},\"defaults\":{\"evidence_max_age_days\":90},\"entries\":[]}";

    @TempDir
    Path directory;

    private HandClock clock = new HandClock();
    private LiveDistrict district;
    private String client = "alpha";

    private void furnish(String kind) throws IOException {
        if (kind.startsWith("adequacy")) {
            var abroad = AbroadCases.district(directory);
            clock = abroad.clock;
            district = abroad.live;
            client = FloorDistrict.VENDOR;
        } else {
            district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
            new StirredRoster().write(directory.resolve("roster"));
            district.take(directory.resolve("roster"), Set.copyOf(Papers.grantable()));
            district.sign(Papers.DISTRICT, Papers.VENDOR, Papers.agreement());
            district.activate(List.of(file(rules())));
        }
        later();
    }

    @AfterEach
    void close() {
        district.close();
    }

    private static Rules rules() {
        return Rules.whole("north").named("alpha").roles("student", "teacher");
    }

    private static String file(Rules rules) {
        return Papers.rule(rules);
    }

    private EnduringSigner person(int n) {
        return district.staff().get(n);
    }

    private void later() {
        clock.forward(Duration.ofHours(1));
    }

    private Rooms rooms() {
        return district.rooms();
    }

    private Act act() {
        return new Act("test", clock.instant());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void change(String kind) {
        var papers = rooms().book().papers();
        switch (kind) {
            case "controller" ->
                papers.putController(bytes(Papers.DISTRICT.replace("\"US-FERPA\"", "\"US-FERPA\", \"EU\"")), "test");
            case "vendor" ->
                papers.putVendor(
                        bytes(Papers.VENDOR.replace("\"name\"", "\"standing\": \"suspended\", \"name\"")), "test");
            case "vendor-restraint" ->
                papers.restrain("a-vendor", Restraint.Kind.HOLD, Instant.MAX, "test", clock.instant());
            case "agreement" ->
                papers.putAgreement(bytes(Papers.agreement().replace("2027-07-31", "2026-10-04")), "test");
            case "rule-stop" -> rooms().book().suspend("alpha", "test", clock.instant());
            case "rights-user" -> rooms().rights().taking().restrict(PERSON, "made up", act());
            case "rights-class" ->
                rooms().rights()
                        .taking()
                        .reveal(Entity.CLASS, SourcedId.of("class-0"), "special.housing", "made up", act());
            case "rights-org" ->
                rooms().rights()
                        .taking()
                        .reveal(Entity.ORG, SourcedId.of("north"), "special.housing", "made up", act());
            case "rights-policy" -> rooms().rights().taking().beStrict(act());
            case "client" -> rooms().clients().revoke("alpha", "test");
            case "rule" -> rooms().book().approve("beta", 1, person(1), clock.instant());
            case "rule-clearing" -> rooms().book().release("alpha", person(1), clock.instant());
            case "rule-opinion" -> opine();
            case "adequacy" -> {
                var list = rooms().book().adequacy();
                list.draft(bytes(NOTHING_ADEQUATE), person(0).operator());
                list.submit(person(0), clock.instant());
                list.approve(person(1), clock.instant());
            }
            case "adequacy-stop" -> rooms().book().adequacy().disable("EEA:US", "test");
            default -> throw new IllegalArgumentException(kind);
        }
    }

    private void opine() {
        try (var officer = rooms().operators()
                .signIn("officer-d", "correct horse battery d".toCharArray(), clock.instant())
                .orElseThrow()) {
            rooms().book()
                    .opine(
                            new Opinion.Of("alpha", 1),
                            false,
                            "The names are not needed for this.",
                            officer,
                            clock.instant());
        }
    }

    /// What has to stand before the moment, so that the change changes the answer.
    private void before(String kind) {
        switch (kind) {
            case "rights-policy" -> rooms().rights().taking().optOut(List.of(PERSON), Optional.empty(), act());
            case "rule" -> {
                rooms().book()
                        .draft(bytes(file(rules().named("beta"))), person(0).operator(), clock.instant());
                rooms().book().submit("beta", 1, person(0), clock.instant());
                rooms().clients().make(Client.Wanted.everything("beta", "a-vendor", "beta"), "test", clock.instant());
                client = "beta";
            }
            case "rule-clearing" -> district.approve(file(rules().without(Field.USER_EMAIL)));
            case "rule-opinion" ->
                rooms().operators()
                        .make(
                                "officer-d",
                                "correct horse battery d".toCharArray(),
                                EnumSet.of(Role.DATA_PROTECTION_OFFICER),
                                "test",
                                clock.instant());
            default -> {}
        }
    }

    /// Everything the documents make of an answer.
    private static String answer(Explained explained) {
        return explained.verdict()
                + explained
                        .rule()
                        .map(version -> " " + version.rule().version() + version.life() + version.approvers()
                                + version.opinions().size())
                        .orElse("")
                + explained.floors().stream()
                        .map(cause -> cause.floor() + cause.words())
                        .toList();
    }

    private Explained.Question question(Instant at) {
        return new Explained.Question(client, rooms().vault().find(Entity.USER, PERSON), FIELD, at);
    }

    private String told(TimeMachine machine, Instant at) {
        return answer(Explained.then(rooms(), machine.at(at), question(at)));
    }

    static Set<String> kinds() {
        return new TreeSet<>(Wiring.DECIDING.keySet());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    @DisplayName("is needed: without it a moment before a change is told as if the change had been")
    void needed(String kind) throws IOException {
        furnish(kind);
        before(kind);
        var moment = asked();
        var truth = told(rooms().timeMachine(), moment);
        assertTrue(truth.startsWith(kind.equals("rule") ? "NO" : "YES"), truth);
        later();
        change(kind);
        later();
        assertNotEquals(truth, told(rooms().timeMachine(), clock.instant()));
        assertEquals(truth, told(rooms().timeMachine(), moment));
        assertNotEquals(truth, told(Unremembered.machine(rooms(), kind), moment));
    }

    /// A moment at which the client has an edition.
    private Instant asked() {
        later();
        var rule = client.equals("beta") ? "alpha" : client;
        rooms().editions()
                .current(
                        rooms().book()
                                .version(rule, 1, clock.instant())
                                .orElseThrow()
                                .rule(),
                        clock.instant());
        return clock.instant();
    }

    @Test
    @DisplayName("does not have operators: whatever becomes of who signed, the keys that prove it stay")
    void operators() throws IOException {
        furnish("operator");
        var moment = asked();
        var truth = told(rooms().timeMachine(), moment);
        assertTrue(truth.startsWith("YES") && truth.contains("signer-b"), truth);
        assertFalse(Wiring.DECIDING.containsKey("operator"));
        later();
        var password = "another horse battery b".toCharArray();
        rooms().operators().reset("author-a", password, "test");
        rooms().operators().reset("signer-b", password, "test");
        rooms().operators().reset("signer-b", "a third horse battery b".toCharArray(), "test");
        rooms().operators().changePassword("author-a", password, "a fourth horse battery b".toCharArray());
        rooms().operators().assign("signer-b", EnumSet.of(Role.DATA_PROTECTION_OFFICER), "test");
        rooms().operators().retire("signer-c", "test");
        assertEquals(truth, told(rooms().timeMachine(), moment));
        assertEquals(truth, told(rooms().timeMachine(), clock.instant()));
    }
}
