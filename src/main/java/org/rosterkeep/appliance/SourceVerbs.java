package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.rules.RulesFault;
import org.rosterkeep.rules.SourceBook;
import org.rosterkeep.sources.Hitch;
import org.rosterkeep.sources.Standing;

/// Where rosters come from without being handed in: signed, seen, asked, stopped.
final class SourceVerbs {
    private static final SecretParts PARTS = new SecretParts(Map.of(
            "client-id", Secret.Part.CLIENT_ID,
            "client-secret", Secret.Part.CLIENT_SECRET,
            "consumer-secret", Secret.Part.CONSUMER_SECRET,
            "token", Secret.Part.TOKEN,
            "password", Secret.Part.PASSWORD,
            "private-key", Secret.Part.PRIVATE_KEY,
            "client-certificate", Secret.Part.CLIENT_CERTIFICATE,
            "client-key", Secret.Part.CLIENT_KEY));

    private final Districts districts;
    private final Outgoing outgoing;
    private final Clock clock;

    SourceVerbs(Districts districts, Outgoing outgoing, Clock clock) {
        this.districts = districts;
        this.outgoing = outgoing;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("source put", (call, meanwhile) -> put(call))
                .with("source approve", (call, meanwhile) -> approve(call))
                .with("source list", (call, meanwhile) -> list(call))
                .with("source show", (call, meanwhile) -> show(call))
                .with("source run", (call, meanwhile) -> run(call))
                .with("source pause", (call, meanwhile) -> pause(call))
                .with("source resume", (call, meanwhile) -> resume(call))
                .with("source retire", (call, meanwhile) -> retire(call))
                .with("source secret", (call, meanwhile) -> secret(call));
    }

    private Answer put(Call call) {
        var rooms = districts.of(call).rooms();
        var kept = Handed.in(
                "source",
                rooms.book().sources().put(PaperVerbs.document(call), call.person(), clock.instant()),
                "what belongs in it shows: rosterkeep source example");
        var id = kept.source().id();
        var lines = new ArrayList<String>();
        lines.add("Version " + kept.source().version() + " of " + id + " is kept, and you signed it.");
        lines.add(
                kept.state().equals("waits")
                        ? "Nobody is asked before another person approves it: rosterkeep source approve " + id
                        : "It is " + kept.state() + ".");
        return new Answer(json(rooms, kept).build(), lines);
    }

    private Answer approve(Call call) {
        var rooms = districts.of(call).rooms();
        var kept = rooms.book().sources().approve(call.text("id"), call.person(), clock.instant());
        return Answer.of(
                json(rooms, kept).build(),
                "Version " + kept.source().version() + " of " + kept.source().id() + " is " + kept.state()
                        + ". On an installed appliance root's helper opens the way; see: rosterkeep egress show");
    }

    private Answer list(Call call) {
        var rooms = districts.of(call).rooms();
        var array = Json.createArrayBuilder();
        var table = new Table("SOURCE", "KIND", "PLACE", "STATE", "LAST ASKED", "HOW IT ENDED", "FULL");
        for (var one : rooms.book().sources().list(clock.instant())) {
            array.add(json(rooms, one));
            var standing = rooms.sources().standing(one.source().id());
            table.row(
                    one.source().id(),
                    one.source().origin().word(),
                    one.source().origin().text(),
                    state(one),
                    standing.map(Standing::looked).map(Object::toString).orElse("never"),
                    rooms.sources()
                            .soFar(one.source().id())
                            .map(amount -> "is asked: " + amount)
                            .or(() -> standing.map(Standing::last).filter(last -> !last.isEmpty()))
                            .orElse("-"),
                    standing.flatMap(Standing::lastFull).map(Object::toString).orElse("-"));
        }
        var lines = new ArrayList<>(table.linesOr("There is no source. Describe one: rosterkeep source put -h"));
        lines.add(outgoing.words());
        return new Answer(
                Json.createObjectBuilder()
                        .add("sources", array)
                        .add("courier", outgoing.courierIsHere())
                        .build(),
                lines);
    }

    private static String state(SourceBook.Listed one) {
        return one.paused() && one.state().equals("in force") ? "paused" : one.state();
    }

    private Answer show(Call call) {
        var rooms = districts.of(call).rooms();
        var one = known(rooms, call);
        var id = one.source().id();
        var standing = rooms.sources().standing(id);
        var lines = new ArrayList<String>();
        lines.add(id + " (version " + one.source().version() + ") is "
                + one.source().origin().word() + " at "
                + one.source().origin().text() + ", "
                + one.source().timing().words() + "; it is " + state(one) + ", from "
                + one.source().from() + " until "
                + one.source().until() + ".");
        lines.add("Described by " + one.author()
                + (one.approvers().isEmpty() ? "." : ", approved by " + String.join(", ", one.approvers()) + "."));
        rooms.sources().soFar(id).ifPresent(amount -> lines.add("It is being asked now: " + amount + "."));
        lines.addAll(standing.map(SourceVerbs::told).orElse(List.of("It was never asked.")));
        if (one.source().origin().outward()) {
            lines.add(outgoing.words());
        }
        return new Answer(json(rooms, one).build(), lines);
    }

