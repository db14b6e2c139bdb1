package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import org.rosterkeep.access.Client;

/// The credentials of vendors.
final class ClientVerbs {
    private final Districts districts;
    private final Clock clock;

    ClientVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("client make", (call, meanwhile) -> make(call))
                .with("client list", (call, meanwhile) -> list(call))
                .with("client rotate", (call, meanwhile) -> rotate(call))
                .with("client revoke", (call, meanwhile) -> revoke(call))
                .with("client oauth1", (call, meanwhile) -> oauth1(call));
    }

    private Answer make(Call call) {
        var rooms = districts.of(call).rooms();
        var rule = call.text("rule");
        var vendor = call.optional("vendor").orElseGet(() -> rooms.vendorOf(rule));
        var wanted = Client.Wanted.everything(call.text("id"), vendor, rule);
        return shown(rooms.clients().make(wanted, call.caller().actor(), clock.instant()), "is made");
    }

    private Answer list(Call call) {
        var array = Json.createArrayBuilder();
        var table = new Table("CLIENT", "VENDOR", "RULE", "STATE", "OAUTH 1.0A");
        for (var client : districts.of(call).rooms().clients().list()) {
            array.add(json(client));
            table.row(
                    client.id(),
                    client.vendor(),
                    client.rule(),
                    client.revoked() ? "revoked" : "live",
                    client.oauth1() ? "on" : "off");
        }
        return new Answer(
                Json.createObjectBuilder().add("clients", array).build(), table.linesOr("There is no client yet."));
    }

    private Answer rotate(Call call) {
        var clients = districts.of(call).rooms().clients();
        if (call.flag("retire")) {
            clients.endChangeover(call.text("id"), call.caller().actor());
            return Answer.of(
                    Json.createObjectBuilder().add("client", call.text("id")).build(),
                    "Only the newest secret of " + call.text("id") + " is valid now.");
        }
        return shown(
                clients.rotate(call.text("id"), call.caller().actor(), clock.instant()),
                "has a new secret; the one before stays valid for the changeover");
    }

    private Answer revoke(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        // The tokens first: from here on nothing answers, whatever the disk says.
        var tokens = rooms.tokens().revokeClient(id);
        var client = rooms.clients().revoke(id, call.caller().actor());
        return Stops.told(id, "The client " + id + " is revoked; its tokens have ended.", client, tokens);
    }

    private Answer oauth1(Call call) {
        var clients = districts.of(call).rooms().clients();
        var id = call.text("id");
        if (call.flag("on")) {
            return shown(clients.allowOAuth1(id, call.caller().actor()), "may sign with OAuth 1.0a");
        }
        clients.forbidOAuth1(id, call.caller().actor());
        return Answer.of(
                Json.createObjectBuilder()
                        .add("client", id)
                        .add("oauth1", false)
                        .build(),
                "The client " + id + " can no longer sign with OAuth 1.0a.");
    }

    private static Answer shown(Client.Issued issued, String what) {
        return Answer.of(
                json(issued.client()).add("secret", issued.secret().disclose()).build(),
                "The client " + issued.client().id() + " " + what + ".",
                "Secret (shown once): " + issued.secret().disclose());
    }

    private static JsonObjectBuilder json(Client client) {
        return Json.createObjectBuilder()
                .add("client", client.id())
                .add("vendor", client.vendor())
                .add("rule", client.rule())
                .add("made", client.made().toString())
                .add("oauth1", client.oauth1())
                .add("revoked", client.revoked());
    }
}
