package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.GuardProfile;
import org.rosterkeep.entitlement.GuardProfiles;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;

/// A vendor that follows deltas through a made-up term of imports, floors, edits of its rule, releases and restarts,
/// most of them too large for the guard.
@DisplayName("A guarded view, whatever happens,")
class GuardLifeTest {
    private static final int STEPS = 30;
    private static final List<Collection> ALL = List.of(
            Collection.ORGS,
            Collection.ACADEMIC_SESSIONS,
            Collection.COURSES,
            Collection.CLASSES,
            Collection.USERS,
            Collection.ENROLLMENTS,
            Collection.DEMOGRAPHICS);

    private static GuardProfile lines(String name, double percent, long atLeast) {
        Map<Entity, GuardProfile.Lines> lines = new EnumMap<>(Entity.class);
        List<GuardProfile.Line> line = List.of(new GuardProfile.Line(percent, atLeast));
        for (Entity entity : Entity.values()) {
            lines.put(entity, new GuardProfile.Lines(line, line));
        }
        return new GuardProfile(name, name, false, lines);
    }

    private static final GuardProfile TIGHT = lines("tight", 15, 2);
    private static final GuardProfile LAX = lines("lax", 1000, 10_000);
    private static final GuardProfile FREEZE = new GuardProfile("freeze", "nothing moves", true, Map.of());
    private static final GuardProfiles PROFILES =
            new GuardProfiles(Map.of("tight", TIGHT, "lax", LAX, "freeze", FREEZE), TIGHT, FREEZE);

    /// A district that is shaken.
    private static final class Life {
        private final Random random;
        private final World world = new World();
        private final House house;
        private final Map<Entity, Set<String>> there = new EnumMap<>(Entity.class);
        private final Map<String, String> school = new HashMap<>();
        private final Set<String> floored = new HashSet<>();
        private int version = 1;
        private int fresh;
        private final Map<Collection, Map<String, Map<String, Json.Node>>> mirror = new EnumMap<>(Collection.class);
        private final Map<Collection, String> seen = new EnumMap<>(Collection.class);

        Life(long seed, GuardProfiles profiles, boolean guarded) {
            random = new Random(seed);
            for (Entity entity : Entity.values()) {
                there.put(entity, new java.util.TreeSet<>());
            }
            org("district", "");
            for (int n = 0; n < 6; n++) {
                org("school-" + n, "district");
            }
            session("year", "schoolYear", "");
            for (int n = 0; n < 4; n++) {
                session("term-" + n, "term", "year");
                session("period-" + n, "gradingPeriod", "term-" + n);
            }
            for (int n = 0; n < 6; n++) {
                course();
            }
            for (int n = 0; n < 12; n++) {
                klass("class-" + fresh++);
            }
            for (int n = 0; n < 40; n++) {
                user("user-" + fresh++);
            }
            for (int n = 0; n < 80; n++) {
                enrollment("enrollment-" + fresh++);
            }
            world.commit();
            house = new House(world, rule());
            house.profiles = profiles;
            house.guarded = guarded;
            house.restart();
        }

        private String any(Entity entity) {
            List<String> all = List.copyOf(there.get(entity));
            return all.isEmpty() ? "" : all.get(random.nextInt(all.size()));
        }

        private String school() {
            for (int tries = 0; tries < 20; tries++) {
                String one = any(Entity.ORG);
                if (!one.equals("district") && !one.isEmpty()) {
                    return one;
                }
            }
            org("school-0", "district");
            return "school-0";
        }

        private void org(String id, String parent) {
            world.org(id, "Name " + random.nextInt(100), parent.isEmpty() ? "district" : "school", parent);
            there.get(Entity.ORG).add(id);
        }

        private void session(String id, String type, String parent) {
            world.session(id, "Title " + random.nextInt(100), type, parent);
            there.get(Entity.ACADEMIC_SESSION).add(id);
        }

        private void course() {
            String id = "course-" + fresh++;
            world.course(id, "Course " + id, school(), "year");
            there.get(Entity.COURSE).add(id);
        }

        private void klass(String id) {
            String at = school();
            String term = "term-" + random.nextInt(4);
            String course = any(Entity.COURSE);
            if (course.isEmpty()) {
                course();
                course = any(Entity.COURSE);
            }
            world.klass(id, "Class " + random.nextInt(100), course, at, term);
            school.put(id, at);
            there.get(Entity.CLASS).add(id);
        }

