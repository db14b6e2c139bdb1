package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.notices.Channel;
import org.rosterkeep.notices.Letter;
import org.rosterkeep.notices.Matter;
import org.rosterkeep.notices.Sighting;

/// Channels for notices, and what waits in the postbox.
final class NoticeVerbs {
    private static final Map<String, Secret.Part> PARTS = Map.of(
            "password", Secret.Part.PASSWORD,
            "token", Secret.Part.TOKEN,
            "client-certificate", Secret.Part.CLIENT_CERTIFICATE,
            "client-key", Secret.Part.CLIENT_KEY);

    private final Districts districts;
    private final NoticeRound round;
    private final Clock clock;

    NoticeVerbs(Districts districts, NoticeRound round, Clock clock) {
        this.districts = districts;
        this.round = round;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("notice list", (call, meanwhile) -> list(call))
                .with("notice put", (call, meanwhile) -> put(call))
                .with("notice approve", (call, meanwhile) -> approve(call))
                .with("notice stop", (call, meanwhile) -> stop(call))
                .with("notice secret", (call, meanwhile) -> secret(call))
                .with("notice test", (call, meanwhile) -> test(call))
                .with("notice digest", (call, meanwhile) -> digest(call));
    }

    private Answer list(Call call) {
        var rooms = districts.of(call).rooms();
        var array = Json.createArrayBuilder();
        var table = new Table("CHANNEL", "KIND", "SERVER", "UNTIL", "STATE");
        for (var one : rooms.channels().list()) {
            array.add(json(one));
            table.row(
                    one.id(),
                    one.way().word(),
                    one.target().host() + ":" + one.target().port(),
                    one.until(),
                    one.state(clock.instant()));
        }
        var waiting = Json.createArrayBuilder();
        var lines = new java.util.ArrayList<>(
                table.linesOr("There is no channel: notices are in the journal only. See: rosterkeep notice put -h"));
        for (var one : rooms.postbox().waiting()) {
            waiting.add(Json.createObjectBuilder()
                    .add("id", one.id())
                    .add("channel", one.channel())
                    .add("subject", one.letter().subject())
                    .add("attempts", one.attempts())
                    .add("last", one.last()));
            lines.add("Not yet told by " + one.channel() + ": " + one.letter().subject()
                    + (one.last().isEmpty() ? "" : " (" + one.attempts() + " attempts, the last: " + one.last() + ")"));
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("channels", array)
                        .add("waiting", waiting)
                        .build(),
                lines);
    }

    private JsonObjectBuilder json(Channel one) {
        return Json.createObjectBuilder()
                .add("channel", one.id())
                .add("version", one.version())
                .add("kind", one.way().word())
                .add("host", one.target().host())
                .add("port", one.target().port())
                .add("until", one.until().toString())
                .add("state", one.state(clock.instant()))
                .add("text", one.text());
    }

    private Answer put(Call call) {
        var channel = districts
                .of(call)
                .rooms()
                .channels()
                .put(call.text("file").getBytes(StandardCharsets.UTF_8), call.person(), clock.instant());
        return Answer.of(
                json(channel).build(),
                "The channel " + channel.id() + " waits for approval: rosterkeep notice approve " + channel.id()
                        + " --operator NAME");
    }

    private Answer approve(Call call) {
        var channel = districts.of(call).rooms().channels().approve(call.text("id"), call.person(), clock.instant());
        return Answer.of(
                json(channel).build(), "The channel " + channel.id() + " is in force. Try it: rosterkeep notice test");
    }

    private Answer stop(Call call) {
        var channel = districts
                .of(call)
                .rooms()
                .channels()
                .stop(call.text("id"), call.caller().actor());
        return Answer.of(json(channel).build(), "Nothing more goes to " + channel.id() + ".");
    }

    private Answer secret(Call call) {
        var word = call.text("part");
        var part = Optional.ofNullable(PARTS.get(word))
                .orElseThrow(() -> Trouble.wrongUse(
                        "There is no such part of a secret.",
                        "A mail server or a webhook asks for others.",
                        "Use one of " + String.join(", ", new java.util.TreeSet<>(PARTS.keySet())) + "."));
        districts
                .of(call)
                .rooms()
                .channels()
                .secret(
                        call.text("id"),
                        part,
                        call.text("text").strip(),
                        call.caller().actor());
        return Answer.of(
                Json.createObjectBuilder()
                        .add("channel", call.text("id"))
                        .add("part", word)
                        .build(),
                "The " + word + " for " + call.text("id") + " is kept, sealed.");
    }

    private Answer test(Call call) {
        var rooms = districts.of(call).rooms();
        var sighting = new Sighting(Matter.TEST, rooms.name().text(), "", Sighting.Level.WARNING);
        int n = rooms.postbox().post(Letter.of(List.of(sighting), round.appliance(), clock.instant()), false);
        if (n == 0) {
            throw Trouble.notFound(
                    "No channel is in force.",
                    "Make one, and have another person approve it: rosterkeep notice put -h");
        }
        return Answer.of(
                Json.createObjectBuilder().add("channels", n).build(),
                "A test is on its way by " + n + (n == 1 ? " channel" : " channels")
                        + ". How it ended: rosterkeep notice list, rosterkeep ledger list");
    }

    private Answer digest(Call call) {
        var lines = round.digest(districts.of(call).rooms(), clock.instant());
        return new Answer(
                Json.createObjectBuilder()
                        .add("lines", Json.createArrayBuilder(lines))
                        .build(),
                lines);
    }
}
