package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import org.rosterkeep.rules.Life;
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
        var next = rooms.book().approve(call.text("id"), version.rule().version(), call.person(), clock.instant());
        int missing = Math.max(0, next.approversNeeded() - next.approvers().size());
        return Answer.of(
                json(next).add("missing", missing).build(),
                missing > 0
                        ? "Signed. It takes " + missing + " more."
                        : "Signed. Version " + next.rule().version() + " of "
                                + next.rule().id() + " is " + word(next) + ", from "
                                + next.rule().from() + " until " + next.rule().until() + ".");
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
        return Json.createObjectBuilder()
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
                .add("from", rule.from().toString())
                .add("until", rule.until().toString());
    }
}