        private void user(String id) {
            String at = school();
            if (random.nextInt(4) == 0) {
                world.teacher(id, "Given " + random.nextInt(1000), "Family", at);
            } else {
                world.student(id, "Given " + random.nextInt(1000), "Family", at, "0" + (5 + random.nextInt(2)));
                if (random.nextBoolean()) {
                    world.demographics(id, "2015-03-0" + (1 + random.nextInt(9)), "female");
                    there.get(Entity.DEMOGRAPHICS).add(id);
                }
            }
            there.get(Entity.USER).add(id);
        }

        private void enrollment(String id) {
            String user = any(Entity.USER);
            String klass = any(Entity.CLASS);
            if (!user.isEmpty() && !klass.isEmpty()) {
                String role = random.nextInt(5) == 0 ? "teacher" : "student";
                world.enroll(id, user, klass, school.getOrDefault(klass, "school-0"), role);
                there.get(Entity.ENROLLMENT).add(id);
            }
        }

        private void remove(Entity entity, String id) {
            if (!id.isEmpty() && !id.equals("district") && there.get(entity).remove(id)) {
                world.remove(entity, id);
            }
        }

        private void again(Entity entity, String id) {
            switch (entity) {
                case ORG -> org(id, "district");
                case ACADEMIC_SESSION ->
                    session(
                            id,
                            id.startsWith("term") ? "term" : id.equals("year") ? "schoolYear" : "gradingPeriod",
                            id.startsWith("term") ? "year" : id.equals("year") ? "" : id.replace("period", "term"));
                case COURSE -> {
                    world.course(id, "Course " + random.nextInt(100), school(), "year");
                    there.get(entity).add(id);
                }
                case CLASS -> klass(id);
                case USER -> user(id);
                case ENROLLMENT -> enrollment(id);
                case DEMOGRAPHICS -> {
                    if (there.get(Entity.USER).contains(id)) {
                        world.demographics(id, "2014-04-0" + (1 + random.nextInt(9)), "male");
                        there.get(entity).add(id);
                    }
                }
            }
        }

        private final Map<Entity, List<String>> gone = new EnumMap<>(Entity.class);

