package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Rule;

/// An official looking at exactly what a vendor's client would get under one version of a rule: through the same door,
/// and in the ledger like everything that goes through it.
final class Looking {
    private static final String ID = "sourcedId";
    private static final int ALL = 1_000_000;

    private final Gate gate;
    private final Recipient.Official official;
    private final Wire wire;

    Looking(Rooms rooms, Rule rule, String operator, Wire wire, Clock clock) {
        this.gate = new Gate(
                rooms.behindGate(rooms.book().rehearsal(rule.id(), rule.version())), clock, DoorSettings.standard());
        this.official = new Recipient.Official(operator, rule.client());
        this.wire = wire;
    }

    /// What one look showed.
    sealed interface Seen {
        record Records(long total, List<JsonObject> records) implements Seen {}

        record Nothing(Reason reason) implements Seen {}
    }

    /// The first records of a collection.
    Seen first(Collection collection, int records) {
        return look(collection, Optional.empty(), List.of(), records);
    }

    /// The ids of a collection's records.
    Set<String> ids(Collection collection) {
        return switch (look(collection, Optional.empty(), List.of(ID, "status"), ALL)) {
            case Seen.Records seen -> {
                var ids = new TreeSet<String>();
                seen.records().stream()
                        .filter(one -> !one.getString("status").equals("tobedeleted"))
                        .forEach(one -> ids.add(one.getString(ID)));
                yield ids;
            }
            case Seen.Nothing nothing -> Set.of();
        };
    }

    /// The records of these ids.
    List<JsonObject> these(Collection collection, List<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var clauses = ids.stream()
                .map(id -> (Filter) new Filter.Clause(ID, Filter.Op.EQ, id))
                .toList();
        var filter = clauses.size() == 1 ? clauses.getFirst() : new Filter.Or(clauses);
        return switch (look(collection, Optional.of(filter), List.of(), ids.size())) {
            case Seen.Records seen -> seen.records();
            case Seen.Nothing nothing -> List.of();
        };
    }

    private Seen look(Collection collection, Optional<Filter> filter, List<String> selection, int limit) {
        return switch (gate.ask(inquiry(collection, filter, selection, limit))) {
            case Outcome.Granted granted ->
                new Seen.Records(
                        granted.disclosure().total(),
                        body(granted).getJsonArray(collection.entity().many()).getValuesAs(JsonObject.class));
            case Outcome.Refused refused -> new Seen.Nothing(refused.reason());
            case Outcome.Mistaken mistaken ->
                throw new IllegalStateException(mistaken.mistake().name());
        };
    }

    private Inquiry inquiry(Collection collection, Optional<Filter> filter, List<String> selection, int limit) {
        return new Inquiry(
                official,
                wire,
                "/" + collection.segment(),
                List.of(),
                collection,
                Optional.empty(),
                filter,
                selection,
                Optional.empty(),
                false,
                0,
                limit,
                "https://preview.invalid",
                List.of(),
                "local");
    }

    private static JsonObject body(Outcome.Granted granted) {
        var bytes = new ByteArrayOutputStream();
        try {
            granted.disclosure().writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var reader = Json.createReader(new ByteArrayInputStream(bytes.toByteArray()))) {
            return reader.readObject();
        }
    }
}
