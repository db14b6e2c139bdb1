package org.rosterkeep.custody;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

@DisplayName("What a vendor holds")
class CustodyTest {
    private static final Instant START = Instant.parse("2026-09-01T08:00:00Z");
    private static final String APP = "reading-app";
    private static final String LANE = "library-lane";
    private static final Set<Field> NAMES = Set.of(Field.USER_GIVEN_NAME, Field.USER_FAMILY_NAME);

    private final FakeShelf shelf = new FakeShelf();
    private final FakeJournal journal = new FakeJournal();
    private FakeRegister register = new FakeRegister();
    private Custody custody = open();

    private Custody open() {
        return new Custody(shelf, journal, register, (slot, field) -> Set.of(field.element()), Disposal.shipped());
    }

    /// A ledger that is a list; enrolment n is user n / 2's.
    private static final class FakeRegister implements Register {
        private final List<Handed> all = new ArrayList<>();
        private String name = "a";
        private long visited;

        @Override
        public boolean has(Mark mark) {
            return mark.equals(Mark.BEGINNING) || mark.hash().equals(name) && mark.offset() <= all.size();
        }

        @Override
        public Mark read(Mark from, Consumer<Handed> visitor) {
            for (long n = from.offset(); n < all.size(); n++) {
                visited++;
                visitor.accept(all.get((int) n));
            }
            return new Mark(1, all.size(), name);
        }

        @Override
        public RoaringBitmap usersOf(RoaringBitmap enrollments) {
            RoaringBitmap users = new RoaringBitmap();
            enrollments.forEach((org.roaringbitmap.IntConsumer) one -> users.add(one / 2));
            return users;
        }

        @Override
        public RoaringBitmap enrollmentsOf(RoaringBitmap enrollments, RoaringBitmap users) {
            RoaringBitmap found = new RoaringBitmap();
            enrollments.forEach((org.roaringbitmap.IntConsumer) one -> {
                if (users.contains(one / 2)) {
                    found.add(one);
                }
            });
            return found;
        }
    }

    private void told(Instant at, String vendor, Entity entity, Set<Field> fields, int... records) {
        register.all.add(new Handed(
                at,
                vendor,
                new Slot("rule-of-" + vendor, 1, "dpa-" + vendor, entity, fields),
                Optional.of(RoaringBitmap.bitmapOf(records))));
    }

    private static Custody.Word word(Instant deletedAt, What what) {
        return new Custody.Word(Optional.empty(), deletedAt, "Example Officer", "overwritten", "", what);
    }

    private static What persons(int... users) {
        return new What(Optional.empty(), Optional.of(RoaringBitmap.bitmapOf(users)));
    }

    private static Instant day(int n) {
        return START.plus(Duration.ofDays(n));
    }

    private Exposure app(int day) {
        return custody.exposure(APP, day(day));
    }

    @Test
    @DisplayName("is whom it was told of, once each, with what, since when and when last")
    void told() {
        told(day(0), APP, Entity.USER, NAMES, 1, 2, 3);
        told(day(1), APP, Entity.USER, NAMES, 3, 4);
        told(day(2), APP, Entity.ENROLLMENT, Set.of(Field.ENROLLMENT_ROLE), 10, 11, 12);
        told(day(3), LANE, Entity.USER, NAMES, 9);
        Exposure held = app(4);
        assertEquals(6, held.persons());
        assertEquals(Map.of(Entity.USER, 4, Entity.ENROLLMENT, 3), held.records());
        assertEquals(4, held.elements().get("name.given"));
        assertEquals(2, held.elements().get(Field.ENROLLMENT_ROLE.element()));
        assertEquals(Optional.of(day(0)), held.oldest());
        assertEquals(Optional.of(day(2)), held.newest());
        assertEquals(Set.of(APP, LANE), custody.vendors());
    }

    @Nested
    @DisplayName("shrinks by an attestation")
    class Shrinks {
        @Test
        @DisplayName("of everything, to nothing; what comes later is held again")
        void everything() {
            told(day(0), APP, Entity.USER, NAMES, 1, 2);
            custody.attest(APP, word(day(1), What.EVERYTHING), "ada", day(1));
            assertEquals(0, app(1).persons());
            assertEquals(Optional.empty(), app(1).oldest());
            told(day(2), APP, Entity.USER, NAMES, 2);
            assertEquals(1, app(2).persons());
        }

