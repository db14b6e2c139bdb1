package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// A record as an approver may see it: the same properties, the same kinds of characters, and no value of a person.
/// Letters become `x`, digits `9`; dates, truth and closed words about a person become the same ones for everybody, so
/// that the record still has the standard's form. What is about no person (schools, courses, sessions) stays.
final class Masked {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String DATE = "2000-01-01";
    private static final String HREF = "href";
    private static final String ID = "sourcedId";
    private static final Set<String> PEOPLE = Set.of("user", "student", "teacher");
    /// Of every record, and the same for many.
    private static final Set<String> PLAIN = Set.of("status", "dateLastModified", "type", "role", "roleType");

    private Masked() {}

    /// @param entity what the record is about
    static JsonObject record(JsonObject record, Entity entity) {
        var masked = Json.createObjectBuilder();
        record.forEach((key, value) -> {
            if (key.equals(ID) && entity.personal()) {
                masked.add(key, shape(((JsonString) value).getString()));
            } else {
                masked.add(key, property(key, value, Field.named(entity, key), entity));
            }
        });
        return masked.build();
    }

    private static JsonValue property(String key, JsonValue value, Optional<Field> field, Entity entity) {
        return switch (entity) {
            case ORG, ACADEMIC_SESSION, COURSE -> value;
            // A class is no person, but its title, code and room often tell of one.
            case CLASS ->
                isOneOf(field, Field.CLASS_TITLE, Field.CLASS_CLASS_CODE, Field.CLASS_LOCATION) ? text(value) : value;
            case USER, ENROLLMENT, DEMOGRAPHICS -> personal(key, value, field);
        };
    }

    private static boolean isOneOf(Optional<Field> field, Field... fields) {
        return field.filter(one -> Set.of(fields).contains(one)).isPresent();
    }

    private static JsonValue personal(String key, JsonValue value, Optional<Field> field) {
        return switch (value.getValueType()) {
            case OBJECT -> nested(value.asJsonObject());
            case ARRAY -> all(key, value.asJsonArray(), field);
            case STRING -> word(key, ((JsonString) value).getString(), field);
            case NUMBER -> Json.createValue(0);
            case TRUE, FALSE -> JsonValue.FALSE;
            case NULL -> value;
        };
    }

    private static JsonValue all(String key, JsonArray array, Optional<Field> field) {
        var masked = Json.createArrayBuilder();
        array.forEach(value -> masked.add(personal(key, value, field)));
        return masked.build();
    }

    private static JsonValue nested(JsonObject object) {
        boolean reference = object.containsKey(HREF) && object.containsKey("type");
        if (reference && !PEOPLE.contains(object.getString("type"))) {
            return object;
        }
        var masked = Json.createObjectBuilder();
        object.forEach((key, value) -> masked.add(
                key,
                key.equals(HREF) && value instanceof JsonString href
                        ? Json.createValue(link(href.getString()))
                        : personal(key, value, Optional.empty())));
        return masked.build();
    }

    /// The last segment names the person.
    private static String link(String href) {
        int last = href.lastIndexOf('/') + 1;
        return href.substring(0, last) + shape(href.substring(last));
    }

    private static JsonValue word(String key, String text, Optional<Field> field) {
        boolean date = DAY.matcher(text).matches();
        boolean truth = text.equals("true") || text.equals("false");
        boolean closed = isOneOf(field, Field.DEMOGRAPHICS_SEX);
        if (PLAIN.contains(key)) {
            return Json.createValue(text);
        }
        return Json.createValue(date ? DATE : truth ? "false" : closed ? "unspecified" : shape(text));
    }

    private static JsonValue text(JsonValue value) {
        return value instanceof JsonString string ? Json.createValue(shape(string.getString())) : value;
    }

    /// Letters and digits go, whatever script they are of; what stands between them stays.
    private static String shape(String text) {
        var shape = new StringBuilder();
        text.codePoints()
                .forEach(point -> shape.append(
                        Character.isDigit(point)
                                ? '9'
                                : Character.isLetter(point) || point > 127
                                        ? Character.isUpperCase(point) ? 'X' : 'x'
                                        : (char) point));
        return shape.toString();
    }
}
