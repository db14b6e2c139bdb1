package org.rosterkeep.entitlement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Floors;
import org.rosterkeep.rules.Scope;

/// A view is drawn from the one before. Here every one of a long chain of scopes, floors and imports is drawn whole as
/// well, and both must be the same to the last record. The chain goes on from what was drawn from the one before, so
/// that an error would stay and be found.
@DisplayName("A view drawn from an earlier one")
class RedrawingTest {
    private static final int ROUNDS = 150;
    private static final List<String> ROLES = List.of("student", "teacher", "aide", "parent", "siteAdministrator");
    private static final List<String> ENROLLED = List.of("student", "student", "teacher", "aide", "administrator");
    private static final List<String> GRADES = List.of("05", "06", "07");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    @DisplayName("is what drawing all of it gives, whatever scope, floors and roster became meanwhile")
    void same(long seed) {
        Life life = new Life(Long.getLong("rosterkeep.seed", seed));
        for (int round = 0; round < ROUNDS; round++) {
            life.goesOn(round);
        }
        for (Chain chain : life.chains) {
            assertTrue(chain.moved > ROUNDS / 3, () -> "only " + chain.moved + " views of " + chain + " moved");
        }
    }

    /// Scopes of one kind: with grades or without, with classes or without.
    private static final class Chain {
        private final boolean graded;
        private final boolean listed;
        private final Set<String> roles;
        private Drawn last;
        private Relations then;
        private Scope scope;
        private Floors.Withheld withheld = Floors.Withheld.NOTHING;
        private int moved;

        Chain(boolean graded, boolean listed, Life life) {
            this.graded = graded;
            this.listed = listed;
            roles = new HashSet<>(life.few(ROLES));
            roles.add("student");
            scope = life.scope(this);
            then = life.world.relations();
            last = life.entitlement(scope, withheld).drawn();
        }

        void goesOn(Life life, String when) {
            if (life.random.nextInt(3) > 0) {
                scope = life.scope(this);
            }
            if (life.random.nextInt(4) == 0) {
                withheld = life.withheld();
            }
            Entitlement is = life.entitlement(scope, withheld);
            Drawn whole = is.drawn();
            assertTrue(Redrawing.possible(last.scope(), scope));
            Drawn redrawn = new Redrawing(last, is, then, life.changed(then)).drawn();
            for (Entity entity : Entity.values()) {
                assertEquals(whole.views().of(entity), redrawn.views().of(entity), () -> entity + " " + this + when);
            }
            for (Part part : Part.values()) {
                assertEquals(whole.views().of(part), redrawn.views().of(part), () -> part + " " + this + when);
            }
            assertEquals(whole.views(), redrawn.views());
            assertEquals(whole.candidates(), redrawn.candidates(), () -> "candidates " + this + when);
            assertEquals(whole.terms(), redrawn.terms(), () -> "terms " + this + when);
            assertEquals(whole.years(), redrawn.years(), () -> "years " + this + when);
            assertEquals(whole.missing(), redrawn.missing());
            assertEquals(whole.allowed(), redrawn.allowed());
            assertEquals(whole.shown(), redrawn.shown());
            moved += whole.views().equals(last.views()) ? 0 : 1;
            last = redrawn;
            then = life.world.relations();
        }

        @Override
        public String toString() {
            return (graded ? "with" : "without") + " grades, " + (listed ? "with" : "without") + " classes, " + scope;
        }
    }

    private static final class Life {
        private final Random random;
        private final World world = new World();
        private final List<Chain> chains = new ArrayList<>();
        private RoaringBitmap broken = new RoaringBitmap();

        Life(long seed) {
            random = new Random(seed);
            world.org("district", "District", "district", "");
            IntStream.range(0, 6).forEach(this::org);
            IntStream.range(0, 6).forEach(this::session);
            IntStream.range(0, 6).forEach(this::course);
            IntStream.range(0, 14).forEach(this::klass);
            IntStream.range(0, 40).forEach(this::user);
            IntStream.range(0, 90).forEach(this::enrolment);
            world.commit();
            for (int kind = 0; kind < 4; kind++) {
                chains.add(new Chain(kind % 2 == 1, kind > 1, this));
            }
        }

        void goesOn(int round) {
            boolean arrives = random.nextInt(3) == 0;
            if (arrives) {
                for (int left = random.nextInt(5); left >= 0; left--) {
                    arrives();
                }
                world.commit();
            }
            if (random.nextInt(8) == 0) {
                broken = RoaringBitmap.bitmapOf(random.nextInt(6));
            }
            for (Chain chain : chains) {
                // Some views are not asked for between one roster and the next.
                if (random.nextInt(4) > 0) {
                    chain.goesOn(this, " in round " + round);
                }
            }
        }

        Entitlement entitlement(Scope scope, Floors.Withheld withheld) {
            Relations relations = world.relations();
            Entitlement.Places places = new Entitlement.Places(
                    found(Entity.ORG, scope.orgs()),
                    found(Entity.CLASS, scope.classes()),
                    RoaringBitmap.andNot(relations.live(Entity.ORG), broken),
                    RoaringBitmap.andNot(relations.live(Entity.ACADEMIC_SESSION), broken));
            return new Entitlement(scope, places, relations, withheld);
        }