        @Test
        @DisplayName("of elements, by these alone; of persons, by these alone with their enrolments")
        void parts() {
            told(day(0), APP, Entity.USER, NAMES, 1, 2, 3);
            told(day(0), APP, Entity.ENROLLMENT, Set.of(Field.ENROLLMENT_ROLE), 2, 3, 4);
            custody.attest(
                    APP, word(day(1), new What(Optional.of(Set.of("name.family")), Optional.empty())), "ada", day(1));
            assertFalse(app(1).elements().containsKey("name.family"));
            assertEquals(3, app(1).elements().get("name.given"));
            custody.attest(APP, word(day(1), persons(1)), "ada", day(1));
            assertEquals(Map.of(Entity.USER, 2, Entity.ENROLLMENT, 1), app(1).records());
            custody.attest(
                    APP,
                    word(day(1), new What(Optional.of(Set.of("name.given")), Optional.of(RoaringBitmap.bitmapOf(2)))),
                    "ada",
                    day(1));
            assertEquals(1, app(1).elements().get("name.given"));
        }

        @Test
        @DisplayName("that came late, by what was told before the deletion and not by what was told since")
        void late() {
            told(day(0), APP, Entity.USER, NAMES, 1, 2, 3);
            told(day(2), APP, Entity.USER, NAMES, 3, 4);
            custody.attest(APP, word(day(1), What.EVERYTHING), "ada", day(3));
            assertEquals(
                    Map.of(
                            Field.USER_GIVEN_NAME,
                            RoaringBitmap.bitmapOf(3, 4),
                            Field.USER_FAMILY_NAME,
                            RoaringBitmap.bitmapOf(3, 4)),
                    custody.held(APP));
            assertEquals(Optional.of(day(2)), app(3).oldest());
        }

        @Test
        @DisplayName("and by nothing else: not by a tombstone, not by the end of a rule, not by time")
        void nothingElse() {
            told(day(0), APP, Entity.USER, NAMES, 1);
            assertEquals(1, app(2000).persons());
        }

        @Test
        @DisplayName("and not at all when it cannot be written down")
        void full() {
            told(day(0), APP, Entity.USER, NAMES, 1);
            app(0);
            shelf.full(true);
            assertThrows(
                    IllegalStateException.class,
                    () -> custody.attest(APP, word(day(1), What.EVERYTHING), "ada", day(1)));
            shelf.full(false);
            assertEquals(1, app(1).persons());
            assertEquals(List.of(), custody.attestations(APP));
            journal.blocked(true);
            assertThrows(
                    IllegalStateException.class,
                    () -> custody.attest(APP, word(day(1), What.EVERYTHING), "ada", day(1)));
            assertEquals(1, app(1).persons());
        }

        @Test
        @DisplayName("unless that speaks of the future, of nobody, or answers a directive that is somebody else's")
        void wrong() {
            Directive lanes = custody.direct(LANE, "dpa", "off-boarding", What.EVERYTHING, 30, "ada", day(0));
            assertEquals(
                    CustodyFault.Code.DELETED_LATER,
                    assertThrows(
                                    CustodyFault.class,
                                    () -> custody.attest(APP, word(day(2), What.EVERYTHING), "ada", day(1)))
                            .code());
            assertEquals(
                    CustodyFault.Code.SCOPE_EMPTY,
                    assertThrows(CustodyFault.class, () -> custody.attest(APP, word(day(1), persons()), "ada", day(1)))
                            .code());
            var word = new Custody.Word(Optional.of(lanes.id()), day(1), "x", "y", "", What.EVERYTHING);
            assertEquals(
                    CustodyFault.Code.DIRECTIVE_UNKNOWN,
                    assertThrows(CustodyFault.class, () -> custody.attest(APP, word, "ada", day(1)))
                            .code());
        }
    }

    @Nested
    @DisplayName("and a directive to delete it")
    class Directives {
        @Test
        @DisplayName("is open, then a reminder, then late, then met, each to the second")
        void states() {
            told(day(0), APP, Entity.USER, NAMES, 1);
            Directive made = custody.direct(APP, "dpa-" + APP, "off-boarding", What.EVERYTHING, 30, "ada", day(0));
            assertEquals(day(30), made.due());
            assertEquals(Directive.State.OPEN, state(day(15).minusSeconds(1)));
            assertEquals(Directive.State.REMIND, state(day(15)));
            assertEquals(Directive.State.REMIND, state(day(30).minusSeconds(1)));
            assertEquals(Directive.State.OVERDUE, state(day(30)));
            assertEquals(List.of(made), custody.overdue(day(30)));
            var word = new Custody.Word(Optional.of(made.id()), day(31), "x", "y", "", What.EVERYTHING);
            custody.attest(APP, word, "ada", day(31));
            assertEquals(Directive.State.MET, state(day(31)));
            custody = open();
            assertEquals(Directive.State.MET, state(day(31)));
            assertEquals(List.of(), custody.overdue(day(31)));
        }

