package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Runs;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;

/// The next edition looks again only at whom a change can have reached. Here everybody who stayed is written both ways
/// and compared, over random rosters, imports and versions of a rule, and the edition must say the same.
@DisplayName("Looking only at whom a change can reach")
class NobodyMissedTest {
    private static final int ROUNDS = 60;
    private static final List<String> ROLES = List.of("student", "teacher", "aide", "parent");
    private static final List<String> GRADES = List.of("05", "06", "07");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("gives the edition that looking at everybody gives: numbers, instants and sets")
    void nobody(long seed) {
        Life life = new Life(Long.getLong("rosterkeep.seed", seed));
        for (int round = 0; round < ROUNDS; round++) {
            life.goesOn();
        }
        assertTrue(
                life.onlyPointing > 20, "too few looked different for the sake of a reference: " + life.onlyPointing);
    }

    private static final class Life {
        private final Random random;
        private final World world = new World();
        private final House house;
        private Rules rules;
        private Edition before;
        private int version = 1;
        private int onlyPointing;

        Life(long seed) {
            random = new Random(seed);
            world.org("district", "District", "district", "");
            places();
            IntStream.range(0, 40).forEach(this::user);
            IntStream.range(0, 60).forEach(this::enrolment);
            world.commit();
            rules = Rules.whole("district");
            house = new House(world, rules.rule());
            before = edition();
        }

        private Edition edition() {
            return house.editions.current(house.rule, house.clock.instant());
        }

        private void places() {
            IntStream.range(0, 6).forEach(this::org);
            IntStream.range(0, 6).forEach(this::session);
            IntStream.range(0, 5).forEach(this::course);
            IntStream.range(0, 12).forEach(this::klass);
        }

        private String some(String of, int bound) {
            return of + random.nextInt(bound);
        }

        private void org(int n) {
            String parent = n == 0 || random.nextInt(3) == 0 ? "district" : "org" + random.nextInt(n);
            world.org("org" + n, some("Org ", 3), random.nextInt(5) == 0 ? "department" : "school", parent);
        }

        private void session(int n) {
            String parent = n == 0 || random.nextInt(4) == 0 ? "" : "session" + random.nextInt(n);
            world.session("session" + n, some("Time ", 3), random.nextBoolean() ? "term" : "gradingPeriod", parent);
        }

        private void course(int n) {
            world.course("course" + n, some("Course ", 3), some("org", 6), some("session", 6));
        }

        private void klass(int n) {
            String[] terms = random.ints(1 + random.nextInt(2), 0, 6)
                    .distinct()
                    .mapToObj(term -> "session" + term)
                    .toArray(String[]::new);
            world.klass("class" + n, some("Class ", 3), some("course", 5), some("org", 6), terms);
        }

        private void user(int n) {
            List<World.Role> roles = new ArrayList<>();
            for (int left = 1 + random.nextInt(3); left > 0; left--) {
                roles.add(new World.Role(ROLES.get(random.nextInt(4)), some("org", 6), random.nextBoolean()));
            }
            Map<Field, String> fields = new HashMap<>();
            if (random.nextBoolean()) {
                fields.put(Field.USER_GRADES, GRADES.get(random.nextInt(3)));
            }
            if (random.nextBoolean()) {
                fields.put(Field.USER_PRIMARY_ORG, some("org", 6));
            }
            if (random.nextBoolean()) {
                fields.put(Field.USER_AGENTS, some("user", 45) + "," + some("user", 45));
            }
            world.user("user" + n, some("Given ", 3), some("Family ", 3), roles, fields);
        }

        private void enrolment(int n) {
            world.enroll("e" + n, some("user", 40), some("class", 12), some("org", 6), ROLES.get(random.nextInt(2)));
        }

        void goesOn() {
            house.clock.forward(Duration.ofHours(1));
            int kind = random.nextInt(10);
            if (kind < 6) {
                version();
            }
            if (kind > 4) {
                arrives();
            }
            if (random.nextInt(5) == 0) {
                floor();
            }
            if (random.nextInt(6) == 0) {
                house.restart();
            }
            Edition after = edition();
            compare(before, after);
            before = after;
        }

