package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Opinion;
import org.rosterkeep.rules.Version;

/// Rules: drafted, signed, stopped, listed.
final class RuleVerbs {
    private final Districts districts;
    private final Clock clock;

    RuleVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("rule draft", (call, meanwhile) -> draft(call))
                .with("rule submit", (call, meanwhile) -> submit(call))
                .with("rule approve", (call, meanwhile) -> approve(call))
                .with("rule opinion", (call, meanwhile) -> opinion(call))
                .with("rule release", (call, meanwhile) -> release(call))
                .with("rule suspend", (call, meanwhile) -> suspend(call))
                .with("rule resume", (call, meanwhile) -> resume(call))
                .with("rule revoke", (call, meanwhile) -> revoke(call))
                .with("rule list", (call, meanwhile) -> list(call))
                .with("rule show", (call, meanwhile) -> show(call));
    }

    private Answer draft(Call call) {
        var rooms = districts.of(call).rooms();
        var author = call.person().operator();
        var proposal = Handed.in("rule", rooms.book().draft(PaperVerbs.document(call), author, clock.instant()));
        var rule = proposal.rule();
        return Answer.of(
                Json.createObjectBuilder()
                        .add("rule", rule.id())
                        .add("version", rule.version())
                        .add("hash", rule.hash())
                        .build(),
                "Version " + rule.version() + " of " + rule.id() + " is a draft; it permits nothing.",
                "See what it would give: rosterkeep rule preview " + rule.id() + " --operator " + author,
                "Ask for approval: rosterkeep rule submit " + rule.id() + " --operator " + author);
    }

    private Answer submit(Call call) {
        var rooms = districts.of(call).rooms();
        var version = newest(rooms, call);
        var next = rooms.book().submit(call.text("id"), version.rule().version(), call.person(), clock.instant());
        return Answer.of(
                json(next).build(),
                "Version " + next.rule().version() + " of " + next.rule().id() + " waits for "
                        + next.approversNeeded() + (next.approversNeeded() == 1 ? " other person" : " other people")
                        + " to approve it.");
    }

    private Answer approve(Call call) {
        var rooms = districts.of(call).rooms();
        var version = newest(rooms, call);
        var id = call.text("id");
        rooms.book().approve(id, version.rule().version(), call.person(), clock.instant());
        rooms.clearance().look(id, clock.instant());
        var next = newest(rooms, call);
        int missing = Math.max(0, next.approversNeeded() - next.approvers().size());
        return Answer.of(json(next).add("missing", missing).build(), signed(next, missing));
    }

    private static String signed(Version next, int missing) {
        if (missing > 0) {
            return "Signed. It takes " + missing + " more.";
        }
        if (!next.rolesMissing().isEmpty()) {
            return "Signed. It takes one more, by somebody with the role " + String.join(" or ", next.rolesMissing())
                    + ".";
        }
        var rule = next.rule();
        return "Signed. Version " + rule.version() + " of " + rule.id() + " is " + word(next) + ", from "
                + next.starts().orElse(rule.from()) + " until " + rule.until() + "."
                + (next.life() == Life.HELD ? " " + held(rule.id()) : "");
    }

    private static String held(String rule) {
        return "It would change much of what the vendor sees, so the version before it goes on until somebody else lets"
                + " it pass: rosterkeep rule release " + rule + " --operator NAME";
    }

    private Answer opinion(Call call) {
        var rooms = districts.of(call).rooms();
        var version = newest(rooms, call);
        var of = new Opinion.Of(version.rule().id(), version.rule().version());
        var next = rooms.book().opine(of, call.flag("favourable"), call.text("text"), call.person(), clock.instant());
        return Answer.of(
                json(next).build(),
                "Your opinion of version " + of.version() + " of " + of.rule()
                        + " is signed and kept. It approves nothing and hinders nothing.");
    }

    private Answer release(Call call) {
        var rooms = districts.of(call).rooms();
        var next = rooms.book().release(call.text("id"), call.person(), clock.instant());
        rooms.because(call, "rule", next.rule().id());
        return Answer.of(
                json(next).build(),
                "Version " + next.rule().version() + " of " + next.rule().id()
                        + " takes over: what the vendor sees changes with its next question.");
    }

    private Answer suspend(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        var stopped = rooms.book().suspend(id, call.caller().actor(), clock.instant());
        rooms.because(call, "rule", id);
        return Stops.told(id, "The rule " + id + " is suspended: it gives nothing from now on.", stopped);
    }

    private Answer revoke(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        var stopped = rooms.book().revoke(id, call.caller().actor());
        rooms.because(call, "rule", id);
        return Stops.told(id, "The rule " + id + " is revoked: it gives nothing, from now on and for good.", stopped);
    }

    private Answer resume(Call call) {
        var rooms = districts.of(call).rooms();
        var id = call.text("id");
        int missing = rooms.book().resume(id, call.person(), clock.instant());
        if (missing > 0) {
            throw new Trouble(
                    Exit.NEEDS_ANOTHER,
                    "Your signature is kept; the rule " + id + " does not go on yet.",
                    "It takes " + missing + (missing == 1 ? " more person." : " more people."),
                    "Let another operator do the same: rosterkeep rule resume " + id + " --operator NAME");
        }
        return Answer.of(
                Json.createObjectBuilder().add("rule", id).add("resumed", true).build(),
                "The rule " + id + " goes on.");
    }

    private Answer list(Call call) {
        var array = Json.createArrayBuilder();
        var table = new Table("RULE", "VERSION", "STATE", "VENDOR", "CLIENT", "PURPOSE", "UNTIL");
        for (var version : districts.of(call).rooms().book().versions(clock.instant())) {
            var rule = version.rule();
            array.add(json(version));
            table.row(
                    rule.id(),
                    rule.version(),
                    word(version),
                    rule.vendor(),
                    rule.client(),
                    rule.purpose(),
                    rule.until());
        }
        return new Answer(
                Json.createObjectBuilder().add("rules", array).build(),
                table.linesOr("There is no rule yet, so nobody gets anything. See: rosterkeep rule example"));
    }

    private Answer show(Call call) {
        var rooms = districts.of(call).rooms();
        var version = newest(rooms, call);
        var sentences = new ArrayList<>(
                rooms.book().describe(version.rule().id(), version.rule().version()));
        version.opinions().forEach(one -> sentences.add(opinion(one)));
        if (version.life() == Life.HELD) {
            sentences.add(held(version.rule().id()));
        }
        var hindrance = hindrance(version);
        if (!hindrance.isEmpty()) {
            sentences.add(hindrance);
        }
        return new Answer(
                json(version)
                        .add("sentences", Json.createArrayBuilder(sentences))
                        .add("text", version.proposal().text())
                        .build(),
                sentences);
    }

    /// The newest version, because that is what people mean who name a rule.
    private Version newest(Rooms rooms, Call call) {
        return rooms.book().newest(call.text("id"), clock.instant());
    }

    private static String opinion(Opinion one) {
        return "The data protection officer (" + one.endorsement().operator() + ", "
                + one.endorsement().at() + ") is " + (one.favourable() ? "for" : "against") + " it: " + one.text();
    }

    private static String hindrance(Version version) {
        return switch (version.hindrance()) {
            case Version.Hindrance.None none -> "";
            case Version.Hindrance.Because because ->
                "It gives nothing now: " + Reasons.sentence(because.reason()) + ".";
        };
    }

    private static String word(Version version) {
        return switch (version.hindrance()) {
            case Version.Hindrance.Because because
            when version.life() == Life.ACTIVE -> "hindered " + because.reason().name();
            case Version.Hindrance.Because because -> word(version.life());
            case Version.Hindrance.None none -> word(version.life());
        };
    }

    private static String word(Life life) {
        return life.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static JsonObjectBuilder json(Version version) {
        var rule = version.rule();
        var opinions = Json.createArrayBuilder();
        version.opinions()
                .forEach(one -> opinions.add(Json.createObjectBuilder()
                        .add("operator", one.endorsement().operator())
                        .add("at", one.endorsement().at().toString())
                        .add("favourable", one.favourable())
                        .add("text", one.text())));
        var json = Json.createObjectBuilder()
                .add("rule", rule.id())
                .add("version", rule.version())
                .add("hash", rule.hash())
                .add("state", word(version.life()))
                .add("hindrance", hindrance(version))
                .add("vendor", rule.vendor())
                .add("client", rule.client())
                .add("agreement", rule.agreement())
                .add("purpose", rule.purpose())
                .add("author", version.author())
                .add(
                        "approvers",
                        Json.createArrayBuilder(
                                version.approvers().stream().sorted().toList()))
                .add("approversNeeded", version.approversNeeded())
                .add("rolesMissing", Json.createArrayBuilder(version.rolesMissing()))
                .add("opinions", opinions)
                .add("from", rule.from().toString())
                .add("until", rule.until().toString());
        version.starts().ifPresent(starts -> json.add("starts", starts.toString()));
        return json;
    }
}
