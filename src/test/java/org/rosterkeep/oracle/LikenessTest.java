package org.rosterkeep.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.oracle.Told.Own;
import org.rosterkeep.oracle.Told.Ref;

/// A judge that cannot say no is none: the second opinion must see every single thing that is changed in an answer.
@DisplayName("The second opinion")
class LikenessTest {
    private static final Set<String> KEPT = Set.of(
            "id.username",
            "id.local",
            "name.given",
            "name.family",
            "contact.email",
            "account.enabled",
            "role.role",
            "org.membership",
            "enrol.grade");
    private static final String RULE = """
        {"scope":{"orgs":[%s],"subOrgs":true,"roles":["student","teacher"]},
         "fields":{
          "org":{"name":"as-is","type":"as-is","parent":"as-is","children":"as-is"},
          "academicSession":{"title":"as-is","startDate":"as-is","endDate":"as-is","type":"as-is","schoolYear":"as-is","parent":"as-is"},
          "course":{"title":"as-is","org":"as-is"},
          "class":{"title":"as-is","course":"as-is","school":"as-is","terms":"as-is"},
          "user":{"givenName":"initial","roles":"as-is","grades":"as-is","username":"pseudonym"},
          "enrollment":{"user":"as-is","class":"as-is","school":"as-is","role":"as-is"}}}
        """;

    @TempDir
    Path home;

    private NaiveRoster roster;
    private Map<String, List<Told>> expected;

    @BeforeEach
    void make() throws IOException {
        Path zip = home.resolve("district.zip");
        new MadeUpDistrict(MadeUpDistrict.Shape.of(120).schools(3)).zip(zip);
        roster = new NaiveRoster(zip);
        String district = roster.file("orgs").entrySet().stream()
                .filter(org -> org.getValue().get("type").equals("district"))
                .findFirst()
                .orElseThrow()
                .getKey();
        expected = evaluate("\"" + district + "\"");
    }

    @Test
    @DisplayName("finds everybody in the scope of the whole district, and nobody in that of no organisation")
    void scope() {
        assertEquals(
                roster.file("enrollments").size(), expected.get("enrollments").size());
        assertEquals(roster.file("orgs").size(), expected.get("orgs").size());
        assertTrue(evaluate("").values().stream().allMatch(List::isEmpty));
    }

    @Test
    @DisplayName("finds an answer equal whatever its ids and its order are")
    void equal() {
        assertEquals(List.of(), Likeness.differences(expected, renamed(expected)));
        assertTrue(
                Likeness.matched(expected) > expected.get("users").size(), "most are told apart by what they are near");
    }

    @Test
    @DisplayName("sees any one record missing, doubled, or changed in any one field or reference")
    void unequal() {
        long seed = 5;
        SplittableRandom random = new SplittableRandom(seed);
        for (String name : expected.keySet()) {
            for (int round = 0; round < 6 && !expected.get(name).isEmpty(); round++) {
                Map<String, List<Told>> bad = new HashMap<>(renamed(expected));
                List<Told> records = new ArrayList<>(bad.get(name));
                int at = random.nextInt(records.size());
                Told told = records.remove(at);
                bad.put(name, records);
                String what = "seed " + seed + " " + name + " " + round;
                assertFalse(Likeness.differences(expected, bad).isEmpty(), what + " missing");
                List<String> keys = told.fields().keySet().stream().sorted().toList();
                String key = keys.get(random.nextInt(keys.size()));
                Map<String, Object> fields = new HashMap<>(told.fields());
                fields.put(key, changed(fields.get(key), bad, random));
                records.add(new Told(told.entity(), told.id(), fields));
                assertFalse(Likeness.differences(expected, bad).isEmpty(), what + " changed " + key);
            }
        }
    }

    private static Object changed(Object value, Map<String, List<Told>> all, SplittableRandom random) {
        return switch (value) {
            case Ref ref -> new Ref(ref.entity(), "nobody");
            case String text -> text + "x";
            case List<?> list -> list.size() > 1 && random.nextBoolean() ? list.subList(1, list.size()) : "gone";
            default -> "other";
        };
    }

    private Map<String, List<Told>> evaluate(String orgs) {
        return new NaiveEvaluator(roster, NaiveRule.parse(RULE.formatted(orgs)), KEPT).all();
    }

    private static Map<String, List<Told>> renamed(Map<String, List<Told>> all) {
        Map<String, List<Told>> renamed = new HashMap<>();
        all.forEach((name, records) -> renamed.put(
                name,
                records.reversed().stream()
                        .map(told -> new Told(told.entity(), "x" + told.id(), fields(told.fields())))
                        .toList()));
        return renamed;
    }

    private static Map<String, Object> fields(Map<String, Object> fields) {
        Map<String, Object> renamed = new HashMap<>();
        fields.forEach((name, value) -> renamed.put(name, value(value)));
        return renamed;
    }

    private static Object value(Object value) {
        return switch (value) {
            case Ref(String entity, String id) -> new Ref(entity, "x" + id);
            case List<?> list -> list.stream().map(LikenessTest::value).toList();
            case Map<?, ?> map -> {
                Map<String, Object> fields = new HashMap<>();
                map.forEach((k, v) -> fields.put((String) k, value(v)));
                yield fields;
            }
            case Own own -> own;
            default -> value;
        };
    }
}