    private static List<String> told(Standing standing) {
        var lines = new ArrayList<String>();
        if (standing.failures() > 0) {
            lines.add("It failed " + standing.failures() + (standing.failures() == 1 ? " time" : " times")
                    + ", asked last at " + standing.looked() + "; it is asked again from " + standing.notBefore()
                    + ".");
            lines.add(Hitch.sentence(standing.last()) + ".");
        } else {
            lines.add("It was asked last at " + standing.looked() + "; it ended: " + standing.last() + ".");
        }
        standing.lastFull().ifPresent(at -> lines.add("Everything was asked for last at " + at + "."));
        if (!standing.report().isEmpty()) {
            lines.add("What came of it: rosterkeep intake show " + standing.report());
        }
        return lines;
    }

    private static JsonObjectBuilder json(Rooms rooms, SourceBook.Listed one) {
        var id = one.source().id();
        var json = Json.createObjectBuilder()
                .add("source", id)
                .add("version", one.source().version())
                .add("kind", one.source().origin().word())
                .add("place", one.source().origin().text())
                .add("state", state(one))
                .add("author", one.author())
                .add("approvers", Json.createArrayBuilder(one.approvers()))
                .add("from", one.source().from().toString())
                .add("until", one.source().until().toString())
                .add("secret", Json.createArrayBuilder(PARTS.words(rooms.sourceSecrets(), id)));
        rooms.sources().soFar(id).ifPresent(amount -> json.add("underWay", amount));
        rooms.sources().standing(id).ifPresent(standing -> json(json, standing));
        return json;
    }

    private static void json(JsonObjectBuilder json, Standing standing) {
        json.add("looked", standing.looked().toString())
                .add("failures", standing.failures())
                .add("last", standing.last())
                .add("report", standing.report());
        if (standing.failures() > 0) {
            json.add("notBefore", standing.notBefore().toString());
        }
        standing.lastFull().ifPresent(at -> json.add("lastFull", at.toString()));
        standing.since().ifPresent(at -> json.add("since", at.toString()));
    }

    private Answer run(Call call) {
        var rooms = districts.of(call).rooms();
        var one = known(rooms, call);
        var id = one.source().id();
        if (!rooms.sources().ask(id, call.flag("full"), call.caller().actor())) {
            throw new Trouble(
                    Exit.REFUSED,
                    "The source " + id + " is not asked now.",
                    "It is " + state(one) + (state(one).equals("in force") ? ", and being asked already." : "."),
                    "See: rosterkeep source show " + id);
        }
        return Answer.of(
                Json.createObjectBuilder().add("source", id).add("asked", true).build(),
                "It is asked within a second. See what comes of it: rosterkeep source show " + id);
    }

    private Answer pause(Call call) {
        var rooms = districts.of(call).rooms();
        var id = known(rooms, call).source().id();
        rooms.book().sources().pause(id, call.caller().actor());
        rooms.because(call, "source", id);
        return Answer.of(
                Json.createObjectBuilder().add("paused", id).build(),
                "The source " + id + " is not asked any more; what is under way is broken off.");
    }

    private Answer resume(Call call) {
        var rooms = districts.of(call).rooms();
        var id = known(rooms, call).source().id();
        rooms.book().sources().resume(id, call.caller().actor());
        return Answer.of(
                Json.createObjectBuilder().add("resumed", id).build(), "The source " + id + " is asked again.");
    }

    private Answer retire(Call call) {
        var rooms = districts.of(call).rooms();
        var id = known(rooms, call).source().id();
        rooms.book().sources().retire(id, call.caller().actor());
        rooms.sourceSecrets().forget(id, call.caller().actor());
        rooms.because(call, "source", id);
        return Answer.of(
                Json.createObjectBuilder().add("retired", id).build(),
                "The source " + id + " is retired, and its secret forgotten; what it brought stays.");
    }

    private Answer secret(Call call) {
        var rooms = districts.of(call).rooms();
        var id = known(rooms, call).source().id();
        return PARTS.keep(call, rooms.sourceSecrets(), "source", "the source " + id);
    }

    private SourceBook.Listed known(Rooms rooms, Call call) {
        return Optional.of(call.text("id"))
                .flatMap(id -> rooms.book().sources().find(id, clock.instant()))
                .orElseThrow(() -> new RulesFault(RulesFault.Code.SOURCE_UNKNOWN));
    }
}