        private Directive.State state(Instant at) {
            return custody.exposure(APP, at).directives().getFirst().state();
        }

        @Test
        @DisplayName("is met by parts when they are the whole of it, and means what was told before it")
        void parts() {
            told(day(0), APP, Entity.USER, NAMES, 1, 2);
            custody.direct(APP, "dpa-" + APP, "left", persons(1, 2), 30, "ada", day(1));
            custody.attest(APP, word(day(2), persons(1)), "ada", day(2));
            assertEquals(Directive.State.OPEN, state(day(3)));
            assertEquals(
                    1, custody.exposure(APP, day(3)).directives().getFirst().persons());
            custody.attest(APP, word(day(2), persons(2)), "ada", day(2));
            assertEquals(Directive.State.MET, state(day(3)));
            told(day(4), APP, Entity.USER, NAMES, 1);
            assertEquals(Directive.State.MET, state(day(5)));
        }

        @Test
        @DisplayName("is not issued twice while it is open")
        void twice() {
            told(day(0), APP, Entity.USER, NAMES, 1);
            custody.idle();
            var first = custody.direct(APP, "dpa-" + APP, "off-boarding", What.EVERYTHING, 30, "ada", day(0));
            assertEquals(first, custody.direct(APP, "dpa-" + APP, "off-boarding", What.EVERYTHING, 30, "ada", day(1)));
            assertEquals(1, custody.directives(APP).size());
        }
    }

    @Nested
    @DisplayName("is known again")
    class Again {
        @Test
        @DisplayName("from a checkpoint: years of the ledger are not read twice")
        void checkpoint() {
            for (int n = 0; n < 6000; n++) {
                told(START.plusSeconds(n), APP, Entity.USER, NAMES, n % 500);
            }
            custody.idle();
            assertEquals(6000, register.visited);
            told(day(1), APP, Entity.USER, NAMES, 777);
            custody = open();
            assertEquals(501, app(1).persons());
            assertEquals(6001, register.visited);
        }

        @ParameterizedTest
        @ValueSource(strings = {Holdings.KIND, Holdings.MARK})
        @DisplayName("from the ledger when the checkpoint is damaged, attestations included")
        void damaged(String kind) {
            told(day(0), APP, Entity.USER, NAMES, 1, 2);
            custody.attest(APP, word(day(1), persons(1)), "ada", day(1));
            told(day(2), APP, Entity.USER, NAMES, 5);
            String id = shelf.ids(kind).getFirst();
            shelf.put(kind, id, "?".getBytes(StandardCharsets.UTF_8));
            custody = open();
            assertEquals(RoaringBitmap.bitmapOf(2, 5), custody.users(APP));
        }

        @Test
        @DisplayName("after the ledger was set aside: what the old one said is still held, and the new one adds to it")
        void setAside() {
            told(day(0), APP, Entity.USER, NAMES, 1, 2);
            custody.attest(APP, word(day(1), persons(1)), "ada", day(1));
            register = new FakeRegister();
            register.name = "b";
            told(day(2), APP, Entity.USER, NAMES, 7);
            custody = open();
            assertEquals(RoaringBitmap.bitmapOf(2, 7), custody.users(APP));
            custody.attest(APP, word(day(1), What.EVERYTHING), "ada", day(3));
            assertEquals(RoaringBitmap.bitmapOf(2, 7), custody.users(APP), "never less than the truth");
            custody.attest(APP, word(day(3), What.EVERYTHING), "ada", day(3));
            assertEquals(new RoaringBitmap(), custody.users(APP));
        }

        @Test
        @DisplayName("with what nobody can explain any more counted apart, until everything was deleted")
        void unexplained() {
            told(day(0), APP, Entity.USER, NAMES, 1);
            register.all.add(
                    new Handed(day(1), APP, new Slot("gone", 1, "dpa-" + APP, Entity.USER, NAMES), Optional.empty()));
            assertEquals(1, app(1).unexplained());
            custody.attest(APP, word(day(2), persons(1)), "ada", day(2));
            assertEquals(1, app(2).unexplained());
            custody.attest(APP, word(day(2), What.EVERYTHING), "ada", day(2));
            assertEquals(0, app(2).unexplained());
        }
    }

    /// One thing somebody was told of somebody.
    private record Bit(Field field, int ordinal) {}

    @Test
    @DisplayName("equals a naive count of single facts, for random answers, deletions, restarts and damage")
    void naive() {
        for (long seed = 1; seed <= 60; seed++) {
            new Drawn(seed).run();
        }
    }

