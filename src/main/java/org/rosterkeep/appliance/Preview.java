package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.rules.Vendor;
import org.rosterkeep.rules.Version;

/// Everything an approver wants to see of a version before signing (privacy.md section 2.2): what stands
/// against it, what
/// would change, whom a floor keeps out, what the vendor misses, and samples of every collection.
///
/// @param wish how much of it, and how
/// @param rehearsed the report of the rule's rehearsal, if there was one
record Preview(Rooms rooms, Version version, String operator, Wish wish, Optional<JsonObject> rehearsed, Clock clock) {
    /// Each is found by its id among all records, so more of them cost minutes in a large district.
    private static final int CHANGES_MAX = 100;

    /// @param collections which ones to take samples of
    /// @param records samples of each
    /// @param full whether samples show values; else they are masked
    /// @param changes whether to show the very records that would come and go
    record Wish(List<Collection> collections, int records, boolean full, boolean changes, Wire wire) {
        Wish {
            collections = List.copyOf(collections);
        }
    }

    Answer answer() {
        var rule = version.rule();
        var now = clock.instant();
        var lines = new ArrayList<String>();
        var objections = new Objections(rooms.book().problems(rule.id(), rule.version(), now));
        var difference = Difference.of(rooms, version, now);
        var withheld = rooms.withholdings().of(rule, now);
        lines.addAll(objections.lines());
        lines.addAll(Withholdings.lines(withheld));
        lines.addAll(difference.lines());
        var json = Json.createObjectBuilder()
                .add("rule", rule.id())
                .add("version", rule.version())
                .add("hash", rule.hash())
                .add("problems", objections.json())
                .add("withheld", Withholdings.json(withheld))
                .add("difference", difference.json())
                .add("needs", needs(lines))
                .add("masked", !wish.full())
                .add("collections", samples(lines));
        if (wish.changes()) {
            json.add("changes", changes(difference, lines));
        }
        rehearsed
                .filter(report -> report.getString("hash").equals(rule.hash()))
                .ifPresent(report -> json.add("rehearsal", verdict(report, lines)));
        return new Answer(json.build(), lines);
    }

    private static String verdict(JsonObject report, List<String> lines) {
        lines.add("");
        lines.add("It was rehearsed, and the report said: " + report.getString("verdict")
                + ". See: rosterkeep rehearsal report " + report.getString("rule"));
        return report.getString("verdict");
    }

    /// What the vendor says it cannot do without, as far as the rule does not give it or gives it changed.
    private JsonObjectBuilder needs(List<String> lines) {
        var grants = version.rule().grants();
        Set<Field> needs = rooms.book()
                .papers()
                .vendor(version.rule().vendor())
                .map(Vendor::needs)
                .orElse(Set.of());
        var missing = new TreeSet<>(needs);
        missing.removeAll(grants.keySet());
        var treated = Json.createObjectBuilder();
        if (!missing.isEmpty()) {
            lines.add("The vendor says it needs these, and will not get them: "
                    + String.join(", ", missing.stream().map(Field::path).toList()));
        }
        for (var field : new TreeSet<>(needs)) {
            var how = grants.getOrDefault(field, new Treatment.AsIs());
            if (!(how instanceof Treatment.AsIs)) {
                treated.add(field.path(), RuleWords.done(how));
                lines.add("The vendor says it needs " + field.path() + ", and will get " + RuleWords.done(how) + ".");
            }
        }
        return Json.createObjectBuilder()
                .add(
                        "notGiven",
                        Json.createArrayBuilder(
                                missing.stream().map(Field::path).toList()))
                .add("treated", treated);
    }

    private Looking looking(Version under) {
        return new Looking(rooms, under.rule(), operator, wish.wire(), clock);
    }

    private JsonObjectBuilder samples(List<String> lines) {
        var json = Json.createObjectBuilder();
        var looking = looking(version);
        lines.add("");
        lines.add("Exactly what " + version.rule().vendor() + " would get under version "
                + version.rule().version() + " of " + version.rule().id()
                + (wish.full() ? ":" : "; samples are masked, --full shows their values:"));
        for (var collection : wish.collections()) {
            lines.add("");
            json.add(
                    collection.segment(),
                    switch (looking.first(collection, wish.records())) {
                        case Looking.Seen.Records seen -> {
                            lines.add(collection.segment() + ": " + seen.total());
                            yield Json.createObjectBuilder()
                                    .add("total", seen.total())
                                    .add("records", shown(collection, seen.records(), lines));
                        }
                        case Looking.Seen.Nothing nothing -> {
                            lines.add(collection.segment() + ": nothing; " + Reasons.sentence(nothing.reason()));
                            yield Json.createObjectBuilder()
                                    .add("total", 0)
                                    .add("refused", nothing.reason().name());
                        }
                    });
        }
        return json;
    }

    private JsonArrayBuilder shown(Collection collection, List<JsonObject> records, List<String> lines) {
        var array = Json.createArrayBuilder();
        for (var record : records) {
            var shown = wish.full() ? record : Masked.record(record, collection.entity());
            array.add(shown);
            lines.add("  " + shown);
        }
        return array;
    }

    /// The very records that would come and go, so many of each collection.
    private JsonObjectBuilder changes(Difference difference, List<String> lines) {
        var json = Json.createObjectBuilder();
        if (difference.running().isEmpty() || !difference.idsStay()) {
            lines.add("");
            lines.add("Every record is new to the vendor, so no list of those that come and go is shown.");
            return json;
        }
        var before = looking(difference.running().orElseThrow());
        var after = looking(version);
        for (var collection : wholes()) {
            var was = before.ids(collection);
            var will = after.ids(collection);
            var come = without(will, was);
            var go = without(was, will);
            if (come.isEmpty() && go.isEmpty()) {
                continue;
            }
            lines.add("");
            lines.add(collection.segment() + " that would come: " + come.size());
            var coming = shown(collection, after.these(collection, first(come)), lines);
            lines.add(collection.segment() + " that would go: " + go.size());
            json.add(
                    collection.segment(),
                    Json.createObjectBuilder()
                            .add("come", come.size())
                            .add("coming", coming)
                            .add("go", go.size())
                            .add("going", shown(collection, before.these(collection, first(go)), lines)));
        }
        return json;
    }

    private List<String> first(Set<String> ids) {
        return ids.stream().limit(Math.min(wish.records(), CHANGES_MAX)).toList();
    }

    /// The collections that have every record of their kind, unless one was asked for: a student is a user, too.
    private List<Collection> wholes() {
        return wish.collections().size() == 1
                ? wish.collections()
                : wish.collections().stream()
                        .filter(one -> one.segment().equals(one.entity().many()))
                        .toList();
    }

    private static Set<String> without(Set<String> ids, Set<String> others) {
        var rest = new TreeSet<>(ids);
        rest.removeAll(others);
        return rest;
    }
}
