package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.World;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;

/// Two rosters that differ only in what a client may not see: schools, people and enrolments outside its scope,
/// withheld
/// fields of those inside, hidden roles, the order in which everything was first seen, and the number of imports.
@DisplayName("What a client may not see changes nothing it gets")
class InterferenceTest {
    private static final Rules RULES = Rules.whole("north")
            .roles("student", "teacher")
            .without(
                    Field.USER_FAMILY_NAME,
                    Field.USER_EMAIL,
                    Field.USER_USERNAME,
                    Field.CLASS_CLASS_TYPE,
                    Field.DEMOGRAPHICS_BIRTH_DATE);

    /// A roster in the making: what both share, and what only this one has.
    private static final class Side {
        private final World world = new World();
        private final Random hidden;
        private final Map<String, List<String>> students = new LinkedHashMap<>();
        private final House house;
        private final Map<String, Cursor> told = new HashMap<>();

        Side(long seed, Map<String, Consumer<Side>> shared) {
            hidden = new Random(seed);
            round(shared);
            house = new House(world, RULES.rule());
        }

        /// The shared changes in an order of this side's own, between changes nobody may notice.
        void round(Map<String, Consumer<Side>> shared) {
            List<String> order = new ArrayList<>(shared.keySet());
            Collections.shuffle(order, hidden);
            for (String each : order) {
                hide();
                shared.get(each).accept(this);
            }
            for (int n = hidden.nextInt(8); n > 0; n--) {
                hide();
            }
            world.commit();
            if (hidden.nextBoolean()) {
                hide();
                world.commit();
            }
        }

        private void hide() {
            String n = "h" + hidden.nextInt(30);
            switch (hidden.nextInt(8)) {
                case 0 -> world.org("org-" + n, "Hidden " + n, "school", "district");
                case 1 -> world.student("stu-" + n, "Hidden", n, "south", "05");
                case 2 -> world.klass("class-" + n, "Hidden " + n, "hidden-course", "south", "hidden-term");
                case 3 -> world.enroll("enr-" + n, "stu-" + n, "math-s", "south", "student");
                case 4 -> world.course("hidden-course", "Hidden " + hidden.nextInt(), "district", "year");
                case 6 -> again();
                case 5 -> world.session("hidden-term", "Hidden " + hidden.nextInt(), "term", "");
                default ->
                    world.user("par-" + n, "Hidden", n, List.of(new World.Role("parent", "north", true)), Map.of());
            }
        }

        /// A student inside the scope once more, with other values where nobody may look.
        private void again() {
            List<String> known = List.copyOf(students.keySet());
            if (!known.isEmpty()) {
                String id = known.get(hidden.nextInt(known.size()));
                student(id, students.get(id).getFirst(), students.get(id).getLast());
            }
        }

        /// Everything push targets of all kinds are sent now, or that they are sent nothing.
        private List<String> pushed() {
            List<String> all = new ArrayList<>();
            for (Wire wire : Wire.values()) {
                for (Consignment.Format format : Consignment.Format.values()) {
                    String target = wire + " " + format;
                    Optional<Cursor> since = Optional.ofNullable(told.get(target));
                    Dispatch dispatch = house.gate.push(new Consignment(
                            new Recipient.Target("client-1"), wire, format, since, false, House.BASE, "there:443"));
                    all.add(target + " " + appearance(target, dispatch));
                }
            }
            return all;
        }

        private String appearance(String target, Dispatch dispatch) {
            return switch (dispatch) {
                case Dispatch.Refused(Reason reason) -> reason.name();
                case Dispatch.Nothing(Cursor reached) -> {
                    told.put(target, reached);
                    yield "nothing " + reached.edition() + " " + reached.at();
                }
                case Dispatch.Ready(Parcel parcel) -> {
                    told.put(target, parcel.to());
                    assertEquals(Optional.empty(), parcel.release());
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    try (parcel) {
                        parcel.writeTo(out);
                    } catch (IOException impossible) {
                        throw new AssertionError(impossible);
                    }
                    yield parcel.to().edition() + " " + parcel.to().at() + " " + parcel.bulk() + " " + parcel.records()
                            + " " + readable(out.toByteArray());
                }
            };
        }