    /// One random history, kept twice.
    private static final class Drawn {
        private static final List<Set<Field>> USER_FIELDS =
                List.of(NAMES, Set.of(Field.USER_GIVEN_NAME), Set.of(Field.USER_EMAIL, Field.USER_GIVEN_NAME));

        private final long seed;
        private final Random random;
        private final CustodyTest test = new CustodyTest();
        private final List<Attestation> attested = new ArrayList<>();
        private Instant now = START;

        Drawn(long seed) {
            this.seed = seed;
            random = new Random(seed);
        }

        void run() {
            for (int step = 0; step < 60; step++) {
                now = now.plusSeconds(1 + random.nextInt(3600));
                switch (random.nextInt(6)) {
                    case 0 -> attest();
                    case 1 -> test.custody = test.open();
                    case 2 -> check();
                    default -> tell();
                }
            }
            check();
        }

        private void tell() {
            String vendor = random.nextBoolean() ? APP : LANE;
            int[] records = random.ints(1 + random.nextInt(5), 0, 20)
                    .distinct()
                    .sorted()
                    .toArray();
            if (random.nextInt(3) == 0) {
                test.told(now, vendor, Entity.ENROLLMENT, Set.of(Field.ENROLLMENT_ROLE), records);
            } else {
                test.told(now, vendor, Entity.USER, USER_FIELDS.get(random.nextInt(3)), records);
            }
        }

        private void attest() {
            String vendor = random.nextBoolean() ? APP : LANE;
            Optional<Set<String>> elements =
                    random.nextBoolean() ? Optional.empty() : Optional.of(Set.of("name.given", "contact.email"));
            Optional<RoaringBitmap> users = random.nextBoolean()
                    ? Optional.empty()
                    : Optional.of(RoaringBitmap.bitmapOf(random.ints(4, 0, 20).toArray()));
            Instant deleted = now.minusSeconds(random.nextInt(3) * (long) random.nextInt(20_000));
            attested.add(test.custody.attest(vendor, word(deleted, new What(elements, users)), "ada", now));
        }

        private void check() {
            for (String vendor : List.of(APP, LANE)) {
                Map<Field, Set<Integer>> naive = new TreeMap<>();
                for (Bit bit : naive(vendor)) {
                    naive.computeIfAbsent(bit.field(), any -> new TreeSet<>()).add(bit.ordinal());
                }
                Map<Field, Set<Integer>> held = new TreeMap<>();
                test.custody.held(vendor).forEach((field, records) -> {
                    Set<Integer> all = new TreeSet<>();
                    records.forEach((org.roaringbitmap.IntConsumer) all::add);
                    held.put(field, all);
                });
                assertEquals(naive, held, "seed " + seed);
            }
        }

        private Set<Bit> naive(String vendor) {
            Set<Bit> held = new HashSet<>();
            List<Attestation> open = new ArrayList<>(
                    attested.stream().filter(one -> one.vendor().equals(vendor)).toList());
            open.sort(Comparator.comparing(Attestation::deletedAt));
            for (Handed handed : test.register.all) {
                while (!open.isEmpty() && open.getFirst().deletedAt().isBefore(handed.at())) {
                    delete(held, open.removeFirst().what());
                }
                if (handed.vendor().equals(vendor)) {
                    handed.slot()
                            .fields()
                            .forEach(field -> handed.records().orElseThrow().forEach((org.roaringbitmap.IntConsumer)
                                    ordinal -> held.add(new Bit(field, ordinal))));
                }
            }
            open.forEach(one -> delete(held, one.what()));
            return held;
        }

        private static void delete(Set<Bit> held, What what) {
            held.removeIf(bit -> {
                int user = bit.field().entity() == Entity.ENROLLMENT ? bit.ordinal() / 2 : bit.ordinal();
                return what.users().map(users -> users.contains(user)).orElse(true)
                        && what.elements()
                                .map(elements -> elements.contains(bit.field().element()))
                                .orElse(true);
            });
        }
    }

    @Test
    @DisplayName("is told to nobody by its journal: no fact there names a person")
    void journal() {
        told(day(0), APP, Entity.USER, NAMES, 1);
        custody.direct(APP, "dpa-" + APP, "off-boarding", What.EVERYTHING, 30, "ada", day(0));
        custody.attest(APP, word(day(1), What.EVERYTHING), "ada", day(1));
        assertEquals(List.of("vendor.directive-issued", "vendor.deletion-attested"), journal.kinds());
        assertTrue(journal.acts().stream().noneMatch(act -> act.facts().containsValue("Example Officer")));
    }
}
