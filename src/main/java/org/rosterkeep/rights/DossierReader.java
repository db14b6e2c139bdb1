package org.rosterkeep.rights;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Endorsement;

/// Reads what [DossierWriter] wrote. What is not exactly that is damaged, and says nothing.
final class DossierReader {
    private DossierReader() {}

    /// Empty when the document cannot be understood, or is another subject's.
    static Optional<Dossier> read(Subject subject, byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            String sourcedId = json.getString("sourcedId");
            List<Entry> entries = new ArrayList<>();
            for (JsonObject one : json.getJsonArray("entries").getValuesAs(JsonObject.class)) {
                Entry entry = entry(one);
                if (entry.made().number() != entries.size() + 1) {
                    return Optional.empty();
                }
                entries.add(entry);
            }
            return json.getString("subject").equals(subject.id()) && SourcedId.valid(sourcedId)
                    ? Optional.of(new Dossier(subject, SourcedId.of(sourcedId), entries))
                    : Optional.empty();
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | IllegalArgumentException
                | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Entry entry(JsonObject json) {
        Entry.Made made = new Entry.Made(json.getInt("number"), at(json, "at"), json.getString("by"));
        Optional<Entry.End> end = end(json, "end");
        return switch (json.getString("kind")) {
            case "optout" -> new Entry.OptOut(made, at(json, "until"), json.getBoolean("stays"), end);
            case "objection" ->
                new Entry.Objection(made, against(json), json.getString("grounds"), end(json, "upheld"), end);
            case "restriction" -> new Entry.Restriction(made, json.getString("reason"), end);
            case "protection" ->
                new Entry.Protection(made, json.getString("reason"), words(json, "named"), signatures(json), end);
            case "exception" ->
                new Entry.Exposure(
                        made,
                        json.getString("vendor"),
                        json.getInt("days"),
                        json.getString("reason"),
                        signatures(json),
                        json.containsKey("granted") ? Optional.of(at(json, "granted")) : Optional.empty(),
                        end);
            case "consent" -> consent(made, json, end);
            case "suppression" ->
                new Entry.Suppression(
                        made,
                        json.containsKey("field") ? Optional.of(field(json)) : Optional.empty(),
                        json.getString("reason"),
                        end);
            case "contest" ->
                new Entry.Contest(made, field(json), json.getString("grounds"), json.getBoolean("statement"), end);
            case "departure" -> new Entry.Departure(made, at(json, "leaves"), json.getInt("graceDays"), end);
            case "revealing" -> new Entry.Revealing(made, json.getString("element"), json.getString("reason"), end);
            default -> throw new IllegalArgumentException("no such entry");
        };
    }

    private static Entry.Consent consent(Entry.Made made, JsonObject json, Optional<Entry.End> end) {
        Entry.Consent.To to = json.containsKey("rule")
                ? new Entry.Consent.To.OneRule(json.getString("rule"))
                : new Entry.Consent.To.VendorFor(json.getString("vendor"), json.getString("purpose"));
        return new Entry.Consent(
                made,
                to,
                json.getString("givenBy"),
                json.getString("identity"),
                json.getString("textVersion"),
                at(json, "given"),
                at(json, "expires"),
                end);
    }

    private static Entry.Objection.Against against(JsonObject json) {
        if (json.containsKey("vendor")) {
            return new Entry.Objection.Against.OneVendor(json.getString("vendor"));
        }
        return json.containsKey("element")
                ? new Entry.Objection.Against.OneElement(json.getString("element"))
                : new Entry.Objection.Against.Everybody();
    }

    private static Field field(JsonObject json) {
        String path = json.getString("field");
        return Optional.ofNullable(Field.given().get(path))
                .orElseThrow(() -> new IllegalArgumentException("no such field"));
    }

    private static Optional<Entry.End> end(JsonObject json, String key) {
        if (!json.containsKey(key)) {
            return Optional.empty();
        }
        JsonObject end = json.getJsonObject(key);
        return Optional.of(
                new Entry.End(at(end, "at"), end.getString("by"), end.getString("outcome"), end.getString("reason")));
    }

    static List<Endorsement> signatures(JsonObject json) {
        return json.getJsonArray("signatures").getValuesAs(JsonObject.class).stream()
                .map(one -> new Endorsement(
                        one.getString("operator"),
                        Endorsement.Act.valueOf(one.getString("act")),
                        at(one, "at"),
                        Set.of(),
                        one.getString("signature")))
                .toList();
    }

    private static Set<String> words(JsonObject json, String key) {
        JsonArray array = json.getJsonArray(key);
        return array.getValuesAs(JsonString::getString).stream().collect(Collectors.toSet());
    }

    private static Instant at(JsonObject json, String key) {
        return Instant.parse(json.getString(key));
    }
}
