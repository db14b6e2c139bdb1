package org.rosterkeep.oracle;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// What a rule's file says, as far as it decides who receives what.
///
/// @param fields by entity, by field: `as-is`, `initial`, `pseudonym`, `coarse`, `preferred`, or `=` and a constant
record NaiveRule(
        Set<String> orgs,
        boolean subOrgs,
        Set<String> roles,
        Set<String> grades,
        Set<String> classes,
        Map<String, Map<String, String>> fields,
        boolean passThrough) {

    static NaiveRule parse(String json) {
        try (var reader = Json.createReader(new StringReader(json))) {
            JsonObject rule = reader.readObject();
            JsonObject scope = rule.getJsonObject("scope");
            Map<String, Map<String, String>> fields = new HashMap<>();
            rule.getJsonObject("fields").forEach((entity, given) -> {
                Map<String, String> treatments = new HashMap<>();
                given.asJsonObject().forEach((field, how) -> treatments.put(field, treatment(how)));
                fields.put(entity, treatments);
            });
            return new NaiveRule(
                    texts(scope, "orgs"),
                    scope.getBoolean("subOrgs", false),
                    texts(scope, "roles"),
                    texts(scope, "grades"),
                    texts(scope, "classes"),
                    fields,
                    rule.getString("ids", "pseudonym").equals("pass-through"));
        }
    }

    boolean gives(String entity) {
        return !fields.getOrDefault(entity, Map.of()).isEmpty();
    }

    private static String treatment(JsonValue how) {
        return how instanceof JsonString word
                ? word.getString()
                : "=" + how.asJsonObject().getString("constant");
    }

    private static Set<String> texts(JsonObject scope, String name) {
        Set<String> texts = new LinkedHashSet<>();
        if (scope.containsKey(name)) {
            scope.getJsonArray(name).getValuesAs(JsonString::getString).forEach(texts::add);
        }
        return texts;
    }
}
