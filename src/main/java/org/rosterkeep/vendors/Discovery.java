package org.rosterkeep.vendors;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.rosterkeep.access.Dialect;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.roster.Entity;

/// The service's description of itself: OpenAPI 3, with its real addresses and only what it does (OneRoster section 2).
/// Made from the table of routes and the dictionary of fields; it is the same for every vendor, and says nothing about
/// what a rule gives.
final class Discovery {
    private static final String SCHEME = "OAuth2CC";

    private final List<Route> routes;

    Discovery(List<Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /// @param origin scheme and authority under which the service was asked
    byte[] document(Target.Discovery target, String origin) {
        return Json.createObjectBuilder()
                .add("openapi", "3.0.3")
                .add(
                        "info",
                        Json.createObjectBuilder()
                                .add("title", "OneRoster 1.2 Rostering, as served here")
                                .add("version", "1.2")
                                .add("description", ABOUT))
                .add(
                        "servers",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("url", origin + target.service())))
                .add("paths", paths())
                .add(
                        "components",
                        Json.createObjectBuilder()
                                .add("securitySchemes", security(origin + target.prefix() + "/ims/oneroster/token"))
                                .add("parameters", parameters())
                                .add("responses", problems())
                                .add("schemas", new DiscoverySchemas().all()))
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static final String ABOUT = "Read-only. A client sees the records and fields that its sharing rule gives;"
        + " what is outside answers like what does not exist. Every answer is recorded before it is sent; its header"
        + " Rosterkeep-Disclosure is the number of that record.";

    private JsonObjectBuilder paths() {
        JsonObjectBuilder paths = Json.createObjectBuilder();
        routes.forEach(
                route -> paths.add(route.pattern(), Json.createObjectBuilder().add("get", operation(route))));
        return paths;
    }

    private static JsonObjectBuilder operation(Route route) {
        JsonObjectBuilder responses = Json.createObjectBuilder().add("200", success(route));
        PROBLEMS.forEach(problem -> responses.add(
                Integer.toString(problem.status()), reference("#/components/responses/" + problem.name())));
        return Json.createObjectBuilder()
                .add("operationId", operationId(route))
                .add("tags", Json.createArrayBuilder().add(route.collection().segment()))
                .add("parameters", parametersOf(route))
                .add(
                        "security",
                        Json.createArrayBuilder(route.scopesInOrder().stream()
                                .map(scope -> Json.createObjectBuilder()
                                        .add(SCHEME, Json.createArrayBuilder().add(scope.uri(Dialect.V1P2)))
                                        .build())
                                .toList()))
                .add("responses", responses);
    }

    /// `getAllUsers`, `getUser`, `getClassesForSchool`, `getStudentsForClassInSchool`: the operations' usual names.
    private static String operationId(Route route) {
        String name = capital(route.collection().segment());
        if (route.parents().isEmpty()) {
            return route.single() ? "get" + singular(name) : "getAll" + name;
        }
        List<String> parents = new ArrayList<>();
        route.parents().reversed().forEach(parent -> parents.add(singular(capital(parent.segment()))));
        return "get" + name + "For" + String.join("In", parents);
    }

    private static String singular(String name) {
        if (name.equals("Demographics")) {
            return name;
        }
        return name.equals("Classes") ? "Class" : name.substring(0, name.length() - 1);
    }

    private static String capital(String segment) {
        return Character.toUpperCase(segment.charAt(0)) + segment.substring(1);
    }

    private static JsonArrayBuilder parametersOf(Route route) {
        JsonArrayBuilder parameters = Json.createArrayBuilder();
        Stream.of(route.pattern().split("/"))
                .filter(segment -> segment.startsWith("{"))
                .map(segment -> segment.substring(1, segment.length() - 1))
                .forEach(id -> parameters.add(Json.createObjectBuilder()
                        .add("name", id)
                        .add("in", "path")
                        .add("required", true)
                        .add("schema", type("string"))));
        List<String> query =
                route.single() ? List.of("fields") : List.of("limit", "offset", "sort", "orderBy", "filter", "fields");
        query.forEach(name -> parameters.add(reference("#/components/parameters/" + name)));
        return parameters;
    }

    private static JsonObjectBuilder success(Route route) {
        Entity entity = route.collection().entity();
        String schema = (route.single() ? "Single" : "Many") + capital(entity.one());
        JsonObjectBuilder headers = Json.createObjectBuilder()
                .add("Rosterkeep-Disclosure", header("integer", "The number of the record of this disclosure."))
                .add("X-Total-Count", header("integer", "Matching records, whatever the page."));
        if (!route.single()) {
            headers.add("Link", header("string", "RFC 8288: next, prev, first, last."));
        }
        return Json.createObjectBuilder()
                .add("description", route.single() ? "The record." : "A page of records, possibly empty.")
                .add("headers", headers)
                .add("content", json(reference("#/components/schemas/" + schema)));
    }

    private static JsonObjectBuilder security(String tokenUrl) {
        JsonObjectBuilder scopes = Json.createObjectBuilder();
        for (OAuthScope scope : OAuthScope.values()) {
            scopes.add(scope.uri(Dialect.V1P2), about(scope));
        }
        return Json.createObjectBuilder()
                .add(
                        SCHEME,
                        Json.createObjectBuilder()
                                .add("type", "oauth2")
                                .add(
                                        "flows",
                                        Json.createObjectBuilder()
                                                .add(
                                                        "clientCredentials",
                                                        Json.createObjectBuilder()
                                                                .add("tokenUrl", tokenUrl)
                                                                .add("scopes", scopes))));
    }

    private static String about(OAuthScope scope) {
        return switch (scope) {
            case ROSTER_CORE -> "All and one of every collection but demographics.";
            case ROSTER -> "The same, and every nested collection.";
            case ROSTER_DEMOGRAPHICS -> "Demographics, and nothing else.";
        };
    }

    private static JsonObjectBuilder parameters() {
        return Json.createObjectBuilder()
                .add("limit", query("limit", "Records in a page.", number(1, Question.LIMIT_DEFAULT)))
                .add("offset", query("offset", "Position of the first record.", number(0, 0)))
                .add("sort", query("sort", "A field to sort by, in Unicode order.", type("string")))
                .add(
                        "orderBy",
                        query(
                                "orderBy",
                                "Ascending unless said otherwise.",
                                type("string").add("enum", Json.createArrayBuilder(List.of("asc", "desc")))))
                .add("filter", query("filter", "field='value' clauses, joined by AND or OR.", type("string")))
                .add(
                        "fields",
                        query(
                                "fields",
                                "Names of fields, comma-separated or repeated.",
                                type("array").add("items", type("string"))));
    }

    private static final List<Complaint> PROBLEMS = List.of(
            Complaint.BAD_REQUEST,
            Complaint.NOT_AUTHORISED,
            Complaint.FORBIDDEN,
            Complaint.UNKNOWN_OBJECT,
            Complaint.TOO_MANY,
            Complaint.SERVER_ERROR,
            Complaint.UNAVAILABLE);

    private static JsonObjectBuilder problems() {
        JsonObjectBuilder responses = Json.createObjectBuilder();
        PROBLEMS.forEach(problem -> responses.add(
                problem.name(),
                Json.createObjectBuilder()
                        .add("description", problem.description())
                        .add("content", json(reference("#/components/schemas/StatusInfo")))));
        return responses;
    }

    private static JsonObjectBuilder query(String name, String about, JsonObjectBuilder schema) {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("in", "query")
                .add("required", false)
                .add("description", about)
                .add("schema", schema);
    }

    private static JsonObjectBuilder number(long minimum, long usual) {
        return type("integer").add("format", "int64").add("minimum", minimum).add("default", usual);
    }

    private static JsonObjectBuilder header(String type, String about) {
        return Json.createObjectBuilder().add("description", about).add("schema", type(type));
    }

    private static JsonObjectBuilder json(JsonObject schema) {
        return Json.createObjectBuilder()
                .add("application/json", Json.createObjectBuilder().add("schema", schema));
    }

    private static JsonObjectBuilder type(String type) {
        return Json.createObjectBuilder().add("type", type);
    }

    private static JsonObject reference(String to) {
        return Json.createObjectBuilder().add("$ref", to).build();
    }
}
