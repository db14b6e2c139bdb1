package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.vendors.Complaint;
import org.rosterkeep.vendors.Sighting;
import org.rosterkeep.vendors.Witness;

/// What a vendor's client did at a rehearsal, counted: the calls that never reached the door, too. Everything it counts
/// by is a word of this house or of the standard, so it cannot grow with what a client sends, and holds nothing a
/// client wrote.
final class CallSheet implements Witness {
    static final String KIND = "call-sheet";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
    /// A name that no field of the record has.
    static final String ANOTHER = "another name";

    private final Map<Call, Long> calls = new LinkedHashMap<>();
    private final Map<Pull, Pulled> pulls = new LinkedHashMap<>();
    private final Map<Asked, Long> refused = new LinkedHashMap<>();
    private long unchanged;
    private int day;

    /// One kind of call.
    ///
    /// @param day the made-up day
    /// @param place the route, or `token`, `discovery`, `status`, `elsewhere`
    /// @param status 0 when the answer broke off
    /// @param trouble what was wrong, as a word; empty when nothing was
    record Call(int day, String wire, String method, String place, int status, String trouble) {
        boolean failed() {
            return !trouble.isEmpty() || status == 0;
        }
    }

    /// One collection in one version, whole or what changed since.
    record Pull(String wire, String route, boolean delta) {}

    /// A field a client named that it does not get.
    ///
    /// @param how `filter`, `sort` or `fields`
    record Asked(String field, String how) {}

    CallSheet(int day) {
        this.day = day;
    }

    synchronized void day(int next) {
        day = next;
    }

    @Override
    public synchronized void saw(Sighting seen) {
        var wire = seen.wire().name().toLowerCase(java.util.Locale.ROOT);
        calls.merge(
                new Call(
                        day,
                        wire,
                        METHODS.contains(seen.method()) ? seen.method() : "other",
                        place(seen.place()),
                        seen.status(),
                        trouble(seen)),
                1L,
                Long::sum);
        if (!(seen.place() instanceof Sighting.Place.Roster roster)) {
            return;
        }
        var route = roster.route();
        seen.query().ifPresent(query -> {
            seen.complaint()
                    .ifPresent(complaint ->
                            misnamed(complaint, query, route.collection().entity()));
            seen.given()
                    .filter(given -> !seen.method().equals("HEAD") && !route.single())
                    .ifPresent(given -> pulled(wire, route.pattern(), query, given));
        });
    }

    private void pulled(String wire, String route, Sighting.Query query, Sighting.Given given) {
        if (given.notModified()) {
            unchanged++;
        }
        // What a client picks out by something else is no run through a collection.
        if (!query.filtered() && !given.notModified()) {
            pulls.computeIfAbsent(new Pull(wire, route, query.delta()), any -> new Pulled(0, 0, 0, 0, 0))
                    .page(query.offset(), given);
        }
    }

    private static String place(Sighting.Place place) {
        return switch (place) {
            case Sighting.Place.Roster roster -> roster.route().pattern();
            case Sighting.Place.Token token -> "token";
            case Sighting.Place.Discovery discovery -> "discovery";
            case Sighting.Place.Status status -> "status";
            case Sighting.Place.Nowhere nowhere -> "elsewhere";
        };
    }

    private static String trouble(Sighting seen) {
        return seen.reason()
                .map(Reason::name)
                .or(() -> seen.oauth())
                .or(() -> seen.complaint().map(Complaint::name))
                .orElse("");
    }

    private void misnamed(Complaint complaint, Sighting.Query query, org.rosterkeep.roster.Entity entity) {
        var named = switch (complaint) {
            case FILTER_FIELD -> Map.entry("filter", query.filter());
            case SORT_FIELD -> Map.entry("sort", query.sort());
            case SELECTION_FIELD -> Map.entry("fields", query.selection());
            case BAD_REQUEST,
                    BAD_LIMIT,
                    BAD_OFFSET,
                    BAD_ORDER,
                    REPEATED,
                    TOKEN_IN_URL,
                    BAD_FILTER,
                    FILTER_VALUE,
                    BLANK_SELECTION,
                    NOT_AUTHORISED,
                    FORBIDDEN,
                    UNKNOWN_OBJECT,
                    UNKNOWN_PATH,
                    WRONG_METHOD,
                    TOO_LARGE,
                    EXPECTATION,
                    TOO_MANY,
                    SERVER_ERROR,
                    UNAVAILABLE -> Map.entry("", Set.<String>of());
        };
        for (var name : named.getValue()) {
            int dot = name.indexOf('.');
            var field = Field.named(entity, dot < 0 ? name : name.substring(0, dot));
            refused.merge(new Asked(field.map(Field::path).orElse(ANOTHER), named.getKey()), 1L, Long::sum);
        }
    }

    synchronized Map<Call, Long> calls() {
        return Map.copyOf(calls);
    }

    synchronized Map<Pull, Pulled> pulls() {
        return Map.copyOf(pulls);
    }

    /// Fields named in questions that were refused for a name; those the rule gives were not the fault.
    synchronized Map<Asked, Long> refused() {
        return Map.copyOf(refused);
    }

    /// Answers the client had already (304).
    synchronized long unchanged() {
        return unchanged;
    }

    synchronized byte[] document() {
        var json = Json.createObjectBuilder().add("day", day).add("unchanged", unchanged);
        var all = Json.createArrayBuilder();
        calls.forEach((call, times) -> all.add(Json.createObjectBuilder()
                .add("day", call.day())
                .add("wire", call.wire())
                .add("method", call.method())
                .add("place", call.place())
                .add("status", call.status())
                .add("trouble", call.trouble())
                .add("times", times)));
        var runs = Json.createArrayBuilder();
        pulls.forEach((pull, how) -> runs.add(Json.createObjectBuilder()
                .add("wire", pull.wire())
                .add("route", pull.route())
                .add("delta", pull.delta())
                .add("runs", how.runs())
                .add("whole", how.whole())
                .add("pages", how.pages())
                .add("records", how.records())
                .add("gone", how.gone())));
        var names = Json.createArrayBuilder();
        refused.forEach((asked, times) -> names.add(Json.createObjectBuilder()
                .add("field", asked.field())
                .add("how", asked.how())
                .add("times", times)));
        return json.add("calls", all)
                .add("pulls", runs)
                .add("refused", names)
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A run that was on its way when the sheet was put down begins anew.
    static CallSheet read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            var json = reader.readObject();
            var sheet = new CallSheet(json.getInt("day"));
            sheet.unchanged = number(json, "unchanged");
            for (var one : json.getJsonArray("calls").getValuesAs(JsonObject.class)) {
                var call = new Call(
                        one.getInt("day"),
                        one.getString("wire"),
                        one.getString("method"),
                        one.getString("place"),
                        one.getInt("status"),
                        one.getString("trouble"));
                sheet.calls.put(call, number(one, "times"));
            }
            for (var one : json.getJsonArray("pulls").getValuesAs(JsonObject.class)) {
                var how = new Pulled(
                        number(one, "runs"),
                        number(one, "whole"),
                        number(one, "pages"),
                        number(one, "records"),
                        number(one, "gone"));
                sheet.pulls.put(new Pull(one.getString("wire"), one.getString("route"), one.getBoolean("delta")), how);
            }
            for (var one : json.getJsonArray("refused").getValuesAs(JsonObject.class)) {
                sheet.refused.put(new Asked(one.getString("field"), one.getString("how")), number(one, "times"));
            }
            return sheet;
        }
    }

    private static long number(JsonObject json, String key) {
        return json.getJsonNumber(key).longValue();
    }
}
