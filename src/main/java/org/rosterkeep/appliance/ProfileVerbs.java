package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.rosterkeep.rules.Consequence;
import org.rosterkeep.rules.Controller;
import org.rosterkeep.rules.Pack;
import org.rosterkeep.rules.RuleBook;

/// Who the district is before the law: its profile and its packs. What a change would stop is shown before it
/// stops, and
/// what loosens takes a second person.
final class ProfileVerbs {
    private final Districts districts;
    private final Clock clock;

    ProfileVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("district profile show", (call, meanwhile) -> show(call))
                .with("district profile check", (call, meanwhile) -> check(call, read(call), "this profile"))
                .with("district profile put", (call, meanwhile) -> change(call, read(call), "The profile"))
                .with("pack list", (call, meanwhile) -> packs(call))
                .with("pack show", (call, meanwhile) -> pack(call))
                .with("pack check", (call, meanwhile) -> check(call, with(call), "the pack " + call.text("id")))
                .with("pack on", (call, meanwhile) -> change(call, with(call), "The pack " + call.text("id")))
                .with("pack off", (call, meanwhile) -> change(call, without(call), "The end of " + call.text("id")));
    }

    RuleBook book(Call call) {
        return districts.of(call).rooms().book();
    }

    private Controller read(Call call) {
        return Handed.in("district", book(call).papers().read(PaperVerbs.document(call)));
    }

    private Pack known(Call call) {
        var packs = book(call).charter();
        return packs.pack(call.text("id"))
                .orElseThrow(() -> Trouble.notFound(
                        "There is no such pack.",
                        Nearest.to(call.text("id"), packs.packs())
                                .map(near -> "Did you mean " + near + "?")
                                .orElse("See: rosterkeep pack list")));
    }

    private Controller with(Call call) {
        return book(call).profile().with(known(call).code());
    }

    private Controller without(Call call) {
        return book(call)
                .profile()
                .without(known(call).code())
                .orElseThrow(() -> Trouble.wrongUse(
                        "The pack stays on.",
                        "No other pack with lawful bases is on, and a district lives under some law.",
                        "Turn another one on first: rosterkeep pack list"));
    }

    private Answer show(Call call) {
        var papers = book(call).papers();
        var controller = papers.controller()
                .orElseThrow(() -> Trouble.notFound(
                        "Nobody has said who this district is.", "See: rosterkeep district profile put -h"));
        var json = PaperVerbs.read(papers.text(controller));
        var lines = new ArrayList<>(List.of(TrialFile.pretty(json).strip()));
        papers.lacks().forEach(lack -> lines.add("It lacks " + lack.words() + "; no rule gives anything until then."));
        book(call)
                .profile()
                .waiting()
                .ifPresent(waiting ->
                        lines.add("A change by " + waiting.by() + " waits for a second person to do the same."));
        return new Answer(json, lines);
    }

    private Answer check(Call call, Controller next, String what) {
        var stops = book(call).consequences(next, clock.instant());
        var lines = new ArrayList<String>();
        lines.add(stops.isEmpty() ? "Nothing would stop under " + what + "." : "Under " + what + " this would stop:");
        lines.addAll(lines(stops));
        if (book(call).profile().loosens(next)) {
            lines.add("It loosens something, so it takes two people.");
        }
        return new Answer(json(stops).build(), lines);
    }

    /// Shown first, then done: in the same words.
    Answer change(Call call, Controller next, String what) {
        var book = book(call);
        var actor = call.person().operator();
        var stops = book.consequences(next, clock.instant());
        if (!stops.isEmpty() && !call.flag("confirm")) {
            throw new Trouble(
                    Exit.REFUSED,
                    what + " would stop something; nothing was changed.",
                    "This would stop:\n" + String.join("\n", lines(stops)),
                    "If that is what you want, say it again with --confirm.");
        }
        if (!book.profile().loosens(next)) {
            book.profile().make(next, actor);
            return done(what, stops);
        }
        var waiting = book.profile()
                .waiting()
                .filter(one ->
                        book.papers().text(one.profile()).equals(book.papers().text(next)));
        if (waiting.isPresent() && !waiting.get().by().equals(actor)) {
            book.profile().approve(next, actor);
            return done(what, stops);
        }
        book.profile().propose(next, actor);
        throw new Trouble(
                Exit.NEEDS_ANOTHER,
                what + " waits for a second person; nothing has changed yet.",
                "It loosens something, and that takes two people.",
                "Let another operator do the same.");
    }

    private static Answer done(String what, List<Consequence> stops) {
        var lines = new ArrayList<String>();
        lines.add(what + " counts from now on.");
        if (!stops.isEmpty()) {
            lines.add("This has stopped:");
            lines.addAll(lines(stops));
        }
        return new Answer(json(stops).build(), lines);
    }

    private static List<String> lines(List<Consequence> stops) {
        var lines = new ArrayList<String>();
        for (var one : stops) {
            lines.add("  " + one.what() + " " + one.id());
            one.why().forEach(why -> lines.add("    " + why));
        }
        return lines;
    }

    private static JsonObjectBuilder json(List<Consequence> stops) {
        var array = Json.createArrayBuilder();
        stops.forEach(one -> array.add(Json.createObjectBuilder()
                .add("what", one.what())
                .add("id", one.id())
                .add("why", Json.createArrayBuilder(one.why()))));
        return Json.createObjectBuilder().add("stops", array);
    }

    private Answer packs(Call call) {
        var book = book(call);
        var on = book.papers().controller().map(Controller::packs).orElse(Set.of());
        var array = Json.createArrayBuilder();
        var table = new Table("PACK", "STATE", "WHAT IT IS", "AS OF");
        for (var code : book.charter().packs()) {
            var pack = book.charter().pack(code).orElseThrow();
            array.add(Json.createObjectBuilder()
                    .add("pack", code)
                    .add("on", on.contains(code))
                    .add("label", pack.label())
                    .add("asOf", pack.asOf()));
            table.row(code, on.contains(code) ? "on" : "off", pack.label(), pack.asOf());
        }
        return new Answer(Json.createObjectBuilder().add("packs", array).build(), table.linesOr("There is no pack."));
    }

    private Answer pack(Call call) {
        var pack = known(call);
        var charter = book(call).charter();
        var table = new Table("WHAT", "ENTRY", "SOURCE");
        var array = Json.createArrayBuilder();
        pack.regime()
                .ifPresent(regime -> regime.bases()
                        .values()
                        .forEach(basis ->
                                entry(table, array, "basis", basis.code() + ": " + basis.label(), basis.source())));
        new TreeMap<>(pack.clauses())
                .forEach((clause, source) -> entry(
                        table,
                        array,
                        "clause",
                        clause + ": " + charter.clause(clause).orElse(""),
                        source));
        pack.needs()
                .forEach(need -> entry(
                        table,
                        array,
                        need.paper().name().toLowerCase(java.util.Locale.ROOT),
                        need.word() + ": " + need.label(),
                        need.source()));
        new TreeMap<>(pack.prohibited())
                .forEach((element, source) -> entry(table, array, "prohibited", element, source));
        new TreeMap<>(pack.approverRoles()).forEach((role, source) -> entry(table, array, "approver", role, source));
        pack.clocks()
                .forEach(clock -> entry(
                        table,
                        array,
                        "clock",
                        clock.event() + ": " + clock.from() + " to " + clock.to() + " within " + clock.limit()
                                + (clock.business() ? " (business days)" : "") + " of: " + clock.starts()
                                + (clock.note().isEmpty() ? "" : "; " + clock.note()),
                        clock.source()));
        pack.notices().forEach(one -> entry(table, array, "notice", one.what() + ": " + one.when(), one.source()));
        var lines = new ArrayList<String>();
        lines.add(pack.code() + ", " + pack.label() + ", as of " + pack.asOf()
                + ". Configurable data, not legal advice.");
        lines.addAll(table.linesOr("It asks for nothing."));
        return new Answer(
                Json.createObjectBuilder()
                        .add("pack", pack.code())
                        .add("label", pack.label())
                        .add("asOf", pack.asOf())
                        .add("entries", array)
                        .build(),
                lines);
    }

    private static void entry(Table table, JsonArrayBuilder array, String what, String entry, String source) {
        table.row(what, entry, source);
        array.add(
                Json.createObjectBuilder().add("what", what).add("entry", entry).add("source", source));
    }
}
