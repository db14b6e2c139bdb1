package org.rosterkeep.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Ceiling;
import org.rosterkeep.reference.Furnished.Breaking;
import org.rosterkeep.reference.Model.Cause;
import org.rosterkeep.reference.Model.Kind;
import org.rosterkeep.reference.Model.Law;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Floors;

/// The second opinion is asked: random worlds are furnished in the appliance by files, verbs and signatures, and a
/// client asks at the door. `-Drosterkeep.seeds=1..5 -Drosterkeep.cases=40000` asks other and more questions.
@DisplayName("The appliance and the reference")
class SecondOpinionTest {
    private static final String SEEDS = System.getProperty("rosterkeep.seeds", "2027..2027");
    private static final long SEED = seeds().min().orElseThrow();
    private static final int USUAL = 2000;
    private static final int CASES = Integer.getInteger("rosterkeep.cases", USUAL);

    /// What is not asked, or not in full, and why.
    static final Map<String, String> NOT_COMPARED = Map.of(
            "F08", "the reference knows no network addresses",
            "F06 of an address under unstable housing", "no record of OneRoster 1.1 or 1.2 rostering has an address",
            "F12 and F18 of the pairwise id alone", "it is what a record is called, and goes with the person",
            "F18 with a rule that carries the statement", "no record of OneRoster can carry one",
            "F24 apart from F20", "the clock is the ledger's, and at the door both are a ledger that does not write");
    /// So often every cause has to refuse alone, at the least.
    private static final int ALONE = 3;

    /// The provider is looked up anew for each text otherwise, in every archive there is.
    @BeforeAll
    static void provider() {
        System.setProperty("jakarta.json.provider", "org.eclipse.parsson.JsonProviderImpl");
    }

    static LongStream seeds() {
        var ends = SEEDS.split("\\.\\.", 2);
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
    }

    @ParameterizedTest(name = "of seed {0}")
    @MethodSource("seeds")
    @DisplayName("agree on what is given, and on the causes of what is not; every cause refuses alone several times")
    void agree(long seed) {
        var began = System.nanoTime();
        var run = new Comparison(Breaking.NOTHING, seed, _ -> true, _ -> true).run(CASES, Integer.MAX_VALUE);
        if (CASES > USUAL) {
            System.out.println(run.figures() + "; "
                    + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");
            run.smallest().ifPresent(System.out::println);
        }
        assertEquals(Optional.empty(), run.smallest(), () -> run.smallest().orElseThrow());
        var rarely = EnumSet.allOf(Cause.class);
        rarely.removeIf(cause -> run.alone().getOrDefault(cause, 0) >= ALONE);
        assertEquals(Set.of(), rarely, run.figures());
        assertTrue(run.given() > run.cases() / 8, run.figures());
    }

    @Test
    @DisplayName("have every basis of law to ask about")
    void bases() {
        var engine = new Engine(Breaking.NOTHING);
        assertEquals(
                List.of(),
                Stream.of(Kind.values()).filter(kind -> !engine.available(kind)).toList());
    }

    @TestFactory
    @DisplayName("do not agree any more once something is broken:")
    Stream<DynamicTest> broken() {
        var slow = new Breaking(same(), same(), same(), Duration.ofSeconds(1));
        var late = new Breaking(same(), longer(), same(), Duration.ZERO);
        var uncounted = new Breaking(same(), same(), _ -> uncounted(), Duration.ZERO);
        var found = new TreeMap<String, Comparison>(Map.of(
                "the rules go by a clock that is a second slow", comparison(slow, _ -> true),
                "a country is adequate for a day more",
                        new Comparison(late, SEED, SecondOpinionTest::abroad, _ -> true),
                "nobody counts the persons of a day", comparison(uncounted, alone(Cause.F25))));
        for (var floor :
                List.of(Cause.F09, Cause.F10, Cause.F11, Cause.F12, Cause.F16, Cause.F17, Cause.F18, Cause.F19)) {
            found.put("nobody asks for " + floor, comparison(without(floor.name()), alone(floor)));
        }
        return found.entrySet().stream()
                .map(one -> DynamicTest.dynamicTest(one.getKey(), () -> {
                    var run = one.getValue().run(CASES, 1);
                    assertTrue(run.smallest().isPresent(), "not found: " + run.figures());
                }));
    }

    private static Comparison comparison(Breaking breaking, Predicate<Set<Cause>> causing) {
        return new Comparison(breaking, SEED, _ -> true, causing);
    }

    private static Predicate<Set<Cause>> alone(Cause cause) {
        return Set.of(cause)::equals;
    }

    private static Ceiling uncounted() {
        return (_, _, _) -> Optional.empty();
    }

    /// Where nothing goes abroad no list is looked at.
    private static boolean abroad(Case made) {
        return !made.rule()
                .transfer()
                .approved()
                .equals(Set.of(made.world().controller().home()));
    }

    private static <T> UnaryOperator<T> same() {
        return UnaryOperator.identity();
    }

    private static UnaryOperator<Law> longer() {
        return law -> Case.with(
                law,
                "adequacy",
                law.adequacy().stream()
                        .map(a -> Case.with(a, "until", a.until().map(at -> at.plus(Duration.ofDays(1)))))
                        .toList());
    }

    private static Breaking without(String floor) {
        return new Breaking(
                floors -> (rule, relations, now) -> all(floors.causes(rule, relations, now).stream()
                        .filter(cause -> !cause.floor().equals(floor))
                        .toList()),
                same(),
                same(),
                Duration.ZERO);
    }

    /// As one, under a stamp that no two sets here share.
    private static Floors.Withheld all(List<Floors.Cause> causes) {
        if (causes.isEmpty()) {
            return Floors.Withheld.NOTHING;
        }
        var users = new RoaringBitmap();
        var orgs = new RoaringBitmap();
        var classes = new RoaringBitmap();
        var fields = new TreeMap<Field, RoaringBitmap>();
        long stamp = 1;
        for (var cause : causes) {
            var withheld = cause.withheld();
            users.or(withheld.users());
            orgs.or(withheld.orgs());
            classes.or(withheld.classes());
            withheld.fields()
                    .forEach((field, of) -> fields.merge(field, of, (one, more) -> RoaringBitmap.or(one, more)));
            stamp = stamp * 31 + withheld.stamp();
        }
        return new Floors.Withheld(stamp == 0 ? 1 : stamp, users, orgs, classes, fields);
    }
}
