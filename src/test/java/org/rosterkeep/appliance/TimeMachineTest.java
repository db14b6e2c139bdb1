package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// Everything that was asked over HTTPS in some simulated months is asked again of the past, and must be told alike.
/// `-Drosterkeep.seed=N` lives another term, `-Drosterkeep.seeds=1..20` several.
@DisplayName("Explaining the past")
@ParameterizedClass(name = "of term {0}")
@MethodSource("seeds")
class TimeMachineTest {
    private static final int QUESTIONS = 12_000;
    /// Opening the rooms as they stood takes longer than asking them.
    private static final int INSTANTS = 40;
    /// What hangs on an age, which is kept only for a while.
    private static final List<Field> AGED = List.of(Field.USER_SMS, Field.USER_PHONE);

    private static long seed;
    private static SimulatedTerm term;
    private static List<Question> questions;

    private record Question(Answered answered, String person, Field field) {}

    TimeMachineTest(long seed) {
        assertEquals(TimeMachineTest.seed, seed);
    }

    static LongStream seeds() {
        var range = System.getProperty("rosterkeep.seeds", "");
        if (range.isEmpty()) {
            // In the second term an enrolment is handed on while a view stands still.
            var seed = Long.getLong("rosterkeep.seed");
            return seed == null ? LongStream.of(20_261_124L, 15) : LongStream.of(seed);
        }
        var ends = range.split("\\.\\.");
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    // The answers to what was asked in a term are asked about by more than one test.
    @BeforeParameterizedClassInvocation
    static void live(long number, @TempDir Path directory) throws IOException {
        seed = number;
        System.out.println("time machine: seed " + seed);
        term = new SimulatedTerm(directory, seed);
        term.live();
        System.out.println("time machine: " + term.acts);
        assertEquals(List.of(), term.district.faults());
        questions = new ArrayList<>();
        var random = new Random(seed + 1);
        var asked = new ArrayList<>(term.answers);
        Collections.shuffle(asked, random);
        // Half of the instants are drawn from those at which something was given, so that no seed leaves too few of
        // them;
        // the other half are drawn evenly from all the rest. How much was given and not given is asserted all the same.
        var gave = asked.stream()
                .filter(one -> !one.values().isEmpty())
                .limit(INSTANTS / 2)
                .toList();
        asked.removeAll(gave);
        asked.addAll(0, gave);
        while (questions.size() < QUESTIONS) {
            var answered = asked.get(random.nextInt(INSTANTS));
            // Of each second question it is only known that the person got something or other then, if anybody did.
            boolean had = questions.size() % 2 == 0 && !answered.values().isEmpty();
            int person = had ? one(answered.values().keySet(), random) : random.nextInt(StirredRoster.PERSONS);
            var field = Answered.FIELDS.get(random.nextInt(Answered.FIELDS.size()));
            if (field != Field.USER_GRADES || !StirredRoster.teaches(person)) {
                questions.add(new Question(answered, StirredRoster.id(person), field));
            }
        }
    }

    private static int one(Set<String> persons, Random random) {
        var sorted = persons.stream().sorted().toList();
        return Integer.parseInt(sorted.get(random.nextInt(sorted.size())).substring(1));
    }

    @AfterParameterizedClassInvocation
    static void close() {
        term.close();
    }

    @Test
    @DisplayName("says of 12,000 persons, fields and instants what the answers over HTTPS had")
    void equal() {
        var floors = new TreeMap<String, Integer>();
        var then = pasts(term.rooms().timeMachine());
        var wrong = new ArrayList<String>();
        int given = 0;
        int notKnown = 0;
        for (var question : questions) {
            var explained = explained(then, question);
            boolean gave = question.answered().gave(question.person(), question.field());
            boolean unknown = explained.verdict() == Explained.Verdict.UNKNOWN;
            if (unknown ? !AGED.contains(question.field()) : explained.given() != gave) {
                wrong.add(told(question, explained));
            }
            notKnown += unknown ? 1 : 0;
            given += gave ? 1 : 0;
            explained.floors().forEach(cause -> floors.merge(cause.floor() + " " + cause.words(), 1, Integer::sum));
        }
        System.out.println("time machine: seed " + seed + ": " + given + " of " + QUESTIONS + " given, " + notKnown
                + " not known any more; " + floors);
        assertTrue(notKnown < QUESTIONS / 10, "not known any more: " + notKnown);
        assertEquals(List.of(), wrong.subList(0, Math.min(wrong.size(), 20)), wrong.size() + " differ, seed " + seed);
        assertTrue(given > QUESTIONS / 10 && given < QUESTIONS * 9 / 10, "given: " + given);
        assertTrue(floors.size() >= 6, floors.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule-stop", "rights-user"})
    @DisplayName("fails when one kind of document was not remembered")
    void canFail(String kind) {
        var then = pasts(Unremembered.machine(term.rooms(), kind));
        var first = questions.stream()
                .filter(question -> !AGED.contains(question.field()))
                .filter(question -> explained(then, question).given()
                        != question.answered().gave(question.person(), question.field()))
                .findFirst();
        System.out.println("time machine: without " + kind + ": " + first.map(one -> told(one, explained(then, one))));
        assertTrue(Wiring.DECIDING.containsKey(kind));
        assertTrue(first.isPresent(), "nothing differs without " + kind + ", seed " + seed);
    }

    private static Function<Instant, Then> pasts(TimeMachine machine) {
        Map<Instant, Then> known = new HashMap<>();
        return at -> known.computeIfAbsent(at, machine::at);
    }

    private Explained explained(Function<Instant, Then> then, Question question) {
        var at = question.answered().at();
        int user = term.rooms().vault().find(Entity.USER, SourcedId.of(question.person()));
        return Explained.then(
                term.rooms(),
                then.apply(at),
                new Explained.Question(question.answered().client(), user, question.field(), at));
    }

    private static String told(Question question, Explained explained) {
        return question.answered().client() + " " + question.person() + " "
                + question.field().path() + " at " + question.answered().at() + " was "
                + (question.answered().gave(question.person(), question.field()) ? "given" : "not given") + "; "
                + explained.sentence() + " "
                + explained.rule().map(one -> one.rule().version() + " " + one.life());
    }
}
