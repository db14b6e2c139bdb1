package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.access.Role;
import org.rosterkeep.access.Session;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.rights.Act;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Opinion;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.Rule;

/// One thing is changed after a moment; without the memory of its kind, the moment is told wrong.
@DisplayName("The memory of each deciding kind")
class MemoryNeededTest {
    private static final SourcedId PERSON = SourcedId.of("p0");
    private static final Field FIELD = Field.ENROLLMENT_ROLE;

    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-10-05T06:30:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private final Hands clock = new Hands();

    @TempDir
    Path directory;

    private LiveDistrict district;

    @BeforeEach
    void furnish() throws IOException {
        district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom());
        var roster = new StirredRoster();
        roster.write(directory.resolve("roster"));
        district.take(directory.resolve("roster"), Set.copyOf(Papers.grantable()));
        district.sign(Papers.DISTRICT, Papers.VENDOR, Papers.agreement());
        district.activate(List.of(file()));
        later();
    }

    @AfterEach
    void close() {
        district.close();
    }

    private static String file() {
        return Papers.rule(Rules.whole("north").named("alpha").roles("student", "teacher"));
    }

    private void later() {
        clock.now = clock.now.plus(Duration.ofHours(1));
    }

    private Rooms rooms() {
        return district.rooms();
    }

    private Act act() {
        return new Act("test", clock.now);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Session signIn(String name, String last) {
        return rooms().operators()
                .signIn(name, ("correct horse battery " + last).toCharArray(), clock.now)
                .orElseThrow();
    }

    private void change(String kind) {
        var papers = rooms().book().papers();
        switch (kind) {
            case "controller" ->
                papers.putController(
                        bytes(Papers.DISTRICT.replace("\"US-FERPA\"", "\"US-FERPA\", \"EU\"")), "test");
            case "vendor" ->
                papers.putVendor(bytes(Papers.VENDOR.replace("\"name\"", "\"standing\": \"suspended\", \"name\"")), "test");
            case "vendor-restraint" ->
                papers.restrain("a-vendor", Restraint.Kind.HOLD, Instant.MAX, "test", clock.now);
            case "agreement" ->
                papers.putAgreement(bytes(Papers.agreement().replace("2027-07-31", "2026-10-04")), "test");
            case "rule-stop" -> rooms().book().suspend("alpha", "test", clock.now);
            case "rights-user" -> rooms().rights().taking().restrict(PERSON, "made up", act());
            case "rights-class" ->
                rooms().rights().taking().reveal(Entity.CLASS, SourcedId.of("class-0"), "special.housing", "made up", act());
            case "rights-org" ->
                rooms().rights().taking().reveal(Entity.ORG, SourcedId.of("north"), "special.housing", "made up", act());
            case "rights-policy" -> rooms().rights().taking().beStrict(act());
            case "client" -> rooms().clients().revoke("alpha", "test");
            case "rule" -> {
                try (var signer = signIn("signer-b", "b")) {
                    rooms().book().approve("beta", 1, signer, clock.now);
                }
            }
            case "rule-opinion" -> {
                var password = "correct horse battery d".toCharArray();
                rooms().operators()
                        .make("officer-d", password, EnumSet.of(Role.DATA_PROTECTION_OFFICER), "test", clock.now);
                try (var officer = signIn("officer-d", "d")) {
                    rooms().book()
                            .opine(new Opinion.Of("alpha", 1), false, "The names are not needed for this.", officer, clock.now);
                }
            }
            default -> throw new IllegalArgumentException(kind);
        }
    }

    /// What has to stand before the moment, so that the change changes the answer.
    private void before(String kind) {
        if (kind.equals("rights-policy")) {
            rooms().rights().taking().optOut(List.of(PERSON), Optional.empty(), act());
        }
        if (kind.equals("rule")) {
            try (var author = signIn("author-a", "a")) {
                var text = file().replace("alpha", "beta");
                rooms().book().draft(bytes(text), "author-a", clock.now);
                rooms().book().submit("beta", 1, author, clock.now);
            }
            rooms().clients()
                    .make(org.rosterkeep.access.Client.Wanted.everything("beta", "a-vendor", "beta"), "test", clock.now);
        }
    }

    /// Everything the documents make of an answer.
    private static String answer(Explained explained) {
        return explained.verdict()
                + explained.rule()
                        .map(version -> " " + version.rule().version() + version.life() + version.approvers()
                                + version.opinions().size())
                        .orElse("")
                + explained.floors().stream().map(cause -> cause.floor() + cause.words()).toList();
    }

    private Explained.Question question(String kind, Instant at) {
        var client = kind.equals("rule") ? "beta" : "alpha";
        return new Explained.Question(client, rooms().vault().find(Entity.USER, PERSON), FIELD, at);
    }

    private String told(TimeMachine machine, String kind, Instant at) {
        return answer(Explained.then(rooms(), machine.at(at), question(kind, at)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "controller",
                "vendor",
                "vendor-restraint",
                "agreement",
                "rule",
                "rule-stop",
                "rule-opinion",
                "rights-user",
                "rights-class",
                "rights-org",
                "rights-policy",
                "client"
            })
    @DisplayName("is needed: without it a moment before a change is told as if the change had been")
    void needed(String kind) {
        before(kind);
        later();
        Rule rule = rooms().book().version("alpha", 1, clock.now).orElseThrow().rule();
        rooms().editions().current(rule, clock.now);
        var moment = clock.now;
        var truth = told(rooms().timeMachine(), kind, moment);
        assertTrue(truth.startsWith(kind.equals("rule") ? "NO" : "YES"), truth);
        later();
        change(kind);
        later();
        assertNotEquals(truth, told(rooms().timeMachine(), kind, clock.now));
        assertEquals(truth, told(rooms().timeMachine(), kind, moment));
        assertTrue(Wiring.DECIDING.containsKey(kind));
        var kept = new java.util.HashMap<>(Wiring.DECIDING);
        kept.remove(kind);
        var forgetful = new Chronicle(new Without(rooms().vault(), "history/" + kind), clock, Map.copyOf(kept));
        assertNotEquals(
                truth, told(new TimeMachine(forgetful, rooms().timeMachine().rooms()), kind, moment));
    }

    /// A shelf on which a kind was never written: what a chronicle that does not keep it leaves behind.
    private record Without(Shelf shelf, String kind) implements Shelf {
        @Override
        public Optional<byte[]> get(String of, String id) {
            return of.equals(kind) ? Optional.empty() : shelf.get(of, id);
        }

        @Override
        public List<String> ids(String of) {
            return of.equals(kind) ? List.of() : shelf.ids(of);
        }

        @Override
        public Map<String, byte[]> all(String of) {
            return of.equals(kind) ? Map.of() : shelf.all(of);
        }

        @Override
        public void apply(List<Change> changes) {
            throw new UnsupportedOperationException("only looked at");
        }
    }
}
