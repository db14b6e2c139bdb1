package org.rosterkeep.vendors;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// The shapes of the records, in OneRoster 1.2 form, from the dictionary of fields.
final class DiscoverySchemas {
    JsonObjectBuilder all() {
        JsonObjectBuilder schemas = Json.createObjectBuilder();
        for (Entity entity : Entity.values()) {
            String name = capital(entity.one());
            schemas.add(name, record(entity));
            schemas.add("Single" + name, envelope(entity.one(), reference(name)));
            schemas.add("Many" + name, envelope(entity.many(), array(reference(name))));
        }
        return schemas.add("Reference", shapeOf(List.of("href", "sourcedId", "type"), List.of()))
                .add("Role", role())
                .add("UserId", shapeOf(List.of("type", "identifier"), List.of()))
                .add(
                        "UserProfile",
                        shapeOf(
                                List.of("profileId", "profileType", "vendorId"),
                                List.of("applicationId", "description")))
                .add("StatusInfo", statusInfo());
    }

    private static JsonObjectBuilder record(Entity entity) {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        JsonArrayBuilder required = Json.createArrayBuilder();
        for (Field field : Field.of(entity)) {
            if (field.need() == Field.Need.INTERNAL) {
                continue;
            }
            properties.add(field.wire(), shape(field));
            if (field.need() != Field.Need.OPTIONAL) {
                required.add(field.wire());
            }
            if (field.need() == Field.Need.ENVELOPE) {
                properties.add("status", words(List.of("active", "tobedeleted")));
                properties.add("dateLastModified", type("string").add("format", "date-time"));
                required.add("status").add("dateLastModified");
            }
        }
        if (entity == Entity.ORG || entity == Entity.ACADEMIC_SESSION) {
            properties.add("children", array(reference("Reference")));
        }
        return type("object").add("properties", properties).add("required", required);
    }

    private static JsonObjectBuilder shape(Field field) {
        return switch (field.shape()) {
            case TEXT, TOKEN -> type("string");
            case DATE ->
                field.wire().equals("schoolYear")
                        ? type("string")
                        : type("string").add("format", "date");
            case BOOL -> words(List.of("true", "false"));
            case LIST -> array(type("string"));
            case REF -> reference("Reference");
            case REFS -> array(reference("Reference"));
            case ROLES -> array(reference("Role"));
            case USER_IDS -> array(reference("UserId"));
            case PROFILES -> array(reference("UserProfile"));
        };
    }

    private static JsonObjectBuilder role() {
        return type("object")
                .add(
                        "properties",
                        Json.createObjectBuilder()
                                .add("roleType", words(List.of("primary", "secondary")))
                                .add("role", type("string"))
                                .add("org", reference("Reference")))
                .add("required", Json.createArrayBuilder(List.of("roleType", "role", "org")));
    }

    private static JsonObjectBuilder statusInfo() {
        JsonObjectBuilder minor = type("object")
                .add(
                        "properties",
                        Json.createObjectBuilder()
                                .add(
                                        "imsx_codeMinorField",
                                        array(shapeOf(
                                                List.of("imsx_codeMinorFieldName", "imsx_codeMinorFieldValue"),
                                                List.of()))));
        return type("object")
                .add(
                        "properties",
                        Json.createObjectBuilder()
                                .add("imsx_codeMajor", type("string"))
                                .add("imsx_severity", type("string"))
                                .add("imsx_description", type("string"))
                                .add("imsx_CodeMinor", minor))
                .add("required", Json.createArrayBuilder(List.of("imsx_codeMajor", "imsx_severity")));
    }

    private static JsonObjectBuilder shapeOf(List<String> required, List<String> optional) {
        JsonObjectBuilder properties = Json.createObjectBuilder();
        required.forEach(name -> properties.add(name, type("string")));
        optional.forEach(name -> properties.add(name, type("string")));
        return type("object").add("properties", properties).add("required", Json.createArrayBuilder(required));
    }

    private static JsonObjectBuilder envelope(String name, JsonObjectBuilder content) {
        return type("object")
                .add("properties", Json.createObjectBuilder().add(name, content))
                .add("required", Json.createArrayBuilder().add(name));
    }

    private static JsonObjectBuilder words(List<String> words) {
        return type("string").add("enum", Json.createArrayBuilder(words));
    }

    private static JsonObjectBuilder array(JsonObjectBuilder items) {
        return type("array").add("items", items);
    }

    private static JsonObjectBuilder type(String type) {
        return Json.createObjectBuilder().add("type", type);
    }

    private static JsonObjectBuilder reference(String to) {
        return Json.createObjectBuilder().add("$ref", "#/components/schemas/" + to);
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
