package org.rosterkeep.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.rosterkeep.reference.Model.Cause;

/// The reference against the sentences of the text it was written from, and the worlds against their promises.
class ReferenceTest {

    private static final int MANY = 20_000;
    private static final long SEED = 41;
    private final Reference reference = new Reference();

    @TestFactory
    @DisplayName("each sentence of the text: refused for its cause alone, given beside it")
    Stream<DynamicTest> sentences() {
        return Stream.concat(
                        Sentences.floors(), Stream.concat(PlaceSentences.destinations(), PersonSentences.persons()))
                .map(s -> DynamicTest.dynamicTest(s.says(), () -> {
                    assertEquals(Set.of(s.cause()), causes(s.refused()), "refused");
                    assertEquals(Set.of(), causes(s.given()), "given");
                }));
    }

    @Test
    @DisplayName("every cause has its sentence")
    void all() {
        var spoken = EnumSet.noneOf(Cause.class);
        Stream.concat(Sentences.floors(), Stream.concat(PlaceSentences.destinations(), PersonSentences.persons()))
                .forEach(s -> spoken.add(s.cause()));
        assertEquals(EnumSet.allOf(Cause.class), spoken);
    }

    @Test
    @DisplayName("of random worlds about a third is given, and every cause refuses in a fair share")
    void shares() {
        var worlds = new Worlds(SEED);
        var count = new EnumMap<Cause, Integer>(Cause.class);
        var given = 0;
        for (var i = 0; i < MANY; i++) {
            var causes = causes(worlds.next());
            given += causes.isEmpty() ? 1 : 0;
            causes.forEach(c -> count.merge(c, 1, Integer::sum));
        }
        assertTrue(given > MANY * 27 / 100 && given < MANY * 42 / 100, given + " given; seed " + SEED);
        for (var cause : Cause.values()) {
            assertTrue(count.getOrDefault(cause, 0) > MANY / 100, cause + " of " + count + "; seed " + SEED);
        }
    }

    @Test
    @DisplayName(
            "a cause taken from a random world leaves exactly the other causes; no rule hides what a rule would meet")
    void without() {
        var worlds = new Worlds(SEED);
        for (var i = 0; i < MANY; i++) {
            var made = worlds.next();
            var causes = causes(made);
            for (var cause : causes) {
                var expected = EnumSet.copyOf(causes);
                expected.remove(cause);
                var left = causes(made.without(cause));
                var right = cause == Cause.F01
                        ? left.containsAll(expected) && !left.contains(cause)
                        : left.equals(expected);
                assertTrue(right, "case " + i + " of seed " + SEED + ": " + causes + " without " + cause + ": " + left);
            }
        }
    }

    @Test
    @DisplayName("the same seed makes the same worlds")
    void seeded() {
        var one = new Worlds(SEED);
        var other = new Worlds(SEED);
        for (var i = 0; i < 200; i++) {
            assertEquals(one.next(), other.next());
        }
    }

    @Test
    @DisplayName("a client without a rule and a person nobody knows get nothing")
    void unknown() {
        var base = Sentences.base("name.given");
        assertEquals(Set.of(Cause.OUT_OF_SCOPE), causes(base.question("person", "nobody")));
        assertEquals(Set.of(Cause.F01), causes(base.question("client", "nobody")));
    }

    private Set<Cause> causes(Case made) {
        return reference.decide(made.world(), made.question()).refusing();
    }
}
