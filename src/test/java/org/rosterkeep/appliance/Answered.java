package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private static final String BASE = "/ims/oneroster/rostering/v1p2/";

    boolean gave(String person, Field field) {
        return values.getOrDefault(person, Set.of()).contains(field);
    }

    /// Asks for everything that is about persons, over HTTPS, with a fresh token.
    static Answered ask(LiveDistrict district, String client, String secret, Instant now)
            throws IOException, InterruptedException {
        var values = new HashMap<String, Set<Field>>();
        var token = token(district, client, secret);
        if (token.isPresent()) {
            for (var entity : EnumSet.of(Entity.USER, Entity.DEMOGRAPHICS, Entity.ENROLLMENT)) {
                var answer = send(
                        district,
                        HttpRequest.newBuilder(URI.create(district.origin() + BASE + entity.many() + "?limit=1000"))
                                .header("Authorization", "Bearer " + token.get()));
                if (answer.statusCode() == 200) {
                    json(answer.body()).values().iterator().next().asJsonArray().getValuesAs(JsonObject.class).stream()
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

    private static java.util.Optional<String> token(LiveDistrict district, String client, String secret)
            throws IOException, InterruptedException {
        var pair = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var answer = send(
                district,
                HttpRequest.newBuilder(URI.create(district.origin() + "/ims/oneroster/token"))
                        .header("Authorization", "Basic " + pair)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials")));
        return java.util.Optional.of(answer)
                .filter(got -> got.statusCode() == 200)
                .map(got -> json(got.body()).getString("access_token"));
    }

    private static HttpResponse<String> send(LiveDistrict district, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return district.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }
}
