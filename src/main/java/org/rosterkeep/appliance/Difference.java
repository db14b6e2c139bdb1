package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.rules.Life;
import org.rosterkeep.rules.Rule;
import org.rosterkeep.rules.Treatment;
import org.rosterkeep.rules.Version;

/// What would change if a version took the place of the one that runs: fields, words of the rule, and records.
///
/// @param running the version that runs; empty when none does, and everything is new
/// @param words the parts of the rule's text that differ, by key: purpose, basis, scope, destination, from, until ...
/// @param records per kind of record: how many there are and would be, and how many would come and go
record Difference(
        Optional<Version> running,
        Map<Field, Treatment> added,
        Set<Field> removed,
        Map<Field, Change> treated,
        Map<String, Words> words,
        Map<Entity, Moves> records) {
    /// The keys of a rule's text that say which version it is, or that are told field by field.
    private static final Set<String> TOLD = Set.of("id", "version", "fields");

    record Change(Treatment from, Treatment to) {}

    record Words(JsonValue from, JsonValue to) {}

    record Moves(int now, int then, int come, int go) {}

    static Difference of(Rooms rooms, Version proposed, Instant now) {
        var running = running(rooms, proposed, now);
        var before = running.map(Version::rule);
        var after = proposed.rule();
        var added = new TreeMap<>(after.grants());
        before.ifPresent(rule -> added.keySet().removeAll(rule.grants().keySet()));
        var removed = new TreeSet<Field>();
        var treated = new TreeMap<Field, Change>();
        before.ifPresent(rule -> rule.grants().forEach((field, from) -> {
            var to = after.grants().get(field);
            if (to == null) {
                removed.add(field);
            } else if (!to.equals(from)) {
                treated.put(field, new Change(from, to));
            }
        }));
        return new Difference(
                running,
                added,
                removed,
                treated,
                running.map(one -> words(one, proposed)).orElse(Map.of()),
                moves(rooms, before, after, now));
    }

    /// The version whose place would be taken: the one in force, or the one that would go on if it were not suspended.
    private static Optional<Version> running(Rooms rooms, Version proposed, Instant now) {
        return rooms.book().versions(now).stream()
                .filter(one -> one.rule().id().equals(proposed.rule().id()))
                .filter(one -> one.rule().version() < proposed.rule().version())
                .filter(one -> one.life() == Life.ACTIVE || one.life() == Life.SUSPENDED)
                .reduce((older, newer) -> newer);
    }

    private static Map<String, Words> words(Version running, Version proposed) {
        var from = text(running);
        var to = text(proposed);
        var keys = new TreeSet<>(from.keySet());
        keys.addAll(to.keySet());
        keys.removeAll(TOLD);
        var words = new TreeMap<String, Words>();
        for (var key : keys) {
            var before = from.getOrDefault(key, JsonValue.NULL);
            var after = to.getOrDefault(key, JsonValue.NULL);
            if (!before.equals(after)) {
                words.put(key, new Words(before, after));
            }
        }
        return words;
    }

    private static JsonObject text(Version version) {
        try (var reader = Json.createReader(new StringReader(version.proposal().text()))) {
            return reader.readObject();
        }
    }

    private static Map<Entity, Moves> moves(Rooms rooms, Optional<Rule> before, Rule after, Instant now) {
        var old = new EnumMap<Entity, RoaringBitmap>(Entity.class);
        before.map(rule -> rooms.editions().preview(rule, now)).ifPresent(edition -> {
            for (var entity : Entity.values()) {
                old.put(entity, edition.live(entity));
            }
        });
        var edition = rooms.editions().preview(after, now);
        var moves = new EnumMap<Entity, Moves>(Entity.class);
        for (var entity : Entity.values()) {
            var was = old.getOrDefault(entity, new RoaringBitmap());
            var will = edition.live(entity);
            moves.put(
                    entity,
                    new Moves(
                            was.getCardinality(),
                            will.getCardinality(),
                            RoaringBitmap.andNotCardinality(will, was),
                            RoaringBitmap.andNotCardinality(was, will)));
        }
        return moves;
    }

    /// Whether one record's outward id is the same before and after: else every record goes and comes for the vendor.
    boolean idsStay() {
        return !words.containsKey("ids") && !words.containsKey("domain");
    }

    JsonObjectBuilder json() {
        var fields = Json.createObjectBuilder()
                .add("added", treatments(added))
                .add(
                        "removed",
                        Json.createArrayBuilder(
                                removed.stream().map(Field::path).toList()));
        var changed = Json.createObjectBuilder();
        treated.forEach((field, change) -> changed.add(
                field.path(),
                Json.createObjectBuilder()
                        .add("from", RuleWords.done(change.from()))
                        .add("to", RuleWords.done(change.to()))));
        var told = Json.createObjectBuilder();
        words.forEach((key, one) ->
                told.add(key, Json.createObjectBuilder().add("from", one.from()).add("to", one.to())));
        var counts = Json.createObjectBuilder();
        records.forEach((entity, one) -> counts.add(
                entity.many(),
                Json.createObjectBuilder()
                        .add("now", one.now())
                        .add("then", one.then())
                        .add("come", one.come())
                        .add("go", one.go())));
        return Json.createObjectBuilder()
                .add("running", running.map(one -> one.rule().version()).orElse(0))
                .add("fields", fields.add("treatedOtherwise", changed))
                .add("rule", told)
                .add("idsStay", idsStay())
                .add("records", counts);
    }

    private static JsonObjectBuilder treatments(Map<Field, Treatment> fields) {
        var json = Json.createObjectBuilder();
        fields.forEach((field, treatment) -> json.add(field.path(), RuleWords.done(treatment)));
        return json;
    }

    List<String> lines() {
        if (running.isEmpty()) {
            return List.of("No version of this rule runs: everything it gives is new.");
        }
        var lines = new ArrayList<String>();
        lines.add("Against version " + running.get().rule().version() + ", which runs:");
        added.forEach((field, how) -> lines.add("  + " + field.path() + ", " + RuleWords.done(how)));
        removed.forEach(field -> lines.add("  - " + field.path()));
        treated.forEach((field, change) -> lines.add(
                "  ~ " + field.path() + ": " + RuleWords.done(change.from()) + " -> " + RuleWords.done(change.to())));
        words.forEach((key, one) -> lines.add("  ~ " + key + ": " + one.from() + " -> " + one.to()));
        if (!idsStay()) {
            lines.add("  ! every record gets another id: for the vendor, all of them go and come");
        }
        records.forEach((entity, one) -> {
            if (one.come() + one.go() > 0) {
                lines.add("  " + entity.many() + ": " + one.now() + " -> " + one.then() + " (" + one.come() + " come, "
                        + one.go() + " go)");
            }
        });
        if (lines.size() == 1) {
            lines.add("  nothing changes");
        }
        return lines;
    }
}
