package org.rosterkeep.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;

/// Two whole appliances with equal keys and one clock, over real HTTPS, whose rosters differ in nothing but what the
/// rules hide ([TwinRoster]) or the floors keep back ([TwinFloors]). Whatever a client asks, in either version of the
/// API, the answers are the same bytes, also while a part of its view waits for a person.
///
/// `-Drosterkeep.seed=N` tries another roster.
@DisplayName("Two worlds that differ only in what is hidden")
class TwoWorldsTest {
    private static final int QUERIES = 3;

    @TempDir
    static Path directory;

    private static final HandClock CLOCK = new HandClock();
    private static Twin.Mould mould;
    private static Twin.Mould abroad;
    private static List<String> patterns;

    @BeforeAll
    static void furnish() throws Exception {
        patterns = new OfficialApi().paths();
        List<Rules> rules =
                Stream.concat(Stream.of(TwinRules.whole()), northern()).toList();
        mould = Twin.Mould.make(directory.resolve("mould"), CLOCK, 1, rules);
        rules = Stream.concat(Stream.of(TwinRules.whole()), european().stream()).toList();
        abroad = Twin.Mould.make(directory.resolve("abroad"), CLOCK, 1, rules, TwinRules.EUROPEAN);
    }

    /// Where one rule is about those who consented under another law.
    private static List<Rules> european() {
        return List.of(TwinRules.consented(), TwinRules.treated());
    }

