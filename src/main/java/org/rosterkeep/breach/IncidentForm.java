package org.rosterkeep.breach;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.rules.Milestone;

/// An incident as JSON: on the shelf, and for whoever asks for it.
public final class IncidentForm {
    private IncidentForm() {}

    public static JsonObject json(Incident incident) {
        var steps = Json.createArrayBuilder();
        incident.said()
                .forEach(one -> steps.add(
                        step(one.step()).add("saidAt", one.at().toString()).add("by", one.by())));
        return Json.createObjectBuilder()
                .add("incident", incident.id())
                .add("steps", steps)
                .build();
    }

    static byte[] document(Incident incident) {
        return json(incident).toString().getBytes(StandardCharsets.UTF_8);
    }

    /// @throws BreachFault `DAMAGED`
    static Incident read(byte[] document) {
        try (var reader = Json.createReader(new StringReader(new String(document, StandardCharsets.UTF_8)))) {
            var json = reader.readObject();
            return new Incident(
                    json.getString("incident"),
                    json.getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                            .map(IncidentForm::said)
                            .toList());
        } catch (JsonException | DateTimeException | ClassCastException | IllegalArgumentException e) {
            throw damaged(e);
        } catch (NullPointerException e) {
            // jakarta.json says so of a key that is not there.
            throw damaged(e);
        }
    }

    private static BreachFault damaged(RuntimeException cause) {
        var fault = new BreachFault(BreachFault.Code.DAMAGED);
        fault.initCause(cause);
        return fault;
    }

    private static JsonObjectBuilder step(Step step) {
        var json = Json.createObjectBuilder();
        return switch (step) {
            case Step.Opened opened -> {
                opened.occurred().ifPresent(at -> json.add("occurred", at.toString()));
                yield json.add("step", "opened")
                        .add("kind", word(opened.kind()))
                        .add("summary", opened.summary())
                        .add("vendors", array(opened.vendors()))
                        .add("elements", array(opened.elements()));
            }
            case Step.Reached reached ->
                json.add("step", "reached")
                        .add("milestone", reached.milestone().word())
                        .add("at", reached.at().toString())
                        .add("why", reached.why());
            case Step.Counted counted ->
                json.add("step", "counted").add("people", counted.people()).add("how", counted.how());
            case Step.Weighed weighed ->
                json.add("step", "weighed")
                        .add("risk", word(weighed.risk()))
                        .add("reasons", weighed.reasons())
                        .add("encrypted", weighed.encrypted())
                        .add("keysSafe", weighed.keysSafe());
            case Step.Decided decided ->
                json.add("step", "decided")
                        .add("duty", decided.duty())
                        .add("tell", decided.tell())
                        .add("reasons", decided.reasons());
            case Step.Told told -> {
                told.late().ifPresent(why -> json.add("late", why));
                yield json.add("step", "told")
                        .add("duty", told.duty())
                        .add("at", told.at().toString())
                        .add("how", told.how())
                        .add("evidence", told.evidence());
            }
            case Step.Delayed delayed ->
                json.add("step", "delayed")
                        .add("duty", delayed.duty())
                        .add("authority", delayed.authority())
                        .add("reason", delayed.reason())
                        .add("until", delayed.until().toString());
            case Step.Noted noted -> json.add("step", "noted").add("what", noted.what());
            case Step.Closed closed -> json.add("step", "closed").add("lessons", closed.lessons());
        };
    }

    private static Incident.Said said(JsonObject json) {
        return new Incident.Said(Instant.parse(json.getString("saidAt")), json.getString("by"), step(json));
    }

    private static Step step(JsonObject json) {
        return switch (json.getString("step")) {
            case "opened" ->
                new Step.Opened(
                        Step.Kind.valueOf(json.getString("kind").toUpperCase(Locale.ROOT)),
                        json.getString("summary"),
                        texts(json.getJsonArray("vendors")),
                        texts(json.getJsonArray("elements")),
                        optional(json, "occurred").map(Instant::parse));
            case "reached" ->
                new Step.Reached(
                        Milestone.find(json.getString("milestone")).orElseThrow(IllegalArgumentException::new),
                        Instant.parse(json.getString("at")),
                        json.getString("why"));
            case "counted" -> new Step.Counted(json.getInt("people"), json.getString("how"));
            case "weighed" ->
                new Step.Weighed(
                        Step.Risk.valueOf(json.getString("risk").toUpperCase(Locale.ROOT)),
                        json.getString("reasons"),
                        json.getBoolean("encrypted"),
                        json.getBoolean("keysSafe"));
            case "decided" ->
                new Step.Decided(json.getString("duty"), json.getBoolean("tell"), json.getString("reasons"));
            case "told" ->
                new Step.Told(
                        json.getString("duty"),
                        Instant.parse(json.getString("at")),
                        json.getString("how"),
                        json.getString("evidence"),
                        optional(json, "late"));
            case "delayed" ->
                new Step.Delayed(
                        json.getString("duty"),
                        json.getString("authority"),
                        json.getString("reason"),
                        Instant.parse(json.getString("until")));
            case "noted" -> new Step.Noted(json.getString("what"));
            case "closed" -> new Step.Closed(json.getString("lessons"));
            default -> throw new IllegalArgumentException("no step");
        };
    }

    private static Optional<String> optional(JsonObject json, String key) {
        return json.get(key) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }

    private static String word(Enum<?> one) {
        return one.name().toLowerCase(Locale.ROOT);
    }

    private static JsonArray array(Collection<String> texts) {
        return Json.createArrayBuilder(new TreeSet<>(texts)).build();
    }

    private static Set<String> texts(JsonArray array) {
        return new TreeSet<>(array.getValuesAs(JsonString::getString));
    }
}