        void imported() {
            Entity entity = Entity.values()[random.nextInt(Entity.values().length)];
            int many = random.nextInt(3) == 0 ? 1 : 2 + random.nextInt(25);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    for (int n = 0; n < many; n++) {
                        String id = any(entity);
                        remove(entity, id);
                        gone.computeIfAbsent(entity, _ -> new ArrayList<>()).add(id);
                    }
                }
                case 2 -> {
                    for (int n = 0; n < many; n++) {
                        again(entity, entity == Entity.DEMOGRAPHICS ? any(Entity.USER) : entity.one() + "-" + fresh++);
                    }
                }
                case 3 -> {
                    List<String> back = gone.getOrDefault(entity, new ArrayList<>());
                    for (int n = 0; n < many && !back.isEmpty(); n++) {
                        String id = back.removeLast();
                        if (!id.isEmpty()) {
                            again(entity, id);
                        }
                    }
                }
                default -> {
                    for (int n = 0; n < many; n++) {
                        String id = any(entity);
                        if (!id.isEmpty() && !id.equals("district")) {
                            again(entity, id);
                        }
                    }
                }
            }
            world.commit();
        }

        void floors() {
            switch (random.nextInt(4)) {
                case 0 -> {
                    house.floors.lift();
                    floored.clear();
                }
                case 1 -> floor(Entity.CLASS);
                case 2 -> floor(random.nextInt(4) == 0 ? Entity.ORG : Entity.USER);
                default -> floor(Entity.USER);
            }
        }

        private void floor(Entity entity) {
            String id = any(entity);
            if (!id.isEmpty()) {
                house.floors.withhold(entity, id);
                floored.add(id);
            }
        }

        private org.rosterkeep.rules.Rule rule() {
            Rules rules = Rules.whole("district").purpose("instruction").version(version);
            return (switch (random.nextInt(8)) {
                        case 0 -> rules.grades("05");
                        case 1 -> rules.roles("student");
                        case 2 -> rules.without(org.rosterkeep.roster.Field.USER_FAMILY_NAME);
                        case 3 ->
                            rules.classes(
                                    there.get(Entity.CLASS).stream().limit(8).toArray(String[]::new));
                        case 4 -> rules.passingIdsThrough();
                        case 5 -> rules.without(Entity.DEMOGRAPHICS);
                        default -> rules;
                    })
                    .rule();
        }

        void edited() {
            version++;
            boolean through = house.rule.passThroughIds();
            for (int tries = 0; tries < 50; tries++) {
                org.rosterkeep.rules.Rule next = rule();
                if (next.passThroughIds() == through) {
                    house.rule = next;
                    return;
                }
            }
        }

        void released() {
            house.guard.hold(house.rule.id()).ifPresent(hold -> {
                Hold.Choice choice = random.nextBoolean()
                        ? Hold.Choice.ALL
                        : new Hold.Choice(
                                EnumSet.of(Entity.values()[random.nextInt(Entity.values().length)]),
                                EnumSet.of(Hold.Way.values()[random.nextInt(Hold.Way.values().length)]));
                house.guard.release(hold, choice, "anna", 1, house.clock.instant());
            });
        }

        void profile() {
            GuardProfile next = List.of(TIGHT, TIGHT, FREEZE, LAX).get(random.nextInt(4));
            if (!house.guard.choose("*", next, "anna")) {
                assertTrue(house.guard.choose("*", next, "ben"));
            }
        }

        Edition edition() {
            return house.editions.current(house.rule, house.clock.instant());
        }

        Map<String, Map<String, Json.Node>> pull(Collection collection, Wire wire) {
            Map<String, Map<String, Json.Node>> pulled = new TreeMap<>();
            if (house.ask(collection).in(wire).outcome() instanceof Outcome.Refused) {
                return pulled;
            }
            for (Map<String, Json.Node> record :
                    house.ask(collection).in(wire).page(0, 10_000).records()) {
                pulled.put(House.text(record, "sourcedId"), record);
            }
            return pulled;
        }

        /// What the vendor's own copy is after asking for what changed since it last asked.
        void follow() {
            for (Collection collection : ALL) {
                Map<String, Map<String, Json.Node>> own = mirror.computeIfAbsent(collection, _ -> new TreeMap<>());
                if (house.ask(collection).outcome() instanceof Outcome.Refused) {
                    own.clear();
                    seen.remove(collection);
                    continue;
                }
                String since = seen.getOrDefault(collection, "1970-01-01T00:00:00.000Z");
                for (Map<String, Json.Node> record : house.ask(collection)
                        .where("dateLastModified", Filter.Op.GT, since)
                        .page(0, 10_000)
                        .records()) {
                    String id = House.text(record, "sourcedId");
                    Map<String, Json.Node> before = own.put(id, record);
                    String at = House.text(record, "dateLastModified");
                    seen.merge(collection, at, (one, other) -> one.compareTo(other) > 0 ? one : other);
                    if (before != null) {
                        assertFalse(
                                timeless(before).equals(timeless(record)),
                                "sent again although nothing changed: " + collection + " " + record);
                    }
                }
            }
        }

        static Map<String, Json.Node> timeless(Map<String, Json.Node> record) {
            Map<String, Json.Node> rest = new HashMap<>(record);
            rest.remove("dateLastModified");
            return rest;
        }

        Map<String, Map<String, Json.Node>> mirrored(Collection collection) {
            return mirror.getOrDefault(collection, Map.of());
        }
    }

    private static boolean active(Map<String, Json.Node> record) {
        return House.text(record, "status").equals("active");
    }

    private static void closed(Life life, Wire wire) {
        Map<String, Set<String>> known = new HashMap<>();
        Map<Collection, Map<String, Map<String, Json.Node>>> pulled = new EnumMap<>(Collection.class);
        for (Collection collection : ALL) {
            Map<String, Map<String, Json.Node>> all = life.pull(collection, wire);
            pulled.put(collection, all);
            Set<String> ids = new HashSet<>();
            all.forEach((id, record) -> {
                if (active(record)) {
                    ids.add(id);
                }
            });
            known.put(collection.entity().many(), ids);
        }
        Edition edition = life.edition();
        for (Collection collection : ALL) {
            if (wire == Wire.V1P2) {
                assertEquals(
                        edition.live(collection.entity()).getCardinality(),
                        known.get(collection.entity().many()).size(),
                        "a record without what it may not lack: " + collection);
            }
            pulled.get(collection).values().stream()
                    .filter(GuardLifeTest::active)
                    .forEach(record -> record.values().forEach(node -> points(life, node, known, record.toString())));
        }
    }

    private static void points(Life life, Json.Node node, Map<String, Set<String>> known, String where) {
        switch (node) {
            case Json.Node.Text _ -> {}
            case Json.Node.Items items -> items.items().forEach(each -> points(life, each, known, where));
            case Json.Node.Properties of -> {
                if (of.properties().get("href") instanceof Json.Node.Text(String href)) {
                    String[] path = href.split("/", -1);
                    String many = path[path.length - 2];
                    boolean given =
                            known.containsKey(many) && life.edition().lens().gives(of(many).entity());
                    assertTrue(
                            !given || known.get(many).contains(path[path.length - 1]),
                            "points at nothing: " + href + " in " + where);
                }
                of.properties().values().forEach(each -> points(life, each, known, where));
            }
        }
    }

    private static Collection of(String many) {
        return ALL.stream()
                .filter(one -> one.entity().many().equals(many))
                .findFirst()
                .orElseThrow();
    }

    private static void withinBounds(Edition before, Edition after, GuardProfile profile) {
        for (Entity entity : Entity.values()) {
            if (!before.lens().gives(entity) || !after.lens().gives(entity)) {
                continue;
            }
            RoaringBitmap was = before.live(entity);
            long left = RoaringBitmap.andNotCardinality(was, after.live(entity));
            long came = RoaringBitmap.andNotCardinality(after.live(entity), was);
            GuardProfile.Line line = profile.everything()
                    ? new GuardProfile.Line(-1, 1)
                    : profile.lines().get(entity).remove().getFirst();
            long size = was.getLongCardinality();
            assertFalse(left >= line.atLeast() && left * 100.0 > line.percent() * size, left + " of " + size + " left");
            assertFalse(came >= line.atLeast() && came * 100.0 > line.percent() * size, came + " came to " + size);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    @DisplayName("is closed, is what deltas make of it, keeps what is held, and lets nothing through that is too much")
    void life(long seed) {
        Life life = new Life(seed, PROFILES, true);
        life.edition();
        life.follow();
        for (int step = 0; step < STEPS; step++) {
            Edition before = life.edition();
            life.house.clock.forward(Duration.ofMinutes(5));
            String what = "seed " + seed + " step " + step;
            int kind = life.random.nextInt(12);
            GuardProfile profile = life.house.guard.of(life.house.rule.vendor());
            boolean settled = life.house
                    .guard
                    .hold(life.house.rule.id())
                    .filter(hold -> !hold.let().isEmpty())
                    .isEmpty();
            switch (kind) {
                case 0 -> life.floors();
                case 1 -> life.edited();
                case 2 -> life.released();
                case 3 -> life.profile();
                case 4 -> life.house.restart();
                case 5 -> {
                    life.imported();
                    life.house.editions.foresee(life.house.rule, life.house.clock.instant());
                    life.imported();
                    life.house.restart();
                    life.released();
                }
                default -> life.imported();
            }
            Edition after = life.edition();
            if (kind > 5 && settled) {
                withinBounds(before, after, profile);
            }
            life.house.guard.hold(life.house.rule.id()).ifPresent(hold -> {
                if (life.floored.isEmpty()) {
                    for (Entity entity : Entity.values()) {
                        assertTrue(
                                after.live(entity).contains(hold.open(entity, Hold.Way.REMOVALS)),
                                "held and gone: " + entity + ", " + what);
                    }
                }
                for (Entity entity : Entity.values()) {
                    assertFalse(
                            RoaringBitmap.intersects(after.live(entity), hold.open(entity, Hold.Way.ADDITIONS)),
                            "waits and is there: " + entity + ", " + what);
                }
            });
            closed(life, Wire.V1P2);
            closed(life, Wire.V1P1);
            life.follow();
            for (Collection collection : ALL) {
                if (life.edition().lens().gives(collection.entity())) {
                    assertEquals(life.pull(collection, Wire.V1P2), life.mirrored(collection), what + " " + collection);
                }
            }
            if (life.house.guard.holds().isEmpty() && life.floored.isEmpty()) {
                Edition bare = bare(life);
                for (Entity entity : Entity.values()) {
                    assertEquals(bare.live(entity), life.edition().live(entity), what + " " + entity);
                }
            }
            life.house.world.sweep();
        }
    }

    private static Edition bare(Life life) {
        House bare = new House(life.world, life.house.rule);
        return bare.editions.preview(life.house.rule, life.house.clock.instant());
    }

    @Test
    @DisplayName("is the very same as an unguarded one while nothing is held")
    void unheld() {
        Life guarded = new Life(7, new GuardProfiles(Map.of("lax", LAX, "freeze", FREEZE), LAX, FREEZE), true);
        Life free = new Life(7, PROFILES, false);
        for (int step = 0; step < STEPS; step++) {
            for (Life life : List.of(guarded, free)) {
                life.house.clock.forward(Duration.ofMinutes(5));
                switch (life.random.nextInt(6)) {
                    case 0 -> life.floors();
                    case 1 -> life.edited();
                    default -> life.imported();
                }
            }
            for (Collection collection : ALL) {
                assertEquals(
                        free.house.ask(collection).page(0, 1000).appearance(),
                        guarded.house.ask(collection).page(0, 1000).appearance());
            }
        }
    }
}
