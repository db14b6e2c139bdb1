package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Problem;

/// Rehearsals: a vendor's client tries a rule out on made-up people before anything real flows.
final class RehearsalVerbs {
    private static final Set<Life> OVER = Set.of(Life.EXPIRED, Life.REVOKED, Life.UNTRUSTED);

    private final Districts districts;
    private final Front front;
    private final Clock clock;

    RehearsalVerbs(Districts districts, Front front, Clock clock) {
        this.districts = districts;
        this.front = front;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("rehearsal start", (call, meanwhile) -> start(call))
                .with("rehearsal list", (call, meanwhile) -> list(call))
                .with("rehearsal day", (call, meanwhile) -> day(call))
                .with("rehearsal report", (call, meanwhile) -> report(call))
                .with("rehearsal end", (call, meanwhile) -> end(call));
    }

    private Answer start(Call call) {
        var district = districts.of(call);
        var rooms = district.rooms();
        var now = clock.instant();
        var version = rooms.book().newest(call.text("id"), now);
        var rule = version.rule();
        if (OVER.contains(version.life())) {
            throw new Trouble(
                    Exit.REFUSED,
                    "There is nothing to rehearse.",
                    "The newest version of this rule is over: it gives nothing to anybody.",
                    "Draft it anew: rosterkeep rule draft -h");
        }
        var problems = rooms.book().problems(rule.id(), rule.version(), now);
        if (!problems.isEmpty()) {
            throw unfit(rule.id(), problems);
        }
        rooms.ledger()
                .record(
                        "rehearsal.started",
                        call.caller().actor(),
                        Map.of("rule", rule.id(), "version", Integer.toString(rule.version()), "hash", rule.hash()));
        try {
            return begun(districts.rehearsals().start(district, version, now), call);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The rehearsal could not begin.",
                            "Its directory could not be written ("
                                    + e.getClass().getSimpleName() + ").",
                            "Check the disk, then try again.")
                    .because(e);
        }
    }

    private static Trouble unfit(String rule, List<Problem> problems) {
        return new Trouble(
                Exit.REFUSED,
                "The rule " + rule + " could not be approved as it stands, so its rehearsal would show nothing.",
                problems.getFirst() + (problems.size() > 1 ? " (and " + (problems.size() - 1) + " more)" : "") + ".",
                "See all: rosterkeep rule preview " + rule + " --operator NAME");
    }

    private Answer begun(Rehearsal.Begun begun, Call call) {
        var script = begun.rehearsal().playing();
        var base = base(begun.rehearsal());
        return Answer.of(
                json(begun.rehearsal())
                        .add("client", script.client())
                        .add("secret", begun.secret().disclose())
                        .add("tokenUrl", base + "/token")
                        .add("oneroster12", base + "/ims/oneroster/rostering/v1p2")
                        .add("oneroster11", base + "/ims/oneroster/v1p1")
                        .build(),
                "Version " + script.version() + " of " + script.rule()
                        + " is rehearsed with made-up people; nothing of the real roster is in it.",
                "Give the vendor:",
                "  OneRoster 1.2: " + base + "/ims/oneroster/rostering/v1p2",
                "  OneRoster 1.1: " + base + "/ims/oneroster/v1p1",
                "  token URL:     " + base + "/token",
                "  client id:     " + script.client(),
                "  secret:        " + begun.secret().disclose() + "  (shown this once)",
                "It ends by itself at " + script.until() + ".",
                "Once the client has fetched: rosterkeep rehearsal day " + script.rule() + " --operator "
                        + call.person().operator() + ", and let it fetch again.",
                "Then: rosterkeep rehearsal report " + script.rule());
    }

    private String base(Rehearsal rehearsal) {
        return front.baseUrl() + "/" + rehearsal.twin().name();
    }

    private Answer list(Call call) {
        var district = districts.of(call);
        var array = Json.createArrayBuilder();
        var table = new Table("RULE", "VERSION", "STATE", "DAY", "UNTIL", "URL");
        for (var one : districts.rehearsals().of(district)) {
            array.add(json(one));
            var script = one.script();
            table.row(
                    one.rule(),
                    script.map(RehearsalScript::version).orElse(0),
                    state(one),
                    script.map(RehearsalScript::day).orElse(0),
                    script.map(playing -> playing.until().toString()).orElse(""),
                    base(one));
        }
        return new Answer(
                Json.createObjectBuilder().add("rehearsals", array).build(),
                table.linesOr("Nothing is rehearsed now. See: rosterkeep rehearsal start -h"));
    }

    /// `older version` when the rule has been changed since: what is rehearsed is not what people would sign now.
    private String state(Rehearsal one) {
        var script = one.script();
        if (script.isEmpty()) {
            return one.twin().state().word().equals("open")
                    ? "broken"
                    : one.twin().state().word();
        }
        if (!(one.of().state() instanceof District.State.Open open)) {
            return "waits for its district";
        }
        boolean newest = open.rooms().book().versions(clock.instant()).stream()
                .filter(version -> version.rule().id().equals(one.rule()))
                .reduce((older, newer) -> newer)
                .map(version -> version.rule().hash().equals(script.get().hash()))
                .orElse(false);
        return newest ? "on" : "older version";
    }

    private Answer day(Call call) {
        var rehearsal = known(call);
        var report = rehearsal.nextDay();
        var script = rehearsal.playing();
        return Answer.of(
                json(rehearsal)
                        .add("intake", report.outcome().name().toLowerCase(java.util.Locale.ROOT))
                        .build(),
                "The rehearsal of " + script.rule() + " is at day " + script.day()
                        + ": some pupils have left, some have come, some were renamed or changed a class.",
                "Let the client fetch again, then: rosterkeep rehearsal report " + script.rule());
    }

    private Answer report(Call call) {
        var report = districts
                .rehearsals()
                .report(districts.of(call), call.text("id"))
                .orElseThrow(RehearsalVerbs::unknown);
        return new Answer(report, told(report));
    }

    /// The same words for a report that is being made and for one that was kept.
    private static List<String> told(JsonObject report) {
        var lines = new ArrayList<String>();
        lines.add("Rehearsal of " + report.getString("rule") + ", version " + report.getInt("version") + ", at day "
                + report.getInt("day") + ": "
                + Map.of(
                                "wrong", "something is wrong",
                                "look", "somebody should look at this",
                                "fine", "all is well")
                        .getOrDefault(report.getString("verdict"), report.getString("verdict"))
                + ".");
        for (var finding : report.getJsonArray("findings").getValuesAs(JsonObject.class)) {
            lines.add(finding.getString("level") + ": " + finding.getString("sentence"));
            if (!finding.getString("todo").isEmpty()) {
                lines.add("      " + finding.getString("todo"));
            }
        }
        lines.add("");
        var table = new Table("DAY", "VERSION", "CALL", "STATUS", "TIMES");
        for (var one : report.getJsonArray("calls").getValuesAs(JsonObject.class)) {
            var trouble = one.getString("trouble", "");
            table.row(
                    one.getInt("day"),
                    one.getString("version"),
                    one.getString("method") + " " + one.getString("place"),
                    one.getInt("status") + (trouble.isEmpty() ? "" : " " + trouble),
                    one.getInt("times"));
        }
        lines.addAll(table.linesOr("No call was made."));
        return lines;
    }

    private Answer end(Call call) {
        var rehearsal = known(call);
        var rule = rehearsal.rule();
        try {
            var ended = districts.rehearsals().end(rehearsal, call.caller().actor());
            var lines = new ArrayList<String>();
            lines.add("The rehearsal of " + rule + " is over: its keys were destroyed first, then its directory.");
            lines.add(
                    ended.kept()
                            ? "Its last report is kept: rosterkeep rehearsal report " + rule
                            : "Its last report could not be kept.");
            if (!ended.recorded()) {
                lines.add("The end could not be recorded in the ledger.");
            }
            return new Answer(
                    Json.createObjectBuilder()
                            .add("ended", rule)
                            .add("kept", ended.kept())
                            .add("recorded", ended.recorded())
                            .build(),
                    lines);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The rehearsal of " + rule + " is closed, and not all of it could be removed.",
                            "Removing stopped with " + e.getClass().getSimpleName() + ".",
                            "Remove " + rehearsal.twin().directory() + " by hand.")
                    .because(e);
        }
    }

    private Rehearsal known(Call call) {
        return districts.rehearsals().find(districts.of(call), call.text("id")).orElseThrow(RehearsalVerbs::unknown);
    }

    private static Trouble unknown() {
        return Trouble.notFound("This rule is not rehearsed.", "See what is: rosterkeep rehearsal list");
    }

    private JsonObjectBuilder json(Rehearsal one) {
        var json = Json.createObjectBuilder()
                .add("rule", one.rule())
                .add("state", state(one))
                .add("url", base(one));
        one.script()
                .ifPresent(script -> json.add("version", script.version())
                        .add("hash", script.hash())
                        .add("day", script.day())
                        .add("started", script.started().toString())
                        .add("until", script.until().toString()));
        return json;
    }
}
