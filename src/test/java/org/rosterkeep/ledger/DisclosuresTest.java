package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.ledger.Disclosures.Person;
import org.rosterkeep.ledger.Disclosures.Received;
import org.rosterkeep.roster.Entity;

@DisplayName("Who received what about a person")
class DisclosuresTest {
    @TempDir
    Path directory;

    private final Map<String, int[]> lists = new HashMap<>();
    private int asked;

    /// No edition is known.
    private static final Holders NOBODY = (rule, edition, enrollment) -> OptionalInt.empty();

    private final Spans spans = (rule, edition, entity, ordinals) -> {
        asked++;
        return Optional.ofNullable(lists.get(rule + edition + entity))
                .map(list -> Arrays.stream(ordinals)
                        .mapToLong(
                                ordinal -> Arrays.stream(list).boxed().toList().indexOf(ordinal))
                        .toArray());
    };

    @Test
    @DisplayName("finds exactly the answers that carried the person, as user, demographics or enrolment")
    void exact() {
        long seed = 41;
        SplittableRandom random = new SplittableRandom(seed);
        Person person = new Person(7, new int[] {40, 3, 21}, new int[0]);
        TreeSet<Long> expected = new TreeSet<>();
        try (Ledger ledger = Samples.open(directory)) {
            for (int i = 0; i < 400; i++) {
                Entity entity = Entity.values()[random.nextInt(Entity.values().length)];
                int[] list = random.ints(30, 0, 50).distinct().toArray();
                boolean span = random.nextBoolean();
                int first = random.nextInt(list.length);
                int last = first + random.nextInt(list.length - first + 1);
                int[] page = Arrays.copyOfRange(list, first, last);
                String client = "c" + i;
                if (span) {
                    lists.put("rule-" + client + 17 + entity, list);
                }
                int[] ascending = page.clone();
                Arrays.sort(ascending);
                Persons persons = span ? new Persons.Span(entity, first, last) : new Persons.Listed(entity, ascending);
                long number = ledger.append(Samples.entry(client, persons)).ledger();
                if (carries(entity, page)) {
                    expected.add(number);
                }
            }
            TreeSet<Long> found = new TreeSet<>();
            new Disclosures(ledger.pages(), spans, NOBODY)
                    .of(person, Instant.MIN, Instant.MAX)
                    .forEach(r -> {
                        assertTrue(r.certain());
                        assertTrue(r.records() > 0);
                        found.add(r.disclosed().number());
                    });
            assertEquals(expected, found, "seed " + seed);
            assertTrue(expected.size() > 20);
        }
    }

    @Test
    @DisplayName("asks for an edition's list once, however many pages were given from it")
    void oncePerEdition() {
        lists.put("rule-a17USER", new int[] {9, 7, 8});
        try (Ledger ledger = Samples.open(directory)) {
            for (int page = 0; page < 3; page++) {
                ledger.append(Samples.entry("a", new Persons.Span(Entity.USER, page, page + 1)));
            }
            List<Received> found = new Disclosures(ledger.pages(), spans, NOBODY)
                    .of(new Person(7, new int[0], new int[0]), Instant.MIN, Instant.MAX);
            assertEquals(1, found.size());
            assertEquals(
                    new Persons.Span(Entity.USER, 1, 2),
                    found.getFirst().disclosed().entry().persons());
            assertEquals(1, asked);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName(
            "leaves out an enrolment in the answers in which it was somebody else's, and says so when nobody knows")
    void handedOn(boolean span) {
        lists.put("rule-before17ENROLLMENT", new int[] {3, 21});
        lists.put("rule-after17ENROLLMENT", new int[] {3, 21});
        lists.put("rule-lost17ENROLLMENT", new int[] {3, 21});
        // Enrolment 21 was person 8's and is person 7's; enrolment 3 was always person 7's.
        Holders holders = (rule, edition, enrollment) -> switch (rule) {
            case "rule-before" -> OptionalInt.of(8);
            case "rule-after" -> OptionalInt.of(7);
            default -> OptionalInt.empty();
        };
        try (Ledger ledger = Samples.open(directory)) {
            for (String client : List.of("before", "after", "lost")) {
                ledger.append(Samples.entry(
                        client,
                        span
                                ? new Persons.Span(Entity.ENROLLMENT, 1, 2)
                                : new Persons.Listed(Entity.ENROLLMENT, new int[] {21})));
            }
            Disclosures disclosures = new Disclosures(ledger.pages(), spans, holders);
            assertEquals(
                    List.of("rule-after 1 true", "rule-lost 0 false"),
                    told(disclosures, new Person(7, new int[] {3, 21}, new int[] {21})));
            assertEquals(
                    List.of("rule-before 1 true", "rule-lost 0 false"),
                    told(disclosures, new Person(8, new int[] {21}, new int[] {21})));
        }
    }

    private static List<String> told(Disclosures disclosures, Person person) {
        return disclosures.of(person, Instant.MIN, Instant.MAX).stream()
                .map(one -> one.disclosed().entry().rule() + " " + one.records() + " " + one.certain())
                .toList();
    }

    @Test
    @DisplayName("says so when an edition is not known any more, rather than leave the answer out")
    void unknownEdition() {
        try (Ledger ledger = Samples.open(directory)) {
            ledger.append(Samples.entry("a", new Persons.Span(Entity.USER, 0, 1)));
            List<Received> found = new Disclosures(ledger.pages(), spans, NOBODY)
                    .of(new Person(7, new int[0], new int[0]), Instant.MIN, Instant.MAX);
            assertEquals(1, found.size());
            assertFalse(found.getFirst().certain());
        }
    }

    @Test
    @DisplayName("keeps to the time asked for")
    void between() {
        Samples.Hands clock = new Samples.Hands();
        List<Instant> times = new ArrayList<>();
        try (Ledger ledger = Samples.open(directory, clock)) {
            for (int i = 0; i < 5; i++) {
                clock.forward(Duration.ofHours(1));
                times.add(clock.instant());
                Entry entry = Samples.entry(clock.instant(), "a", new Persons.Listed(Entity.USER, new int[] {7}));
                ledger.append(entry);
            }
            List<Instant> found = new Disclosures(ledger.pages(), spans, NOBODY)
                    .of(new Person(7, new int[0], new int[0]), times.get(1), times.get(3)).stream()
                            .map(r -> r.disclosed().at())
                            .toList();
            assertEquals(times.subList(1, 3), found);
        }
    }

    private static boolean carries(Entity entity, int[] page) {
        return Arrays.stream(page).anyMatch(ordinal -> switch (entity) {
            case USER, DEMOGRAPHICS -> ordinal == 7;
            case ENROLLMENT -> ordinal == 40 || ordinal == 3 || ordinal == 21;
            case ORG, CLASS, COURSE, ACADEMIC_SESSION -> false;
        });
    }
}
