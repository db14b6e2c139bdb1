package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.outbound.Standing;
import org.rosterkeep.rules.PushStops;
import org.rosterkeep.rules.PushTarget;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Vendor;

/// What is sent without being asked for: seen, stopped, tried again.
final class PushVerbs {
    private static final SecretParts PARTS = new SecretParts(Map.of(
            "token", Secret.Part.TOKEN,
            "password", Secret.Part.PASSWORD,
            "private-key", Secret.Part.PRIVATE_KEY,
            "client-certificate", Secret.Part.CLIENT_CERTIFICATE,
            "client-key", Secret.Part.CLIENT_KEY));

    private final Districts districts;
    private final Outgoing outgoing;
    private final Clock clock;

    PushVerbs(Districts districts, Outgoing outgoing, Clock clock) {
        this.districts = districts;
        this.outgoing = outgoing;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("push list", (call, meanwhile) -> list(call))
                .with("push show", (call, meanwhile) -> show(call))
                .with("push pause", (call, meanwhile) -> pause(call))
                .with("push resume", (call, meanwhile) -> resume(call))
                .with("push retry", (call, meanwhile) -> retry(call))
                .with("push now", (call, meanwhile) -> now(call))
                .with("push secret", (call, meanwhile) -> secret(call));
    }

    private Answer list(Call call) {
        var rooms = districts.of(call).rooms();
        var array = Json.createArrayBuilder();
        var table = new Table("RULE", "TARGET", "KIND", "TOLD UP TO", "ON ITS WAY", "GIVEN UP", "STATE");
        for (var rule : rooms.book().snapshot().pushing(clock.instant())) {
            var standing = rooms.outbox().standing(rule.id());
            array.add(json(rooms, rule, standing));
            table.row(
                    rule.id(),
                    target(rule).place().text(),
                    target(rule).way().word(),
                    standing.flatMap(Standing::told)
                            .map(told -> told.at().toString())
                            .orElse("nothing"),
                    standing.flatMap(Standing::delivery)
                            .map(PushVerbs::underway)
                            .orElse("-"),
                    standing.map(one -> one.dead().size()).orElse(0),
                    rooms.book().pushStops().paused(rule) ? "paused" : "on");
        }
        var paused = rooms.book().pushStops().paused();
        var lines = new ArrayList<>(table.linesOr("No rule in force names a push target."));
        if (!paused.isEmpty()) {
            lines.add("Paused: " + String.join(", ", paused) + ".");
        }
        lines.add(outgoing.words());
        return new Answer(
                Json.createObjectBuilder()
                        .add("targets", array)
                        .add("paused", Json.createArrayBuilder(paused))
                        .add("courier", outgoing.courierIsHere())
                        .build(),
                lines);
    }

    private static String underway(Standing.Delivery delivery) {
        if (delivery.sending().isPresent()) {
            return "since " + delivery.sending().get();
        }
        return delivery.attempts() == 0
                ? "waits"
                : delivery.last() + ", again from " + delivery.notBefore() + " (attempt " + (delivery.attempts() + 1)
                        + ")";
    }

    private static PushTarget target(Rule rule) {
        return rule.push().orElseThrow();
    }

    private JsonObjectBuilder json(Rooms rooms, Rule rule, Optional<Standing> standing) {
        var json = Json.createObjectBuilder()
                .add("rule", rule.id())
                .add("vendor", rule.vendor())
                .add("target", target(rule).place().text())
                .add("kind", target(rule).way().word())
                .add("paused", rooms.book().pushStops().paused(rule))
                .add("secret", Json.createArrayBuilder(PARTS.words(rooms.pushSecrets(), rule.id())));
        standing.flatMap(Standing::told)
                .ifPresent(told -> json.add("edition", told.edition())
                        .add("told", told.at().toString()));
        standing.ifPresent(one -> json.add("looked", one.looked().toString()));
        standing.flatMap(Standing::delivery).ifPresent(delivery -> json.add("delivery", json(delivery)));
        var dead = Json.createArrayBuilder();
        standing.stream().flatMap(one -> one.dead().stream()).forEach(letter -> dead.add(json(letter)));
        return json.add("givenUp", dead);
    }

    private static JsonObjectBuilder json(Standing.Delivery one) {
        var json = Json.createObjectBuilder()
                .add("delivery", one.id())
                .add("edition", one.edition())
                .add("mode", one.bulk() ? "bulk" : "delta")
                .add("attempts", one.attempts())
                .add("notBefore", one.notBefore().toString())
                .add("last", one.last());
        one.sending().ifPresent(since -> json.add("sending", since.toString()));
        return json;
    }

    private static JsonObjectBuilder json(Standing.DeadLetter one) {
        return Json.createObjectBuilder()
                .add("delivery", one.delivery())
                .add("edition", one.edition())
                .add("mode", one.bulk() ? "bulk" : "delta")
                .add("attempts", one.attempts())
                .add("at", one.at().toString())
                .add("how", one.how());
    }

