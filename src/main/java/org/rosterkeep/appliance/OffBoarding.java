package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.custody.Directive;
import org.rosterkeep.custody.What;
import org.rosterkeep.rules.Agreement;
import org.rosterkeep.rules.Stopped;
import org.rosterkeep.rules.Version;

/// A vendor leaves: its rules and clients end at once and for ever, whatever the disk or the ledger say, and it
/// is asked
/// to delete what it holds, agreement by agreement. Doing it again issues what could not be issued before.
final class OffBoarding {
    static final String WHY = "off-boarding";

    private final Rooms rooms;
    private final Call call;
    private final String vendor;
    private final Instant now;

    OffBoarding(Rooms rooms, Call call, Instant now) {
        this.rooms = rooms;
        this.call = call;
        this.vendor = call.text("id");
        this.now = now;
    }

    Answer answer() {
        if (rooms.book().papers().vendor(vendor).isEmpty()) {
            throw Trouble.notFound("There is no such vendor.", "See: rosterkeep vendor list");
        }
        var actor = call.caller().actor();
        var stops = new ArrayList<Stopped>();
        var rules = rules();
        rules.forEach(rule -> stops.add(rooms.book().revoke(rule, actor)));
        var clients = clients();
        clients.forEach(client -> {
            stops.add(rooms.clients().revoke(client, actor));
            stops.add(rooms.tokens().revokeClient(client));
        });
        rooms.because(call, "vendor", vendor);
        var stopped = Stops.told(
                vendor,
                "The vendor " + vendor + " has left: " + rules.size() + " rules and " + clients.size()
                        + " clients are revoked for ever.",
                stops.toArray(Stopped[]::new));
        return told(stopped, rules, clients);
    }

    private Answer told(Answer stopped, List<String> rules, List<String> clients) {
        var json = Json.createObjectBuilder(stopped.json())
                .add("rules", Json.createArrayBuilder(rules))
                .add("clients", Json.createArrayBuilder(clients));
        var lines = new ArrayList<>(stopped.lines());
        var numbers = Json.createArrayBuilder();
        try {
            for (var directive : directives()) {
                numbers.add(directive.id());
                lines.add("Directive " + directive.id() + " asks it to delete by " + directive.due()
                        + ". Send it: rosterkeep vendor directive " + vendor + " --number " + directive.id());
            }
            lines.add("Once it has attested to the deletion, nobody need be able to tell whom its ids mean: rosterkeep"
                    + " vendor ids " + vendor);
        } catch (RuntimeException later) {
            lines.add("The directive to delete could not be written. Once the disk and the ledger work again, say the"
                    + " same once more: rosterkeep vendor offboard " + vendor);
        }
        return new Answer(json.add("directives", numbers).build(), lines);
    }

    private List<String> rules() {
        return rooms.book().versions(now).stream()
                .map(Version::proposal)
                .map(one -> one.rule())
                .filter(rule -> rule.vendor().equals(vendor))
                .map(rule -> rule.id())
                .distinct()
                .sorted()
                .toList();
    }

    private List<String> clients() {
        return rooms.clients().list().stream()
                .filter(client -> client.vendor().equals(vendor) && !client.revoked())
                .map(client -> client.id())
                .toList();
    }

    private List<Directive> directives() {
        return rooms.book().papers().agreements().stream()
                .filter(agreement -> agreement.vendor().equals(vendor))
                .map(this::directive)
                .toList();
    }

    private Directive directive(Agreement agreement) {
        return rooms.custody()
                .direct(
                        vendor,
                        agreement.id(),
                        WHY,
                        What.EVERYTHING,
                        agreement.disposalDays(),
                        call.caller().actor(),
                        now);
    }
}
