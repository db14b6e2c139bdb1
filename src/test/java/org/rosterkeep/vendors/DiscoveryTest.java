package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.rules.Reason;

class DiscoveryTest {
    private static JsonObject read(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    @Test
    @DisplayName("both names give the same localised document to anybody")
    void names() {
        try (Stage stage = new Stage(Stage.refusing(Reason.NO_RULE))) {
            Set<String> bodies = new HashSet<>();
            for (String name : Paths.DISCOVERY) {
                HttpResponse<String> response = stage.get("/north/ims/oneroster/rostering/v1p2/discovery/" + name);
                assertEquals(200, response.statusCode());
                bodies.add(response.body());
            }
            assertEquals(1, bodies.size());
            JsonObject document = read(bodies.iterator().next());
            assertEquals(
                    stage.origin() + "/north/ims/oneroster/rostering/v1p2",
                    document.getJsonArray("servers").getJsonObject(0).getString("url"));
            assertEquals(
                    stage.origin() + "/north/ims/oneroster/token",
                    document.getJsonObject("components")
                            .getJsonObject("securitySchemes")
                            .getJsonObject("OAuth2CC")
                            .getJsonObject("flows")
                            .getJsonObject("clientCredentials")
                            .getString("tokenUrl"));
            assertEquals(
                    404,
                    stage.get("/ims/oneroster/v1p1/discovery/"
                                    + Paths.DISCOVERY.iterator().next())
                            .statusCode());
        }
    }

    @Test
    @DisplayName("it lists exactly our routes, each operation under its own name, and every reference leads somewhere")
    void whole() {
        var target = (Target.Discovery) new Paths(Route.all())
                .find("/ims/oneroster/rostering/v1p2/discovery/imsorv1p2_rostering_openapi3_v1p0.json");
        JsonObject document = read(new String(
                new Discovery(Route.all()).document(target, "https://h"), java.nio.charset.StandardCharsets.UTF_8));
        assertEquals(
                Route.all().stream().map(Route::pattern).collect(Collectors.toCollection(TreeSet::new)),
                new TreeSet<>(document.getJsonObject("paths").keySet()));
        Set<String> operations = document.getJsonObject("paths").values().stream()
                .map(path -> path.asJsonObject().getJsonObject("get").getString("operationId"))
                .collect(Collectors.toSet());
        assertEquals(Route.all().size(), operations.size());
        assertTrue(operations.containsAll(
                Set.of("getAllUsers", "getUser", "getClassesForSchool", "getStudentsForClassInSchool")));
        follow(document, document);
    }

    @Test
    @DisplayName("it does not know the fields that never leave")
    void internal() {
        var schemas = new DiscoverySchemas().all().build();
        assertFalse(schemas.toString().contains("\"\""), "a field without a name is one of ours");
        assertTrue(schemas.getJsonObject("User").getJsonObject("properties").containsKey("givenName"));
    }

    private static void follow(JsonObject document, JsonValue value) {
        if (value instanceof JsonObject object) {
            if (object.containsKey("$ref")) {
                JsonValue found = document;
                for (String step : object.getString("$ref").substring(2).split("/")) {
                    found = found.asJsonObject().get(step);
                    assertNotNull(found, object.getString("$ref"));
                }
            }
            object.values().forEach(inner -> follow(document, inner));
        } else if (value instanceof JsonArray array) {
            array.forEach(inner -> follow(document, inner));
        }
    }
}