        /// A zip by its bytes and by what is in it.
        private static String readable(byte[] bytes) {
            StringBuilder text = new StringBuilder();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
                for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    text.append(entry.getName()).append(' ');
                    text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
                }
            } catch (IOException impossible) {
                throw new AssertionError(impossible);
            }
            return text.isEmpty()
                    ? new String(bytes, StandardCharsets.UTF_8)
                    : text + HexFormat.of().formatHex(bytes);
        }

        private void leave(int n) {
            if (students.remove("s" + n) != null) {
                world.remove(Entity.ENROLLMENT, "e" + n).remove(Entity.USER, "s" + n);
            }
        }

        private World student(String id, String given, String grade) {
            students.put(id, List.of(given, grade));
            List<World.Role> roles = new ArrayList<>(List.of(new World.Role("student", "north", true)));
            if (hidden.nextBoolean()) {
                roles.add(hidden.nextInt(2), new World.Role("student", "south", false));
            }
            if (hidden.nextBoolean()) {
                roles.add(hidden.nextInt(2), new World.Role("counselor", "north", false));
            }
            Map<Field, String> fields = new HashMap<>(Map.of(Field.USER_GRADES, grade));
            fields.put(Field.USER_EMAIL, "m" + hidden.nextInt() + "@x.example");
            fields.put(Field.USER_AGENTS, hidden.nextBoolean() ? "par-h1,teach" : "teach,stu-h2");
            if (hidden.nextBoolean()) {
                fields.put(Field.USER_USERNAME, "user" + hidden.nextInt());
            }
            return world.user(id, given, "Family" + hidden.nextInt(), roles, fields);
        }
    }

    private static Map<String, Consumer<Side>> beginning(Random random) {
        Map<String, Consumer<Side>> shared = new LinkedHashMap<>();
        shared.put("district", side -> side.world.org("district", "District " + side.hidden.nextInt(), "district", ""));
        shared.put("north", side -> side.world.org("north", "North", "school", "district"));
        shared.put("south", side -> side.world.org("south", "South " + side.hidden.nextInt(), "school", "district"));
        shared.put("year", side -> side.world.session("year", "2026-27", "schoolYear", ""));
        shared.put("fall", side -> side.world.session("fall", "Fall", "term", "year"));
        shared.put("period", side -> side.world.session("period", "Period 1", "gradingPeriod", "fall"));
        shared.put("math", side -> side.world.course("math", "Mathematics", "district", "year"));
        shared.put("math-n", side -> side.world.klass("math-n", "Math", "math", "north", "fall"));
        shared.put("math-s", side -> side.world.klass("math-s", "M" + side.hidden.nextInt(), "math", "south", "fall"));
        shared.put("teach", side -> side.world.teacher("teach", "Tee", "Hidden" + side.hidden.nextInt(), "north"));
        shared.put("t", side -> side.world.enroll("t", "teach", "math-n", "north", "teacher"));
        for (int n = 0; n < 12; n++) {
            student(shared, random, n);
        }
        return shared;
    }

    private static void student(Map<String, Consumer<Side>> shared, Random random, int n) {
        String id = "s" + n;
        String given = "Given" + random.nextInt(5);
        String grade = random.nextBoolean() ? "05" : "06";
        shared.put(id, side -> side.student(id, given, grade));
        shared.put("e" + n, side -> side.world.enroll("e" + n, id, "math-n", "north", "student"));
        shared.put("d" + n, side -> side.world.demographics(id, "201" + side.hidden.nextInt(10) + "-01-01", "female"));
    }

    private static Map<String, Consumer<Side>> change(Random random) {
        Map<String, Consumer<Side>> shared = new LinkedHashMap<>();
        for (int n = random.nextInt(3); n > 0; n--) {
            student(shared, random, random.nextInt(16));
        }
        if (random.nextInt(3) == 0) {
            String title = "Math" + random.nextInt(2);
            shared.put("rename", side -> side.world.klass("math-n", title, "math", "north", "fall"));
        }
        return shared;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("nothing: not a byte, a count, an order, an error or a tag")
    void same(long seed) {
        Random random = new Random(seed);
        Map<String, Consumer<Side>> beginning = beginning(random);
        Side one = new Side(seed * 1000 + 1, beginning);
        Side other = new Side(seed * 1000 + 2, beginning);
        compare(seed, one, other);
        for (int round = 0; round < 4; round++) {
            Map<String, Consumer<Side>> change = change(random);
            int leaver = random.nextInt(12);
            boolean leaves = random.nextInt(3) == 0;
            for (Side side : List.of(one, other)) {
                change.forEach((_, each) -> each.accept(side));
                if (leaves) {
                    side.leave(leaver);
                }
                side.round(Map.of());
                side.house.clock.forward(Duration.ofMinutes(7));
            }
            compare(seed, one, other);
        }
    }

    private static void compare(long seed, Side one, Side other) {
        List<String> left = everything(one.house);
        List<String> right = everything(other.house);
        left.addAll(one.pushed());
        right.addAll(other.pushed());
        assertEquals(left.size(), right.size(), "seed " + seed);
        for (int n = 0; n < left.size(); n++) {
            assertEquals(left.get(n), right.get(n), "seed " + seed);
        }
        assertTrue(left.stream().anyMatch(text -> text.contains("Given")), "a test of nothing");
        assertTrue(left.stream().noneMatch(text -> text.contains("Hidden")), "a hidden value left");
    }

    /// Everything a stranger can ask.
    private static List<String> everything(House house) {
        List<String> all = new ArrayList<>();
        for (Wire wire : Wire.values()) {
            for (Collection collection : Collection.values()) {
                all.add(house.ask(collection).in(wire).appearance());
                all.add(house.ask(collection).in(wire).page(1, 2).appearance());
                all.add(house.ask(collection)
                        .in(wire)
                        .where("dateLastModified", Filter.Op.GT, "2026-10-05T06:31:00Z")
                        .appearance());
                all.add(house.ask(collection)
                        .in(wire)
                        .sorted("dateLastModified", true)
                        .appearance());
                for (Map<String, Json.Node> record :
                        house.ask(collection).in(wire).records()) {
                    all.add(house.ask(collection)
                            .in(wire)
                            .one(House.text(record, "sourcedId"))
                            .appearance());
                }
            }
            people(house, wire, all);
            nested(house, wire, all);
        }
        return all;
    }

    private static void people(House house, Wire wire, List<String> all) {
        for (String field : List.of("familyName", "email", "username", "noSuchField", "givenName", "grades")) {
            all.add(field
                    + house.ask(Collection.USERS)
                            .in(wire)
                            .where(field, Filter.Op.CONTAINS, "1")
                            .appearance());
            all.add(field
                    + house.ask(Collection.USERS).in(wire).sorted(field, false).appearance());
            all.add(field
                    + house.ask(Collection.USERS)
                            .in(wire)
                            .fields("sourcedId", field)
                            .appearance());
        }
        for (String id : List.of("stu-h1", "par-h1", "s99")) {
            all.add(house.ask(Collection.USERS).in(wire).one(id).appearance());
        }
    }

    private static void nested(House house, Wire wire, List<String> all) {
        String school =
                House.text(house.ask(Collection.SCHOOLS).in(wire).records().getFirst(), "sourcedId");
        String klass =
                House.text(house.ask(Collection.CLASSES).in(wire).records().getFirst(), "sourcedId");
        for (Collection each : List.of(Collection.STUDENTS, Collection.TEACHERS, Collection.ENROLLMENTS)) {
            all.add(house.ask(each).in(wire).under(Collection.SCHOOLS, school).appearance());
            all.add(house.ask(each)
                    .in(wire)
                    .under(Collection.SCHOOLS, school)
                    .under(Collection.CLASSES, klass)
                    .appearance());
        }
        all.add(house.ask(Collection.TERMS)
                .in(wire)
                .under(Collection.SCHOOLS, school)
                .appearance());
        all.add(house.ask(Collection.COURSES)
                .in(wire)
                .under(Collection.SCHOOLS, school)
                .appearance());
    }
}
