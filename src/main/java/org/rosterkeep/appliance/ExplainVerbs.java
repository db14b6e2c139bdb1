package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.access.Client;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
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
        var field = AskedField.of(call.text("field"));
        var now = clock.instant();
        var moment = call.optional("at").map(text -> Moment.of(text, now));
        var then = moment.map(one -> rooms.timeMachine().at(one.at()))
                .orElseGet(() -> new Then(rooms.book(), rooms.clients(), rooms.floors()));
        var person = SourcedId.of(call.text("person"));
        var clients = clients(call, then);
        rooms.ledger().record("rule.explained", call.caller().actor(), Map.of("client", String.join(" ", clients)));
        var lines = new ArrayList<String>();
        moment.ifPresent(one -> lines.add("As it was at " + one.words() + ":"));
        lines.addAll(known(rooms, person, moment.map(Moment::at)));
        var answers = Json.createArrayBuilder();
        var first = Json.createObjectBuilder();
        for (var client : clients) {
            var explanation = moment.map(one -> past(rooms, then, client, person, field, one.at()))
                    .orElseGet(() -> present(rooms, client, person, field, now));
            if (clients.size() > 1) {
                lines.add("");
                lines.add("Client " + client + ":");
            }
            lines.addAll(explanation.lines());
            answers.add(explanation.json());
            first = explanation.json();
        }
        return call.optional("vendor")
                .map(vendor -> new Answer(
                        Json.createObjectBuilder()
                                .add("vendor", vendor)
                                .add("answers", answers)
                                .build(),
                        lines))
                .orElse(new Answer(first.build(), lines));
    }

    static Explanation past(Rooms rooms, Then then, String client, SourcedId person, Field field, Instant at) {
        var question = new Explained.Question(client, rooms.vault().find(Entity.USER, person), field, at);
        var explained = Explained.then(rooms, then, question);
        var pages = rooms.ledger().pages();
        var around = Circumstances.of(pages, client, at);
        return new Explanation(
                explained,
                then.book(),
                client,
                field,
                at,
                around.refused(),
                guarded(rooms, around, explained, at),
                Departed.of(rooms, pages, client, person, field, at));
    }

    static Explanation present(Rooms rooms, String client, SourcedId person, Field field, Instant now) {
        var explained = Explained.of(rooms, client, person, field, now);
        var still = explained
                .rule()
                .flatMap(version -> rooms.guard().hold(version.rule().id()));
        var pages = rooms.ledger().pages();
        return new Explanation(
                explained,
                rooms.book(),
                client,
                field,
                now,
                List.of(),
                still.isEmpty() ? List.of() : guarded(rooms, Circumstances.of(pages, client, now), explained, now),
                Departed.of(rooms, pages, client, person, field, now));
    }

    private static List<String> guarded(Rooms rooms, Circumstances around, Explained explained, Instant at) {
        return explained
                .rule()
                .flatMap(version -> rooms.editions()
                        .liveAt(version.rule().id(), at)
                        .map(stood -> around.guarded(
                                version.rule().id(), version.rule().vendor(), stood.since())))
                .orElse(List.of());
    }

    /// What is to be known of the district and the person before any rule is asked.
    static List<String> known(Rooms rooms, SourcedId person, Optional<Instant> past) {
        var lines = new ArrayList<String>();
        past.flatMap(at -> before(rooms, at)).ifPresent(lines::add);
        int user = rooms.vault().find(Entity.USER, person);
        if (user == Relations.NONE) {
            lines.add(
                    "The district knows nobody of that sourcedId: they never were in its roster, or nothing is kept of"
                            + " them any more.");
        } else if (!rooms.vault().relations().live(Entity.USER).contains(user)) {
            lines.add("The person has left the roster by now.");
        }
        return lines;
    }

    /// A ledger that was set aside begins again later than its district did, and says so.
    private static Optional<String> before(Rooms rooms, Instant at) {
        return rooms.ledger()
                .pages()
                .first()
                .map(LedgerRecord::at)
                .filter(at::isBefore)
                .map(began -> "The ledger begins on " + began + ". Unless one before it was set aside, there was no"
                        + " district here at that moment, and nothing could leave.");
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
}
