package org.rosterkeep.oracle;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The official OpenAPI file of the rostering service 1.2: its paths, and the schema of each answer.
public final class OfficialApi {
    private static final String FILE = "/org/rosterkeep/disclosure/onerosterv1p2rostersservice_openapi3_v1p0.json";

    private final JsonObject file;
    private final JsonObject selective;
    private final Map<String, Schema> schemas = new HashMap<>();

    public OfficialApi() throws IOException {
        try (InputStream in = OfficialApi.class.getResourceAsStream(FILE);
                var reader = Json.createReader(Objects.requireNonNull(in))) {
            file = reader.readObject();
        }
        selective = withoutRequired(file);
    }

    /// All 41, `/schools/{schoolSourcedId}/classes`.
    public List<String> paths() {
        return List.copyOf(new TreeSet<>(file.getJsonObject("paths").keySet()));
    }

    /// What is wrong with a body in the eyes of the operation's own schema for this status.
    ///
    /// @param selected whether the client selected fields: then a record need not be whole
    public List<Error> errors(String path, int status, String body, boolean selected) {
        JsonObject responses = file.getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject("get")
                .getJsonObject("responses");
        JsonObject response = responses.getJsonObject(
                responses.containsKey(Integer.toString(status)) ? Integer.toString(status) : "default");
        String ref = response.getJsonObject("content")
                .getJsonObject("application/json")
                .getJsonObject("schema")
                .getString("$ref");
        return schemas.computeIfAbsent(ref + selected, _ -> schema(ref, selected ? selective : file))
                .validate(body, InputFormat.JSON);
    }

    private static Schema schema(String ref, JsonObject document) {
        JsonObject rooted = Json.createObjectBuilder(document).add("$ref", ref).build();
        return SchemaRegistry.withDialect(Dialects.getOpenApi30()).getSchema(rooted.toString(), InputFormat.JSON);
    }

    /// The same file with no property of a record demanded.
    private static JsonObject withoutRequired(JsonObject file) {
        JsonObjectBuilder schemas = Json.createObjectBuilder();
        file.getJsonObject("components").getJsonObject("schemas").forEach((name, value) -> {
            JsonObject schema = value.asJsonObject();
            boolean record = schema.containsKey("required")
                    && schema.getJsonArray("required").toString().contains("dateLastModified");
            schemas.add(
                    name,
                    record ? Json.createObjectBuilder(schema).remove("required").build() : schema);
        });
        return Json.createObjectBuilder(file)
                .add(
                        "components",
                        Json.createObjectBuilder(file.getJsonObject("components"))
                                .add("schemas", schemas))
                .build();
    }
}