    private static Stream<Rules> northern() {
        return Stream.concat(TwinRules.northern().stream(), TwinRules.personal().stream());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("answer alike: status, headers and every byte, through imports that hide, show, remove and rename")
    void alike(long number) throws Exception {
        through(number, mould, northern().toList());
    }

    @ParameterizedTest
    @ValueSource(longs = 4)
    @DisplayName("answer alike in a district where some have consented, in each twin others of those out of sight")
    void consented(long number) throws Exception {
        through(number, abroad, european());
    }

    private static void through(long number, Twin.Mould mould, List<Rules> rules) throws Exception {
        long seed = Long.getLong("rosterkeep.seed", number);
        try (Twin one = new Twin(
                        mould, directory.resolve("one" + number), CLOCK, TwinRoster.floored(seed, seed * 1000 + 1));
                Twin other = new Twin(
                        mould, directory.resolve("other" + number), CLOCK, TwinRoster.floored(seed, seed * 1000 + 2))) {
            Pair pair = new Pair(seed, one, other, rules);
            for (int round = 0; round < TwinRoster.ROUNDS; round++) {
                pair.arrive(round);
                pair.withheld(round);
                pair.everything(round);
            }
            assertTrue(pair.asked > 150 * rules.size(), "a test of nothing");
            assertTrue(pair.came > 0, "nobody was taken for a while");
            assertTrue(pair.waited > rules.size() / 4, "nothing ever waited");
            assertEquals(List.of(), one.district.faults());
            assertEquals(List.of(), other.district.faults());
        }
    }

    /// The two of them, and what is asked of both.
    private static final class Pair {
        private final long seed;
        private final Random random;
        private final List<Rules> rules;
        private final Twin one;
        private final Twin other;
        private final TwinFloors floors;
        private final Map<String, String> tags = new TreeMap<>();
        private long asked;
        private int came;
        private int waited;

        Pair(long seed, Twin one, Twin other, List<Rules> rules) {
            this.seed = seed;
            this.rules = rules;
            this.random = new Random(seed);
            this.one = one;
            this.other = other;
            this.floors = new TwinFloors(seed, one, other);
        }

        /// A pull that began before the import goes on after it.
        void arrive(int round) throws Exception {
            if (round > 0) {
                both("treated", Pull.V1P2 + "/users?limit=3&sort=givenName");
            }
            CLOCK.forward(Duration.ofMinutes(7));
            if (round == 2) {
                List.of(one, other).forEach(twin -> twin.district.freeze("a-vendor"));
            }
            one.take(round);
            other.take(round);
            if (round == 0) {
                floors.keepBack(CLOCK.instant());
            }
            floors.decide(CLOCK.instant());
            if (round > 0) {
                both("treated", Pull.V1P2 + "/users?limit=3&offset=3&sort=givenName");
            }
            if (round == 2) {
                // One of them hears of hidden things once more, at a time of its own.
                CLOCK.forward(Duration.ofMinutes(2));
                one.take(round);
                other.as("treated");
            }
        }

        /// While a floor stands against somebody, and after it went; while the vendor is held, and after.
        void withheld(int round) {
            CLOCK.forward(Duration.ofMinutes(1));
            both("treated", Pull.V1P2 + "/users?limit=5");
            came += floors.comeAndGo(CLOCK.instant()) ? 1 : 0;
            both("treated", Pull.V1P2 + "/users?limit=5&offset=5");
            if (round == 2) {
                both("treated", Pull.V1P2 + "/users?limit=1000");
                List.of(one, other).forEach(twin -> twin.district.thaw("a-vendor"));
            }
            if (round == 1) {
                List.of(one, other).forEach(twin -> twin.district.hold("a-vendor"));
                both("treated", Pull.V1P2 + "/users?limit=1000");
                both("treated", Pull.V1P1 + "/classes");
                List.of(one, other).forEach(twin -> twin.district.letGo("a-vendor"));
                floors.reveal(CLOCK.instant());
                both("treated", Pull.V1P2 + "/users?limit=1000");
                both("consented", Pull.V1P2 + "/enrollments?limit=1000");
                CLOCK.forward(Duration.ofMinutes(1));
                floors.conceal(CLOCK.instant());
                both("treated", Pull.V1P2 + "/users?limit=1000");
                both("consented", Pull.V1P2 + "/enrollments?limit=1000");
            }
        }

        void everything(int round) {
            CLOCK.forward(Duration.ofMinutes(1));
            assertFalse(
                    one.as("whole")
                            .get(Pull.V1P2 + "/users?limit=900")
                            .body()
                            .equals(other.as("whole")
                                    .get(Pull.V1P2 + "/users?limit=900")
                                    .body()),
                    "the two do not differ at all");
            List<String> words = words();
            List<String> ids = ids();
            for (Rules rule : rules) {
                for (String service : services(rule, round)) {
                    for (String pattern : patterns) {
                        path(rule.id(), service, pattern, new Asking(random, words), ids);
                    }
                }
                tokens(rule.id());
            }
            waits();
            for (String rest : List.of("/users", "/users/nobody", "/nothing")) {
                same(Pull.stranger(one.district), Pull.stranger(other.district), Pull.V1P2 + rest, "stranger");
            }
        }

        /// What waits in the one waits in the other; of [TwinRules#whole] they see different things.
        private void waits() {
            List<String> waiting = waiting(one);
            assertEquals(waiting, waiting(other), "seed " + seed);
            waited += waiting.size();
        }

        private static List<String> waiting(Twin twin) {
            return twin.district.waiting().stream()
                    .filter(rule -> !rule.equals("whole"))
                    .sorted()
                    .toList();
        }

        /// Both versions for one rule; for each of the others one, in turn.
        private static List<String> services(Rules rules, int round) {
            List<String> both = List.of(Pull.V1P2, Pull.V1P1);
            int turn = (rules.id().length() + round) % 2;
            return rules.id().equals("treated") ? both : both.subList(turn, turn + 1);
        }

        /// A path with ids of its own, and with those of anything hidden or made up.
        private void path(String rule, String service, String pattern, Asking asking, List<String> ids) {
            List<String> paths = new ArrayList<>(one.as(rule).filled(service, pattern, 1));
            other.as(rule).filled(service, pattern, 1);
            if (pattern.contains("{")) {
                paths.add(strange(paths.isEmpty() ? pattern : paths.getFirst(), pattern, ids));
            }
            for (String path : paths) {
                for (String query : asking.queries(pattern, path.equals(paths.getFirst()) ? QUERIES : 1)) {
                    both(rule, service + path + query);
                }
            }
        }

        /// The same path with one of its ids replaced.
        private String strange(String path, String pattern, List<String> ids) {
            String[] segments = path.split("/");
            String[] places = pattern.split("/");
            List<Integer> at = new ArrayList<>();
            for (int n = 0; n < places.length; n++) {
                if (places[n].startsWith("{")) {
                    at.add(n);
                    if (segments[n].startsWith("{")) {
                        segments[n] = "nobody";
                    }
                }
            }
            segments[at.get(random.nextInt(at.size()))] = ids.get(random.nextInt(ids.size()));
            return String.join("/", segments);
        }

        private void both(String rule, String pathAndQuery) {
            String known = tags.getOrDefault(rule + pathAndQuery, "\"none\"");
            same(one.as(rule), other.as(rule), pathAndQuery, rule, "If-None-Match", known);
        }

        private void same(Pull left, Pull right, String pathAndQuery, String who, String... headers) {
            var first = left.ask(pathAndQuery, headers);
            var second = right.ask(pathAndQuery, headers);
            String expected = Pull.appearance(first.join());
            assertEquals(
                    expected,
                    Pull.appearance(second.join()),
                    () -> "seed " + seed + ", " + who + " asks " + pathAndQuery);
            asked++;
            first.join().headers().firstValue("ETag").ifPresent(tag -> tags.put(who + pathAndQuery, tag));
            secretsKept(expected, who, pathAndQuery);
        }

        /// And the two do not agree by both telling.
        private void secretsKept(String answer, String who, String pathAndQuery) {
            for (Twin twin : List.of(one, other)) {
                for (String secret : twin.roster.secrets()) {
                    if (answer.contains(secret) && !pathAndQuery.contains(Pull.encoded(secret))) {
                        throw new AssertionError(
                                "seed " + seed + ", " + who + " asks " + pathAndQuery + " and hears " + secret);
                    }
                }
            }
        }

        private void tokens(String rule) {
            assertEquals(
                    Pull.headers(one.withSecret(rule).token().join()),
                    Pull.headers(other.withSecret(rule).token().join()),
                    "seed " + seed);
        }

        /// Things to guess with: hidden values of either, values in view, times, and nonsense.
        private List<String> words() {
            List<String> words = new ArrayList<>(List.of(
                    "active",
                    "tobedeleted",
                    "A.",
                    "Given1",
                    "given2",
                    "05",
                    "north",
                    "south",
                    "student",
                    "teacher",
                    "true",
                    "2026",
                    "2026-10-05T06:45:00Z",
                    "2013-05-11",
                    "%",
                    "Withheld",
                    "00000000"));
            for (Twin twin : List.of(one, other)) {
                twin.roster.secrets().stream().limit(12).forEach(words::add);
            }
            return words;
        }

        /// Ids of everything hidden in either, as this vendor would be told them if it might, and of nothing.
        private List<String> ids() {
            List<String> ids = new ArrayList<>(List.of("nobody", "%2e%2e", "head", "elsewhere1", "south", "spring"));
            for (Twin twin : List.of(one, other)) {
                for (String path :
                        List.of("/users", "/orgs", "/classes", "/enrollments", "/courses", "/demographics")) {
                    ids.addAll(twin.as("whole").ids(Pull.V1P2 + path, ""));
                }
            }
            return ids;
        }
    }
}