        private RoaringBitmap found(Entity entity, Set<SourcedId> ids) {
            RoaringBitmap found = new RoaringBitmap();
            ids.stream()
                    .mapToInt(id -> world.find(entity, id))
                    .filter(one -> one >= 0)
                    .forEach(found::add);
            return found;
        }

        Map<Entity, RoaringBitmap> changed(Relations then) {
            Map<Entity, RoaringBitmap> changed = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                changed.put(entity, world.changedSince(entity, then.batch()));
            }
            return changed;
        }

        Scope scope(Chain chain) {
            Set<SourcedId> orgs = new HashSet<>();
            random.ints(1 + random.nextInt(5), 0, 6).forEach(n -> orgs.add(SourcedId.of("org" + n)));
            if (random.nextInt(3) == 0) {
                orgs.add(SourcedId.of("district"));
            }
            Set<SourcedId> classes = new HashSet<>();
            if (chain.listed) {
                random.ints(4, 0, 14).forEach(n -> classes.add(SourcedId.of("class" + n)));
            }
            Set<String> grades = chain.graded ? new HashSet<>(few(GRADES)) : Set.of();
            return new Scope(orgs, random.nextInt(3) == 0, chain.roles, grades, classes);
        }

        Floors.Withheld withheld() {
            if (random.nextInt(3) == 0) {
                return Floors.Withheld.NOTHING;
            }
            Map<Field, RoaringBitmap> fields = new EnumMap<>(Field.class);
            Field.of(Entity.USER).stream()
                    .filter(field -> field.need() == Field.Need.GRANT && random.nextInt(3) == 0)
                    .forEach(field -> fields.put(field, some(3, 40)));
            return new Floors.Withheld(
                    1 + random.nextInt(1000), some(3, 40), some(random.nextInt(2), 6), some(2, 14), fields);
        }

        private RoaringBitmap some(int count, int bound) {
            return RoaringBitmap.bitmapOf(random.ints(count, 0, bound).toArray());
        }

        private String one(String of, int bound) {
            return of + random.nextInt(bound);
        }

        List<String> few(List<String> of) {
            return random.ints(3, 0, of.size()).distinct().mapToObj(of::get).toList();
        }

        private void org(int n) {
            String parent = n == 0 || random.nextInt(3) == 0 ? "district" : "org" + random.nextInt(n);
            world.org("org" + n, "Org", random.nextInt(5) == 0 ? "department" : "school", parent);
        }

        private void session(int n) {
            String parent = n == 0 || random.nextInt(3) == 0 ? "" : "session" + random.nextInt(n);
            world.session("session" + n, "Time", random.nextBoolean() ? "term" : "gradingPeriod", parent);
        }

        private void course(int n) {
            world.course("course" + n, "Course", one("org", 6), one("session", 6));
        }

        private void klass(int n) {
            String[] terms = random.ints(1 + random.nextInt(2), 0, 6)
                    .distinct()
                    .mapToObj(term -> "session" + term)
                    .toArray(String[]::new);
            world.klass("class" + n, "Class", one("course", 6), one("org", 6), terms);
        }

        private void user(int n) {
            List<World.Role> roles = new ArrayList<>();
            for (int left = 1 + random.nextInt(2); left > 0; left--) {
                String word = random.nextBoolean() ? "student" : ROLES.get(random.nextInt(ROLES.size()));
                roles.add(new World.Role(word, one("org", 6), random.nextBoolean()));
            }
            Map<Field, String> fields = new HashMap<>();
            if (random.nextInt(4) > 0) {
                fields.put(Field.USER_GRADES, GRADES.get(random.nextInt(3)));
            }
            world.user("user" + n, "Given", "Family", roles, fields);
        }

        private void enrolment(int n) {
            String word = ENROLLED.get(random.nextInt(ENROLLED.size()));
            world.enroll("e" + n, one("user", 40), one("class", 14), one("org", 6), word);
        }

        private void arrives() {
            switch (random.nextInt(12)) {
                case 0 -> org(random.nextInt(6));
                case 1 -> session(random.nextInt(6));
                case 2 -> course(random.nextInt(6));
                case 3 -> klass(random.nextInt(14));
                case 4, 5 -> user(random.nextInt(45));
                case 6, 7 -> enrolment(random.nextInt(110));
                case 8 -> gone(Entity.USER, one("user", 40));
                case 9 -> gone(Entity.ENROLLMENT, one("e", 90));
                case 10 -> gone(random.nextBoolean() ? Entity.CLASS : Entity.COURSE, "");
                default -> gone(random.nextBoolean() ? Entity.ORG : Entity.ACADEMIC_SESSION, "");
            }
        }

        private void gone(Entity entity, String named) {
            String id = named.isEmpty() ? one(stem(entity), 6) : named;
            if (world.relations().live(entity).contains(world.ordinal(entity, id))) {
                world.remove(entity, id);
            }
        }

        private static String stem(Entity entity) {
            return switch (entity) {
                case CLASS -> "class";
                case COURSE -> "course";
                case ORG -> "org";
                default -> "session";
            };
        }
    }
}