        private void arrives() {
            for (int left = random.nextInt(4); left >= 0; left--) {
                switch (random.nextInt(9)) {
                    case 0 -> org(random.nextInt(6));
                    case 1 -> session(random.nextInt(6));
                    case 2 -> course(random.nextInt(5));
                    case 3 -> klass(random.nextInt(12));
                    case 4 -> user(random.nextInt(45));
                    case 5 -> enrolment(random.nextInt(60));
                    case 6 -> gone(Entity.ORG, some("org", 6));
                    case 7 -> gone(Entity.ACADEMIC_SESSION, some("session", 6));
                    default -> gone(Entity.USER, some("user", 40));
                }
            }
            world.commit();
        }

        private void floor() {
            switch (random.nextInt(5)) {
                case 0 -> house.floors.withhold(Entity.USER, some("user", 40));
                case 1 -> house.floors.withhold(Entity.ORG, some("org", 6));
                case 2 -> house.floors.withhold(Field.USER_AGENTS, some("user", 40));
                case 3 -> house.floors.withhold(Field.USER_FAMILY_NAME, some("user", 40));
                default -> house.floors.lift();
            }
        }

        private void gone(Entity entity, String id) {
            if (world.relations().live(entity).contains(world.ordinal(entity, id))) {
                world.remove(entity, id);
            }
        }

        private void version() {
            switch (random.nextInt(7)) {
                case 0, 1, 2, 3 -> rules = scoped();
                case 4 -> rules = rules.roles(few(ROLES));
                case 5 -> rules = rules.grades(random.nextBoolean() ? new String[0] : few(GRADES));
                default -> {
                    Field field = some(List.of(
                            Field.USER_AGENTS,
                            Field.USER_PRIMARY_ORG,
                            Field.USER_FAMILY_NAME,
                            Field.ORG_CHILDREN,
                            Field.SESSION_PARENT,
                            Field.COURSE_ORG));
                    rules = rules.grants().containsKey(field) && random.nextBoolean()
                            ? rules.without(field)
                            : rules.with(field, new Treatment.AsIs());
                }
            }
            rules = rules.version(++version);
            house.rule = rules.rule();
        }

        private Rules scoped() {
            TreeSet<String> orgs = new TreeSet<>();
            random.ints(1 + random.nextInt(5), 0, 6).forEach(n -> orgs.add("org" + n));
            if (random.nextInt(3) == 0) {
                orgs.add("district");
            }
            return new Rules(
                    rules.id(),
                    rules.version(),
                    orgs,
                    random.nextInt(4) == 0,
                    rules.roles(),
                    rules.grades(),
                    random.nextInt(6) == 0
                            ? new TreeSet<>(List.of(some("class", 6), "class" + (6 + random.nextInt(6))))
                            : new TreeSet<>(),
                    rules.grants(),
                    rules.passThroughIds(),
                    rules.domain(),
                    rules.purpose());
        }

        private String[] few(List<String> of) {
            return random.ints(4, 0, of.size()).distinct().mapToObj(of::get).toArray(String[]::new);
        }

        private <T> T some(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private void compare(Edition was, Edition is) {
            boolean any = false;
            for (Entity entity : Entity.values()) {
                RoaringBitmap stayed = RoaringBitmap.and(was.live(entity), is.live(entity));
                RoaringBitmap moved = new Mirror(world, world).moved(entity, was.sight(), is.sight(), stayed.clone());
                RoaringBitmap expected = RoaringBitmap.or(RoaringBitmap.andNot(is.live(entity), stayed), moved);
                any |= !expected.isEmpty() || !was.live(entity).equals(is.live(entity));
                if (is.number() != was.number()) {
                    assertEquals(expected, at(is, entity), () -> entity + " in version " + version);
                } else {
                    assertEquals(new RoaringBitmap(), expected, () -> entity + " in version " + version);
                    assertEquals(was.live(entity), is.live(entity));
                }
                RoaringBitmap pointing = RoaringBitmap.andNot(moved, world.changedSince(entity, was.batch()));
                onlyPointing += was.lens().sameLook(entity, is.lens()) ? pointing.getCardinality() : 0;
            }
            assertEquals(any ? was.number() + 1 : was.number(), is.number());
        }

        /// The live ones whose time is the edition's.
        private static RoaringBitmap at(Edition edition, Entity entity) {
            RoaringBitmap at = new RoaringBitmap();
            for (Runs.Run run : edition.track(entity).live().runs()) {
                if (run.at().equals(edition.kept().at())) {
                    at.or(run.members());
                }
            }
            return at;
        }
    }
}
