package org.rosterkeep.appliance;

import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rosterkeep.oracle.Pull;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// What one client was given at one instant, as the bodies of the answers have it.
///
/// @param values by person (ids pass through): the fields that had a value
record Answered(String client, Instant at, Map<String, Set<Field>> values) {
    /// Of everybody in the roster each has a value; of whoever teaches not the grades.
    static final List<Field> FIELDS = List.of(
            Field.USER_USERNAME,
            Field.USER_GIVEN_NAME,
            Field.USER_FAMILY_NAME,
            Field.USER_IDENTIFIER,
            Field.USER_EMAIL,
            Field.USER_SMS,
            Field.USER_PHONE,
            Field.USER_ROLES,
            Field.USER_GRADES,
            Field.ENROLLMENT_USER,
            Field.ENROLLMENT_ROLE,
            Field.ENROLLMENT_BEGIN_DATE,
            Field.DEMOGRAPHICS_SEX,
            Field.DEMOGRAPHICS_BIRTH_DATE);

    boolean gave(String person, Field field) {
        return values.getOrDefault(person, Set.of()).contains(field);
    }

    /// Asks for everything that is about persons, over HTTPS, with a fresh token.
    static Answered ask(LiveDistrict district, String client, String secret, Instant now) {
        var values = new HashMap<String, Set<Field>>();
        if (Pull.withSecret(district, client, secret).token().join().statusCode() == 200) {
            var pull = Pull.as(district, client, secret);
            for (var entity : EnumSet.of(Entity.USER, Entity.DEMOGRAPHICS, Entity.ENROLLMENT)) {
                var answer = pull.get(Pull.V1P2 + "/" + entity.many() + "?limit=1000");
                if (answer.statusCode() == 200) {
                    Pull.records(answer.body()).getValuesAs(JsonObject.class).stream()
                            .filter(record -> record.getString("status").equals("active"))
                            .forEach(record -> take(entity, record, values));
                } else if (answer.statusCode() != 403) {
                    throw new AssertionError(answer.statusCode() + " " + answer.body());
                }
            }
        }
        return new Answered(client, now, values);
    }

    private static void take(Entity entity, JsonObject record, Map<String, Set<Field>> values) {
        var person = entity == Entity.ENROLLMENT
                ? record.getJsonObject("user").getString("sourcedId")
                : record.getString("sourcedId");
        var had = values.computeIfAbsent(person, _ -> new HashSet<>());
        FIELDS.stream()
                .filter(field -> field.entity() == entity && holds(record.get(field.wire())))
                .forEach(had::add);
    }

    /// A required text that is not given says so.
    private static boolean holds(JsonValue value) {
        return switch (value) {
            case null -> false;
            case JsonString text -> !text.getString().equals("Withheld");
            case JsonValue other -> !other.equals(JsonValue.EMPTY_JSON_ARRAY);
        };
    }
}
