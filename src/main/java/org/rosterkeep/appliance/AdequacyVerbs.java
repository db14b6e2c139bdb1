package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.rosterkeep.rules.Adequacy;
import org.rosterkeep.rules.AdequacyBook;
import org.rosterkeep.rules.Rule;

/// The list of countries data may go to: changed by two people, and an entry switched off by one.
final class AdequacyVerbs {
    private final Districts districts;
    private final Clock clock;

    AdequacyVerbs(Districts districts, Clock clock) {
        this.districts = districts;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("adequacy show", (call, meanwhile) -> show(call))
                .with("adequacy affected", (call, meanwhile) -> affected(call))
                .with("adequacy draft", (call, meanwhile) -> draft(call))
                .with("adequacy submit", (call, meanwhile) -> submit(call))
                .with("adequacy approve", (call, meanwhile) -> approve(call))
                .with("adequacy disable", (call, meanwhile) -> disable(call));
    }

    private Answer show(Call call) {
        var book = districts.of(call).rooms().book().adequacy();
        if (call.flag("file")) {
            try (var reader = Json.createReader(new StringReader(book.file()))) {
                var json = reader.readObject();
                return Answer.of(json, TrialFile.pretty(json).strip());
            }
        }
        var entries = Json.createArrayBuilder();
        var table = new Table("ENTRY", "SINCE", "UNTIL", "STATE", "EVIDENCE");
        for (var entry : book.current().entries()) {
            var state = state(entry, book.disabled(), clock.instant());
            entries.add(Json.createObjectBuilder()
                    .add("entry", entry.id())
                    .add("state", state)
                    .add("source", entry.source())
                    .add("evidence", Json.createArrayBuilder(entry.evidence())));
            table.row(
                    entry.id(),
                    day(entry.since(), Instant.MIN),
                    day(entry.until(), Instant.MAX),
                    state,
                    String.join(" ", entry.evidence()));
        }
        var versions = Json.createArrayBuilder();
        var lines = new ArrayList<String>();
        lines.add("Evidence about a recipient is good for "
                + book.current().evidenceAge().toDays() + " days.");
        for (var one : book.versions()) {
            versions.add(Json.createObjectBuilder()
                    .add("version", one.number())
                    .add("state", one.state())
                    .add("author", one.author())
                    .add(
                            "approvers",
                            Json.createArrayBuilder(
                                    one.approvers().stream().sorted().toList())));
            lines.add("Version " + one.number() + ": " + one.state()
                    + (one.number() == 0 ? ", the list that comes with the program" : ", by " + one.author()));
        }
        book.damaged()
                .forEach(id -> lines.add("The stored list " + id
                        + " cannot be read or is not what was signed; until a newer one is approved, nothing outside"
                        + " home is adequate."));
        lines.addAll(table.linesOr("No country outside home is adequate."));
        return new Answer(
                Json.createObjectBuilder()
                        .add("version", book.version())
                        .add("versions", versions)
                        .add("damaged", Json.createArrayBuilder(book.damaged()))
                        .add("entries", entries)
                        .build(),
                lines);
    }

    private static String state(Adequacy.Entry entry, Set<String> disabled, Instant now) {
        if (disabled.contains(entry.id())) {
            return "switched off";
        }
        if (!entry.enabled()) {
            return "off";
        }
        return now.isBefore(entry.since()) ? "not yet" : now.isBefore(entry.until()) ? "on" : "over";
    }

    private static String day(Instant instant, Instant none) {
        return instant.equals(none) ? "-" : instant.toString().substring(0, "YYYY-MM-DD".length());
    }

    private Answer affected(Call call) {
        var entry = call.text("entry");
        var rules = relying(call, entry);
        return new Answer(
                Json.createObjectBuilder()
                        .add("entry", entry)
                        .add("affected", array(rules))
                        .build(),
                lines(entry, rules));
    }

    /// An entry that the list does not have is named, so that a slip does not look like "nothing would stop".
    private List<Rule> relying(Call call, String entry) {
        var book = districts.of(call).rooms().book();
        if (book.adequacy().current().entries().stream()
                .noneMatch(one -> one.id().equals(entry))) {
            throw Trouble.notFound("The list has no entry of this name.", "See: rosterkeep adequacy show");
        }
        return book.relyingOn(Set.of(entry), clock.instant());
    }

    private static List<String> lines(String entry, List<Rule> rules) {
        var lines = new ArrayList<String>();
        lines.add(
                rules.isEmpty()
                        ? "No rule relies on " + entry + "."
                        : "Without " + entry + " these rules give nothing any more:");
        rules.forEach(rule -> lines.add("  " + rule.id() + ", version " + rule.version() + ", to " + rule.vendor()));
        return lines;
    }

    private static JsonArrayBuilder array(List<Rule> rules) {
        var array = Json.createArrayBuilder();
        rules.forEach(rule -> array.add(Json.createObjectBuilder()
                .add("rule", rule.id())
                .add("version", rule.version())
                .add("vendor", rule.vendor())));
        return array;
    }

    private Answer disable(Call call) {
        var entry = call.text("entry");
        var rules = relying(call, entry);
        var lines = new ArrayList<>(lines(entry, rules));
        if (!call.flag("confirm")) {
            lines.add("Nothing was changed. To switch it off: rosterkeep adequacy disable " + entry + " --confirm");
            return new Answer(
                    Json.createObjectBuilder()
                            .add("entry", entry)
                            .add("disabled", false)
                            .add("affected", array(rules))
                            .build(),
                    lines);
        }
        var rooms = districts.of(call).rooms();
        var stopped = rooms.book().adequacy().disable(entry, call.caller().actor());
        rooms.because(call, "adequacy", entry);
        return Stops.told(
                entry,
                entry + " is switched off: " + rules.size() + (rules.size() == 1 ? " rule gives" : " rules give")
                        + " nothing from now on.",
                stopped);
    }

    private Answer draft(Call call) {
        var rooms = districts.of(call).rooms();
        var author = call.person().operator();
        var listed = Handed.in(
                "list",
                rooms.book().adequacy().draft(PaperVerbs.document(call), author),
                "the one in force is printed by: rosterkeep adequacy show --file");
        return told(listed, "Version " + listed.number() + " of the list is a draft; the one before it counts.");
    }

    private Answer submit(Call call) {
        var listed = districts.of(call).rooms().book().adequacy().submit(call.person(), clock.instant());
        return told(listed, "Version " + listed.number() + " of the list waits for somebody else to approve it.");
    }

    private Answer approve(Call call) {
        var listed = districts.of(call).rooms().book().adequacy().approve(call.person(), clock.instant());
        return told(listed, "Signed. Version " + listed.number() + " of the list is " + listed.state() + ".");
    }

    private static Answer told(AdequacyBook.Listed listed, String sentence) {
        return Answer.of(
                Json.createObjectBuilder()
                        .add("version", listed.number())
                        .add("state", listed.state())
                        .build(),
                sentence);
    }
}
