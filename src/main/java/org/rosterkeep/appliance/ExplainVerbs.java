package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.access.Client;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// Why a client is given a field of a person or not, now or at an instant that is past; for a vendor, each of its
/// clients by itself.
final class ExplainVerbs {
    private final Districts districts;
    private final Clock clock;

    ExplainVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("rule explain", (call, meanwhile) -> explain(call));
    }

    private Answer explain(Call call) {
        var rooms = districts.of(call).rooms();
        var field = Explained.field(call.text("field"));
        var now = clock.instant();
        var at = call.optional("at").map(text -> instant(text, now));
        var then = at.map(rooms.timeMachine()::at)
                .orElseGet(() -> new Then(rooms.book(), rooms.clients(), rooms.floors()));
        var clients = clients(call, then);
        rooms.ledger().record("rule.explained", call.caller().actor(), Map.of("client", String.join(" ", clients)));
        var person = SourcedId.of(call.text("person"));
        var lines = new ArrayList<String>();
        at.ifPresent(past -> lines.add("As it was at " + past + ":"));
        var answers = new ArrayList<JsonObjectBuilder>();
        for (var client : clients) {
            var explained = at.map(past -> Explained.then(
                            rooms,
                            then,
                            new Explained.Question(client, rooms.vault().find(Entity.USER, person), field, past)))
                    .orElseGet(() -> Explained.of(rooms, client, person, field, now));
            var reasons = explained.reasons(then.book(), field, at.orElse(now));
            if (clients.size() > 1) {
                lines.add("");
                lines.add("Client " + client + ":");
            }
            lines.add(explained.sentence());
            lines.addAll(reasons);
            answers.add(json(explained, client, field, reasons));
        }
        var first = answers.getFirst();
        at.ifPresent(past -> first.add("at", past.toString()));
        if (call.optional("vendor").isEmpty()) {
            return new Answer(first.build(), lines);
        }
        var all = Json.createArrayBuilder();
        answers.forEach(all::add);
        return new Answer(
                Json.createObjectBuilder()
                        .add("vendor", call.text("vendor"))
                        .add("answers", all)
                        .build(),
                lines);
    }

    /// A client by its name, or those a vendor had.
    private static List<String> clients(Call call, Then then) {
        var client = call.optional("client");
        var vendor = call.optional("vendor");
        if (client.isPresent() == vendor.isPresent()) {
            throw Trouble.wrongUse(
                    "It is not clear whom to explain.",
                    "A question is about one client, or about all clients of one vendor.",
                    "Name either --client or --vendor.");
        }
        if (client.isPresent()) {
            return List.of(client.get());
        }
        var found = then.clients().list().stream()
                .filter(one -> one.vendor().equals(vendor.orElse("")))
                .filter(one -> !one.revoked())
                .map(Client::id)
                .toList();
        if (found.isEmpty()) {
            throw Trouble.notFound(
                    "This vendor has no client, so it is given nothing.", "See who has one: rosterkeep client list");
        }
        return found;
    }

    /// A date alone means its last instant.
    private static Instant instant(String text, Instant now) {
        var at = parsed(text)
                .orElseThrow(() -> Trouble.wrongUse(
                        "That is not a date or a time.",
                        "A past moment is named like 2026-10-05T08:30:00Z, or like 2026-10-05 for the end of that day"
                                + " in UTC.",
                        "Write --at in one of these forms."));
        if (at.isAfter(now)) {
            throw Trouble.wrongUse(
                    "That moment has not come yet.",
                    "What will be decided then depends on what is done until then.",
                    "Leave --at out to ask about now.");
        }
        return at;
    }

    private static Optional<Instant> parsed(String text) {
        try {
            return Optional.of(
                    text.length() == 10
                            ? LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .minusNanos(1)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static JsonObjectBuilder json(Explained explained, String client, Field field, List<String> reasons) {
        var json = Json.createObjectBuilder()
                .add("given", explained.given())
                .add("client", client)
                .add("field", field.path())
                .add("sentence", explained.sentence())
                .add("reasons", Json.createArrayBuilder(reasons));
        var floors = Json.createArrayBuilder();
        explained
                .floors()
                .forEach(cause -> floors.add(
                        Json.createObjectBuilder().add("floor", cause.floor()).add("words", cause.words())));
        json.add("floors", floors);
        explained.scope().ifPresent(part -> json.add("scope", part.word()));
        explained.edition().ifPresent(number -> json.add("edition", number));
        explained
                .rule()
                .ifPresent(version -> json.add("rule", version.rule().id())
                        .add("version", version.rule().version())
                        .add(
                                "approvers",
                                Json.createArrayBuilder(
                                        version.approvers().stream().sorted().toList())));
        return json;
    }
}
