package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.roster.Field;

/// Compares what a vendor saw before and while something stood against it: the loss is all of the difference, and no
/// answer says why.
final class FloorSight {
    /// What is in the pupil's records and nowhere else.
    private static final List<String> PUPILS = List.of("Given0", "Family0", "u0@school", "\"N0\"", "\"u0\"", "\"R0\"");

    private FloorSight() {}

    /// What the vendor gets, in words.
    static String of(
            FloorDistrict district, Map<String, String> before, Map<String, String> during, FloorCase.Loss loss) {
        return switch (loss) {
            case FloorCase.Loss.Everything() -> everything(district, during);
            case FloorCase.Loss.Whole(String id, boolean othersStay) -> whole(before, during, id, othersStay);
            case FloorCase.Loss.Value(Set<Field> fields) -> value(before, during, fields);
        };
    }

    static void same(Map<String, String> one, Map<String, String> other) {
        one.forEach((question, answer) -> assertEquals(answer, other.get(question), question));
        assertEquals(one.keySet(), other.keySet());
    }

    /// Without the stamps, which move when a record comes back, and what is made of them.
    static Map<String, String> timeless(Map<String, String> view) {
        var timeless = new TreeMap<String, String>();
        view.forEach((question, answer) -> timeless.put(
                question,
                answer.replaceAll("\"dateLastModified\":\"[^\"]*\"", "").replaceAll("(?i)\netag: [^\n]*", "")));
        return timeless;
    }

    /// Each answer is, to the byte, the one to a client that has no rule.
    private static String everything(FloorDistrict district, Map<String, String> during) {
        same(district.neutral(), during);
        var statuses = during.values().stream()
                .map(answer -> answer.substring(0, 3))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(", ", statuses) + " on every path, in the bytes of a client that has no rule";
    }

    /// Nothing of anybody, and nothing of why.
    static void unavailable(Map<String, String> view) {
        view.forEach((question, answer) -> {
            assertTrue(answer.startsWith("503"), question);
            assertTrue(answer.contains("The service is not available now."), question);
            PUPILS.forEach(value -> assertFalse(answer.contains(value), question));
        });
    }

    private static String whole(Map<String, String> before, Map<String, String> during, String id, boolean stay) {
        boolean tombstones = false;
        for (var question : lists(during)) {
            for (var record : records(during.get(question))) {
                if (!about(record, id)) {
                    continue;
                }
                assertEquals("tobedeleted", record.getString("status").toLowerCase(java.util.Locale.ROOT), question);
                PUPILS.forEach(value -> assertFalse(
                        id.equals(FloorRoster.PUPIL) && record.toString().contains(value), record::toString));
                tombstones = true;
            }
            if (stay && question.endsWith("limit=1000")) {
                assertEquals(others(before.get(question), id), others(during.get(question), id), question);
            }
        }
        assertTrue(tombstones, "what a vendor has had is taken back");
        return "a tombstone where it was, without a value; afterwards absent";
    }

    private static String value(Map<String, String> before, Map<String, String> during, Set<Field> fields) {
        var seen = new TreeSet<String>();
        for (var question : lists(during)) {
            if (!question.endsWith("limit=1000")) {
                continue;
            }
            assertEquals(
                    others(before.get(question), FloorRoster.PUPIL),
                    others(during.get(question), FloorRoster.PUPIL),
                    question);
            var had = own(before.get(question), FloorRoster.PUPIL);
            var has = own(during.get(question), FloorRoster.PUPIL);
            assertEquals(had.size(), has.size(), question);
            for (int n = 0; n < had.size(); n++) {
                seen.addAll(lost(had.get(n), has.get(n), fields));
            }
        }
        assertEquals(1, seen.size(), seen::toString);
        return seen.first();
    }

    /// How two versions of one record differ: in the field, and in its stamp.
    private static Set<String> lost(JsonObject had, JsonObject has, Set<Field> fields) {
        var ways = new TreeSet<String>();
        had.forEach((name, value) -> {
            JsonValue now = has.get(name);
            if (!value.equals(now) && !name.equals("dateLastModified")) {
                assertTrue(fields.stream().anyMatch(field -> field.wire().equals(name)), name);
                ways.add(now == null ? "the field is absent" : "the stand-in " + now);
            }
        });
        return ways;
    }

    private static List<String> lists(Map<String, String> view) {
        return view.entrySet().stream()
                .filter(one -> one.getValue().startsWith("200")
                        && body(one.getValue()).values().iterator().next() instanceof JsonArray)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static JsonObject body(String appearance) {
        return Pull.json(appearance.substring(appearance.indexOf("\n{") + 1));
    }

    private static List<JsonObject> records(String appearance) {
        return body(appearance).values().iterator().next().asJsonArray().getValuesAs(JsonObject.class);
    }

    private static List<JsonObject> own(String appearance, String id) {
        return records(appearance).stream().filter(one -> about(one, id)).toList();
    }

    /// A tombstone tells not even whose it is.
    private static List<JsonObject> others(String appearance, String id) {
        return records(appearance).stream()
                .filter(one -> one.getString("status").equals("active") && !about(one, id))
                .toList();
    }

    private static boolean about(JsonObject record, String id) {
        return record.getString("sourcedId").equals(id)
                || Set.of("user", "class", "school").stream()
                        .filter(record::containsKey)
                        .anyMatch(ref ->
                                record.getJsonObject(ref).getString("sourcedId").equals(id));
    }
}
