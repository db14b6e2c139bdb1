package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Entity;

/// A [Report] as JSON and back.
public final class ReportJson {
    private ReportJson() {}

    public static byte[] bytes(Report report) {
        return json(report).toString().getBytes(UTF_8);
    }

    /// Reads what [#bytes(Report)] wrote.
    public static Report read(byte[] bytes) {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
            return read(reader.readObject());
        }
    }

    public static JsonObject json(Report report) {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", report.id())
                .add("at", report.at().toString())
                .add("actor", report.actor())
                .add("outcome", word(report.outcome()))
                .add("batch", report.batch())
                .add("version", report.version())
                .add("system", report.system());
        JsonObjectBuilder files = Json.createObjectBuilder();
        new TreeMap<>(report.files()).forEach((file, count) -> files.add(file, file(count)));
        JsonObjectBuilder changes = Json.createObjectBuilder();
        new TreeMap<>(report.changes()).forEach((entity, change) -> changes.add(entity.one(), change(change)));
        JsonArrayBuilder schools = Json.createArrayBuilder();
        report.schools().forEach(school -> schools.add(school(school)));
        JsonObjectBuilder dropped = Json.createObjectBuilder();
        new TreeMap<>(report.dropped()).forEach(dropped::add);
        JsonObjectBuilder totals = Json.createObjectBuilder();
        new TreeMap<>(report.totals()).forEach((code, count) -> totals.add(code.word(), count));
        JsonArrayBuilder findings = Json.createArrayBuilder();
        report.findings().forEach(finding -> findings.add(finding(finding)));
        json.add("files", files).add("changes", changes).add("schools", schools).add("dropped", dropped);
        report.heldId().ifPresent(held -> json.add("held", held));
        if (!report.renamed().isEmpty()) {
            JsonObjectBuilder renamed = Json.createObjectBuilder();
            new TreeMap<>(report.renamed()).forEach((entity, count) -> renamed.add(entity.one(), count));
            json.add("renamed", renamed);
        }
        return json.add("totals", totals).add("findings", findings).build();
    }

    private static JsonObjectBuilder file(Report.FileCount count) {
        return Json.createObjectBuilder()
                .add("mode", count.mode())
                .add("rows", count.rows())
                .add("used", count.used())
                .add("quarantined", count.quarantined());
    }

    private static JsonObjectBuilder change(Report.Change change) {
        return Json.createObjectBuilder()
                .add("added", change.added())
                .add("changed", change.changed())
                .add("returned", change.returned())
                .add("removed", change.removed())
                .add("same", change.same())
                .add("held", change.held())
                .add("cascaded", change.cascaded());
    }

    private static JsonObjectBuilder school(Report.School school) {
        return Json.createObjectBuilder()
                .add("org", school.org())
                .add("name", school.name())
                .add("usersAdded", school.usersAdded())
                .add("usersChanged", school.usersChanged())
                .add("usersRemoved", school.usersRemoved());
    }

    private static JsonObjectBuilder finding(Finding finding) {
        return Json.createObjectBuilder()
                .add("file", finding.file())
                .add("line", finding.line())
                .add("column", finding.column())
                .add("code", finding.code().word())
                .add("severity", word(finding.severity()))
                .add("sentence", finding.code().sentence());
    }

    private static Report read(JsonObject json) {
        Map<String, Report.FileCount> files = new TreeMap<>();
        json.getJsonObject("files").forEach((name, value) -> {
            JsonObject file = value.asJsonObject();
            files.put(
                    name,
                    new Report.FileCount(
                            file.getString("mode"),
                            number(file, "rows"),
                            number(file, "used"),
                            number(file, "quarantined")));
        });
        Map<Entity, Report.Change> changes = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            if (json.getJsonObject("changes").containsKey(entity.one())) {
                changes.put(entity, readChange(json.getJsonObject("changes").getJsonObject(entity.one())));
            }
        }
        List<Report.School> schools = new ArrayList<>();
        for (JsonObject school : json.getJsonArray("schools").getValuesAs(JsonObject.class)) {
            schools.add(new Report.School(
                    school.getString("org"),
                    school.getString("name"),
                    number(school, "usersAdded"),
                    number(school, "usersChanged"),
                    number(school, "usersRemoved")));
        }
        Map<String, Long> dropped = new TreeMap<>();
        json.getJsonObject("dropped").forEach((element, n) -> dropped.put(element, number(json, "dropped", element)));
        Map<FindingCode, Long> totals = new EnumMap<>(FindingCode.class);
        json.getJsonObject("totals").forEach((code, n) -> totals.put(code(code), number(json, "totals", code)));
        List<Finding> findings = new ArrayList<>();
        for (JsonObject finding : json.getJsonArray("findings").getValuesAs(JsonObject.class)) {
            findings.add(new Finding(
                    finding.getString("file"),
                    number(finding, "line"),
                    finding.getString("column"),
                    code(finding.getString("code"))));
        }
        return new Report(
                json.getString("id"),
                Instant.parse(json.getString("at")),
                json.getString("actor"),
                Report.Outcome.valueOf(name(json.getString("outcome"))),
                number(json, "batch"),
                json.getString("version"),
                json.getString("system"),
                files,
                changes,
                schools,
                dropped,
                Optional.of(json.getString("held", "")).filter(held -> !held.isEmpty()),
                renamed(json),
                findings,
                totals);
    }

    private static Map<Entity, Long> renamed(JsonObject json) {
        Map<Entity, Long> renamed = new EnumMap<>(Entity.class);
        for (Entity entity : Entity.values()) {
            if (json.containsKey("renamed") && json.getJsonObject("renamed").containsKey(entity.one())) {
                renamed.put(entity, number(json, "renamed", entity.one()));
            }
        }
        return renamed;
    }

    private static Report.Change readChange(JsonObject json) {
        return new Report.Change(
                number(json, "added"),
                number(json, "changed"),
                number(json, "returned"),
                number(json, "removed"),
                number(json, "same"),
                number(json, "held"),
                number(json, "cascaded"));
    }

    private static long number(JsonObject json, String key) {
        return json.getJsonNumber(key).longValue();
    }

    private static long number(JsonObject json, String outer, String key) {
        return json.getJsonObject(outer).getJsonNumber(key).longValue();
    }

    private static FindingCode code(String word) {
        return FindingCode.valueOf(name(word));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String name(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
