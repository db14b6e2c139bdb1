package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// A [Conformance] for scripts, and to be kept when its rehearsal has ended.
record ConformanceJson(Conformance of) {
    JsonObject json() {
        var script = of.script();
        var findings = Json.createArrayBuilder();
        of.findings()
                .forEach(one -> findings.add(Json.createObjectBuilder()
                        .add("level", one.level().word())
                        .add("code", one.code())
                        .add("sentence", one.sentence())
                        .add("todo", one.todo())));
        return Json.createObjectBuilder()
                .add("rule", script.rule())
                .add("version", script.version())
                .add("hash", script.hash())
                .add("vendor", script.vendor())
                .add("client", script.client())
                .add("started", script.started().toString())
                .add("until", script.until().toString())
                .add("day", script.day())
                .add("verdict", of.verdict().word())
                .add("findings", findings)
                .add("calls", callsJson())
                .add("fetched", fetchedJson())
                .add("fields", fieldsJson())
                .add("unchangedAnswers", of.sheet().unchanged())
                .add(
                        "ledger",
                        Json.createObjectBuilder()
                                .add("answered", of.answered())
                                .add("refused", of.refused()))
                .build();
    }

    private JsonArrayBuilder callsJson() {
        var array = Json.createArrayBuilder();
        sortedCalls().forEach((call, times) -> {
            var json = Json.createObjectBuilder()
                    .add("day", call.day())
                    .add("version", call.wire())
                    .add("method", call.method())
                    .add("place", call.place())
                    .add("status", call.status())
                    .add("times", times);
            if (call.failed()) {
                var instead = Instead.of(call.trouble());
                json.add("trouble", call.trouble())
                        .add("meaning", instead.meaning())
                        .add("todo", instead.todo());
            }
            array.add(json);
        });
        return array;
    }

    private Map<CallSheet.Call, Long> sortedCalls() {
        var sorted = new TreeMap<CallSheet.Call, Long>(Comparator.comparingInt(CallSheet.Call::day)
                .thenComparing(CallSheet.Call::wire)
                .thenComparing(CallSheet.Call::place)
                .thenComparing(CallSheet.Call::method)
                .thenComparingInt(CallSheet.Call::status)
                .thenComparing(CallSheet.Call::trouble));
        sorted.putAll(of.sheet().calls());
        return sorted;
    }

    private JsonObjectBuilder fetchedJson() {
        var json = Json.createObjectBuilder();
        var fetched = of.fetched();
        for (var entity : Entity.values()) {
            var one = fetched.getOrDefault(entity, new Conformance.Fetched(0, 0, 0, 0, 0));
            json.add(
                    entity.many(),
                    Json.createObjectBuilder()
                            .add("given", of.rule().entities().contains(entity))
                            .add("asked", of.asked(entity))
                            .add("runs", one.runs())
                            .add("whole", one.whole())
                            .add("pages", one.pages())
                            .add("deltas", one.deltas())
                            .add("tombstones", one.gone()));
        }
        return json;
    }

    private JsonObjectBuilder fieldsJson() {
        var asked = Json.createArrayBuilder();
        of.refusedFields()
                .forEach((one, times) -> asked.add(Json.createObjectBuilder()
                        .add("field", one.field())
                        .add("in", one.how())
                        .add("times", times)));
        var treated = Json.createObjectBuilder();
        of.treated().forEach((field, treatment) -> treated.add(field.path(), RuleWords.done(treatment)));
        return Json.createObjectBuilder()
                .add("askedNotGiven", asked)
                .add(
                        "neededNotGiven",
                        Json.createArrayBuilder(
                                of.missing().stream().map(Field::path).toList()))
                .add("neededTreated", treated);
    }
}