    private Answer show(Call call) {
        var rooms = districts.of(call).rooms();
        var rule = rule(rooms, call);
        var standing = rooms.outbox().standing(rule.id());
        var lines = new ArrayList<String>();
        lines.add(rule.id() + " sends to " + target(rule).place().text()
                + target(rule).place().path() + " by "
                + target(rule).way().word() + ", looked for "
                + target(rule).delivery().schedule().words() + ".");
        lines.add(standing.flatMap(Standing::told)
                .map(told -> "It was told everything up to " + told.at() + ".")
                .orElse("It was told nothing yet."));
        standing.flatMap(Standing::delivery)
                .ifPresent(delivery -> lines.add("On its way: " + delivery.id() + ", " + underway(delivery) + "."));
        standing.stream()
                .flatMap(one -> one.dead().stream())
                .forEach(letter -> lines.add("Given up at " + letter.at() + " after " + letter.attempts()
                        + (letter.attempts() == 1 ? " attempt: " : " attempts: ") + letter.how() + " ("
                        + letter.delivery() + ")."));
        if (rooms.book().pushStops().paused(rule)) {
            lines.add("It is paused. Two people let it go on: rosterkeep push resume -h");
        }
        lines.add(outgoing.words());
        return new Answer(json(rooms, rule, standing).build(), lines);
    }

    private Rule rule(Rooms rooms, Call call) {
        var id = call.text("id");
        Instant now = clock.instant();
        return rooms.book().snapshot().pushing(now).stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Trouble.notFound(
                        "No rule in force of this name has a push target.",
                        "See which there are: rosterkeep push list"));
    }

    /// What a pause is of. It need not be there any more, or not yet.
    private static String which(Call call) {
        var named = Stream.of(
                        call.optional("id").map(PushStops::rule),
                        call.optional("vendor").map(PushStops::vendor),
                        call.flag("all") ? Optional.of(PushStops.ALL) : Optional.<String>empty())
                .flatMap(Optional::stream)
                .toList();
        if (named.size() != 1) {
            throw Trouble.wrongUse(
                    "It is not clear what is meant.",
                    "It takes one of a rule, --vendor and --all.",
                    "See: rosterkeep " + call.verb() + " -h");
        }
        return named.getFirst();
    }

    private Answer pause(Call call) {
        var rooms = districts.of(call).rooms();
        var what = which(call);
        known(rooms, call);
        var stopped = rooms.book().pushStops().pause(what, call.caller().actor(), clock.instant());
        rooms.because(call, "push", what);
        return Stops.told(what, "Nothing is sent any more (" + what + "); what is under way is broken off.", stopped);
    }

    private static void known(Rooms rooms, Call call) {
        call.optional("id").ifPresent(rooms::vendorOf);
        var vendor = call.optional("vendor");
        if (vendor.isPresent()
                && rooms.book().papers().vendors().stream().map(Vendor::id).noneMatch(vendor.get()::equals)) {
            throw Trouble.notFound("There is no such vendor.", "See who there is: rosterkeep vendor list");
        }
    }

    private Answer resume(Call call) {
        var rooms = districts.of(call).rooms();
        var what = which(call);
        int missing = rooms.book().pushStops().resume(what, call.person(), clock.instant());
        if (missing > 0) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "Your signature is kept; the pushes (" + what + ") do not go on yet.",
                    "It takes " + missing + (missing == 1 ? " more person." : " more people."),
                    "Let another operator do the same.");
        }
        return Answer.of(Json.createObjectBuilder().add("resumed", what).build(), "The pushes (" + what + ") go on.");
    }

    private Answer retry(Call call) {
        var rooms = districts.of(call).rooms();
        var rule = rule(rooms, call);
        if (!rooms.outbox().retry(rule.id(), call.caller().actor())) {
            throw Trouble.notFound(
                    "Nothing of this rule failed.", "Look whether something is due: rosterkeep push now " + rule.id());
        }
        return Answer.of(
                Json.createObjectBuilder().add("rule", rule.id()).build(),
                "It is tried again now. See: rosterkeep push show " + rule.id());
    }

    private Answer now(Call call) {
        var rooms = districts.of(call).rooms();
        var rule = rule(rooms, call);
        rooms.outbox().now(rule.id(), call.caller().actor());
        return Answer.of(
                Json.createObjectBuilder().add("rule", rule.id()).build(),
                "It is looked now. See: rosterkeep push show " + rule.id());
    }

    private Answer secret(Call call) {
        var rooms = districts.of(call).rooms();
        var rule = call.text("id");
        rooms.vendorOf(rule);
        return PARTS.keep(call, rooms.pushSecrets(), "rule", "the target of " + rule);
    }
}
