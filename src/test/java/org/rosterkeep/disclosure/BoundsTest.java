package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.rules.Bounds;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

@DisplayName("What bounds a rule's use")
class BoundsTest {
    private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

    private static Rule bounded(Bounds bounds) {
        Rule rule = Rules.whole("district").rule();
        return new Rule(
                rule.id(),
                rule.version(),
                rule.hash(),
                rule.vendor(),
                rule.client(),
                rule.agreement(),
                rule.purpose(),
                rule.sentence(),
                rule.basis(),
                rule.scope(),
                rule.grants(),
                rule.passThroughIds(),
                rule.domain(),
                rule.country(),
                rule.from(),
                rule.until(),
                bounds);
    }

    private static Rule most(int persons) {
        return bounded(new Bounds(Optional.of(persons), Set.of()));
    }

    private static House house(Bounds bounds) {
        return new House(Town.make(), bounded(bounds));
    }

    @Nested
    @DisplayName("its networks (F08)")
    class Networks {
        private final House house = house(new Bounds(Optional.empty(), Set.of("192.0.2.0/24", "2001:db8::/32")));

        @Test
        @DisplayName("a pull from elsewhere is refused and recorded, the same one from inside is answered")
        void elsewhere() {
            assertEquals(
                    new Outcome.Refused(Reason.ADDRESS_NOT_ALLOWED),
                    house.ask(Collection.USERS).from("198.51.100.1").outcome());
            assertEquals("ADDRESS_NOT_ALLOWED", house.account.last().reason());
            assertEquals(403, house.account.last().status());
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS).from("192.0.2.9").outcome());
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS).from("::ffff:192.0.2.9").outcome());
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS)
                            .from("2001:db8:0:0:0:0:0:1%eth0")
                            .outcome());
            assertEquals(
                    new Outcome.Refused(Reason.ADDRESS_NOT_ALLOWED),
                    house.ask(Collection.USERS).from("").outcome());
        }

        @Test
        @DisplayName("a wrong question from elsewhere learns no more than a right one")
        void wrong() {
            assertEquals(
                    new Outcome.Refused(Reason.ADDRESS_NOT_ALLOWED),
                    house.ask(Collection.USERS)
                            .where("nonsense", Filter.Op.EQ, "x")
                            .from("198.51.100.1")
                            .outcome());
        }

        @Test
        @DisplayName("the same request passes once the rule names no network, and for the district's own people")
        void removed() {
            assertInstanceOf(
                    Outcome.Granted.class,
                    house(Bounds.NONE)
                            .ask(Collection.USERS)
                            .from("198.51.100.1")
                            .outcome());
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS)
                            .by(new Recipient.Official("ada", "client-1"))
                            .from("198.51.100.1")
                            .outcome());
        }
    }

    @Nested
    @DisplayName("its persons in a day (F25)")
    class Persons {
        private final House house = house(new Bounds(Optional.of(5), Set.of()));

        @Test
        @DisplayName("the page that would go over is refused whole; who was given before may be given again")
        void over() {
            String first = house.ask(Collection.USERS).page(0, 4).text();
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    house.ask(Collection.USERS).page(4, 4).outcome());
            assertEquals(403, house.account.last().status());
            assertEquals(first, house.ask(Collection.USERS).page(0, 4).text());
            assertEquals(
                    1,
                    House.records(house.ask(Collection.USERS).page(4, 1).text()).size());
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    house.ask(Collection.USERS).page(5, 1).outcome());
        }

        @Test
        @DisplayName("the request that was refused passes at midnight UTC, and not a second before")
        void midnight() {
            house.ask(Collection.USERS).page(0, 5).text();
            Instant midnight = Instant.parse("2026-10-06T00:00:00Z");
            house.clock.forward(Duration.between(house.clock.instant(), midnight.minusSeconds(1)));
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    house.ask(Collection.USERS).page(5, 1).outcome());
            house.clock.forward(Duration.ofSeconds(1));
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS).page(5, 1).outcome());
        }

        @Test
        @DisplayName("the request that was refused passes once the rule has no ceiling")
        void removed() {
            house.ask(Collection.USERS).page(0, 5).text();
            assertInstanceOf(
                    Outcome.Refused.class,
                    house.ask(Collection.USERS).page(5, 1).outcome());
            house.rule = bounded(Bounds.NONE);
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS).page(5, 1).outcome());
        }

        @Test
        @DisplayName("a restart begins no new day")
        void restart() {
            house.ask(Collection.USERS).page(0, 5).text();
            house.restart();
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    house.ask(Collection.USERS).page(5, 1).outcome());
        }

        @Test
        @DisplayName("enrolments and demographics count the persons they are about, not their records")
        void about() {
            House one = house(new Bounds(Optional.of(1), Set.of()));
            var enrolments = one.ask(Collection.ENROLLMENTS)
                    .by(new Recipient.Official("ada", "client-1"))
                    .records();
            assertTrue(enrolments.size() > 1);
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    one.ask(Collection.ENROLLMENTS).outcome());
            one.ask(Collection.ENROLLMENTS).page(0, 1).text();
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    one.ask(Collection.USERS).page(0, 8).outcome());
            one.ask(Collection.CLASSES).text();
        }

        @Test
        @DisplayName("what a filter's total tells of counts, shown or not")
        void told() {
            assertEquals(
                    new Outcome.Refused(Reason.PERSONS_PER_DAY),
                    house.ask(Collection.USERS)
                            .where("givenName", Filter.Op.NE, "Nobody")
                            .page(0, 1)
                            .outcome());
        }

        @Test
        @DisplayName("the first refusal of a day is told to the journal and to who asks for the status, once")
        void alert() {
            house.ask(Collection.USERS).page(0, 5).text();
            assertEquals(List.of(), house.ceilings.reached(house.clock.instant()));
            house.ask(Collection.USERS).outcome();
            house.ask(Collection.USERS).outcome();
            house.restart();
            house.ask(Collection.USERS).outcome();
            assertEquals(List.of("rule.ceiling-reached"), house.journal.kinds());
            var reached = house.ceilings.reached(house.clock.instant());
            assertEquals(1, reached.size());
            assertEquals(5, reached.getFirst().persons());
            house.clock.forward(Duration.ofDays(1));
            assertEquals(List.of(), house.ceilings.reached(house.clock.instant()));
            house.ceilings.idle(house.clock.instant());
            assertEquals(List.of(), house.shelf.ids(Ceilings.KIND));
        }

        @Test
        @DisplayName("what cannot be counted is not given; what was counted already is")
        void full() {
            house.ask(Collection.USERS).page(0, 2).text();
            house.shelf.full(true);
            assertEquals(
                    new Outcome.Refused(Reason.LEDGER_UNAVAILABLE),
                    house.ask(Collection.USERS).page(2, 1).outcome());
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS).page(0, 2).outcome());
            house.shelf.full(false);
            assertInstanceOf(
                    Outcome.Granted.class,
                    house.ask(Collection.USERS).page(2, 1).outcome());
        }

        @Test
        @DisplayName("a count that cannot be read gives nothing more that day")
        void damaged() {
            house.ask(Collection.USERS).page(0, 1).text();
            house.shelf.put(
                    Ceilings.KIND, house.shelf.ids(Ceilings.KIND).getFirst(), "?".getBytes(StandardCharsets.UTF_8));
            house.restart();
            assertEquals(
                    new Outcome.Refused(Reason.LEDGER_UNAVAILABLE),
                    house.ask(Collection.USERS).page(0, 1).outcome());
        }

        @Test
        @DisplayName("many at once never get one person more, and always as many as fit")
        void concurrent() throws Exception {
            long seed = 20_261_124L;
            Rule rule = most(300);
            var shelf = new FakeShelf();
            var ceilings = new Ceilings(shelf, new FakeJournal());
            var random = new Random(seed);
            List<RoaringBitmap> answers = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                RoaringBitmap persons = new RoaringBitmap();
                int size = 1 + random.nextInt(5);
                for (int n = 0; n < size; n++) {
                    persons.add(random.nextInt(600));
                }
                answers.add(persons);
            }
            RoaringBitmap given = new RoaringBitmap();
            List<RoaringBitmap> refused = new ArrayList<>();
            try (var threads = Executors.newFixedThreadPool(8)) {
                List<Callable<Boolean>> asks = new ArrayList<>();
                answers.forEach(persons ->
                        asks.add(() -> ceilings.take(rule, persons, NOON).isEmpty()));
                List<Future<Boolean>> ends = threads.invokeAll(asks);
                for (int i = 0; i < ends.size(); i++) {
                    if (ends.get(i).get()) {
                        given.or(answers.get(i));
                    } else {
                        refused.add(answers.get(i));
                    }
                }
            }
            assertTrue(given.getCardinality() <= 300, "seed " + seed);
            assertTrue(!refused.isEmpty(), "seed " + seed);
            refused.forEach(persons -> assertTrue(
                    RoaringBitmap.orCardinality(given, persons) > 300, "refused though it fits, seed " + seed));
            RoaringBitmap one = RoaringBitmap.bitmapOf(given.first());
            assertEquals(Optional.empty(), new Ceilings(shelf, new FakeJournal()).take(rule, one, NOON));
        }

        @Test
        @DisplayName("a door without a count gives nothing under a rule with a ceiling")
        void unkept() {
            assertEquals(
                    Optional.of(Reason.PERSONS_PER_DAY), Ceiling.UNKEPT.take(most(5), RoaringBitmap.bitmapOf(1), NOON));
            assertEquals(Optional.empty(), Ceiling.UNKEPT.take(bounded(Bounds.NONE), RoaringBitmap.bitmapOf(1), NOON));
        }
    }
}
