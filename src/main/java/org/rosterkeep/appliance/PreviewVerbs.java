package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.DoorSettings;
import org.rosterkeep.disclosure.Gate;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Recipient;
import org.rosterkeep.rules.Version;

/// What a rule gives, shown before it does, and explained for one person and field. A preview goes through the
/// same gate
/// as a vendor's request and is in the ledger like one.
final class PreviewVerbs {
    private static final int RECORDS_MAX = 1000;

    /// Nobody decides about these any more, so nobody needs to see what they gave.
    private static final Set<Life> OVER = Set.of(Life.EXPIRED, Life.REVOKED, Life.UNTRUSTED);

    private final Districts districts;
    private final Clock clock;

    PreviewVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("rule preview", (call, meanwhile) -> preview(call))
                .with("rule explain", (call, meanwhile) -> explain(call));
    }

    private Answer preview(Call call) {
        var rooms = districts.of(call).rooms();
        var operator = call.person().operator();
        var version = rooms.book().newest(call.text("id"), clock.instant());
        if (OVER.contains(version.life())) {
            throw new Trouble(
                    Exit.REFUSED,
                    "There is nothing to preview.",
                    "The newest version of this rule is over ("
                            + version.life().name().toLowerCase(java.util.Locale.ROOT)
                            + "): it gives nothing to anybody.",
                    "Draft it anew to see what it would give: rosterkeep rule draft -h");
        }
        var gate = new Gate(
                rooms.behindGate(rooms.book()
                        .rehearsal(version.rule().id(), version.rule().version())),
                clock,
                DoorSettings.standard());
        var lines = new ArrayList<String>();
        var collections = Json.createObjectBuilder();
        lines.add("Exactly what " + version.rule().vendor() + " would get under version "
                + version.rule().version() + " of " + version.rule().id() + ":");
        for (var collection : wanted(call)) {
            var outcome = gate.ask(inquiry(call, operator, version, collection));
            collections.add(collection.segment(), told(collection, outcome, lines));
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("rule", version.rule().id())
                        .add("version", version.rule().version())
                        .add("collections", collections)
                        .build(),
                lines);
    }

    private static List<Collection> wanted(Call call) {
        var all = List.of(Collection.values());
        var name = call.optional("collection");
        var found = all.stream()
                .filter(one -> name.map(one.segment()::equals).orElse(true))
                .toList();
        if (found.isEmpty()) {
            throw Trouble.wrongUse(
                    "There is no such collection.",
                    "OneRoster has no collection of that name.",
                    "Use one of "
                            + String.join(
                                    ", ", all.stream().map(Collection::segment).toList()) + ".");
        }
        return found;
    }

    private static Inquiry inquiry(Call call, String operator, Version version, Collection collection) {
        return new Inquiry(
                new Recipient.Official(operator, version.rule().client()),
                call.flag("v1p1") ? Wire.V1P1 : Wire.V1P2,
                "/" + collection.segment(),
                List.of(),
                collection,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                false,
                0,
                Math.clamp(call.number("records", 3), 1, RECORDS_MAX),
                "https://preview.invalid",
                List.of(),
                "local");
    }

    private static JsonObjectBuilder told(Collection collection, Outcome outcome, List<String> lines) {
        return switch (outcome) {
            case Outcome.Granted granted -> {
                var body = body(granted);
                var records = body.getJsonArray(collection.entity().many());
                lines.add("");
                lines.add(collection.segment() + ": " + granted.disclosure().total());
                records.forEach(one -> lines.add("  " + one));
                yield Json.createObjectBuilder()
                        .add("total", granted.disclosure().total())
                        .add("records", records);
            }
            case Outcome.Refused refused -> {
                lines.add("");
                lines.add(collection.segment() + ": nothing; " + Reasons.sentence(refused.reason()));
                yield Json.createObjectBuilder()
                        .add("total", 0)
                        .add("refused", refused.reason().name());
            }
            case Outcome.Mistaken mistaken ->
                throw new IllegalStateException(mistaken.mistake().name());
        };
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

    private Answer explain(Call call) {
        var rooms = districts.of(call).rooms();
        var field = Explained.field(call.text("field"));
        var client = call.text("client");
        rooms.ledger().record("rule.explained", call.caller().actor(), java.util.Map.of("client", client));
        var now = clock.instant();
        var explained = Explained.of(rooms, client, SourcedId.of(call.text("person")), field, now);
        var reasons = explained.reasons(rooms, field, now);
        var json = Json.createObjectBuilder()
                .add("given", explained.given())
                .add("field", field.path())
                .add("sentence", explained.sentence())
                .add("reasons", Json.createArrayBuilder(reasons));
        explained.scope().ifPresent(part -> json.add("scope", part.word()));
        explained.edition().ifPresent(number -> json.add("edition", number));
        explained
                .rule()
                .ifPresent(version -> json.add("rule", version.rule().id())
                        .add("version", version.rule().version()));
        var lines = new ArrayList<>(List.of(explained.sentence()));
        lines.addAll(reasons);
        return new Answer(json.build(), lines);
    }
}
