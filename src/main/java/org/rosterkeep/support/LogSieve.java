package org.rosterkeep.support;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Loudness;

/// Lines of a log as they may be handed on. A line is taken only when it is one of ours, and is written anew, member by
/// member, so that a text somebody else put into the file stays there. Who did something is left out.
public final class LogSieve {
    private static final Set<String> EVENTS =
            Arrays.stream(Event.values()).map(Event::code).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> LEVELS =
            Arrays.stream(Loudness.values()).map(Loudness::word).collect(Collectors.toUnmodifiableSet());
    /// Facts that are numbers.
    private static final Set<String> NUMBERS =
            Set.of("ms", "took", "status", "bytes", "batch", "quarantined", "records", "count", "attempts");
    /// Facts that are words of a closed list.
    private static final Set<String> WORDS =
            Set.of("outcome", "code", "exit", "found", "to", "what", "about", "before", "now", "reason", "place");
    private static final Pattern WORD = Pattern.compile("[A-Z][A-Z0-9_]{1,39}");
    private static final Pattern ERROR = Pattern.compile("[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}");
    private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern LOGGER =
            Pattern.compile("other|stderr|stdout|(io|org|java|javax|jdk|sun|com|jakarta)\\.[a-zA-Z0-9_.$@-]{1,110}");
    private static final Pattern CODE = Pattern.compile(
            "(java|javax|jdk|sun|com\\.sun|io\\.helidon|org\\.(rosterkeep|glassfish|apache|sqlite|eclipse|bouncycastle)|jakarta|picocli)"
                + "\\.[A-Za-z0-9_.$/<>]{1,200}(:-?[0-9]{1,6})?");

    private final Pseudonyms pseudonyms;

    public LogSieve(Pseudonyms pseudonyms) {
        this.pseudonyms = pseudonyms;
    }

    /// Empty when it is no line of ours.
    public Optional<String> line(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try (var reader = Json.createReader(new StringReader(line))) {
            return line(reader.readObject());
        } catch (JsonException | ClassCastException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<String> line(JsonObject line) {
        var event = line.getString("event", "");
        var level = line.getString("level", "");
        if (!EVENTS.contains(event) || !LEVELS.contains(level)) {
            return Optional.empty();
        }
        var anew = Json.createObjectBuilder()
                .add("time", Instant.parse(line.getString("time", "")).toString())
                .add("level", level)
                .add("event", event);
        NUMBERS.forEach(name -> {
            if (line.get(name) instanceof JsonNumber number && number.isIntegral()) {
                anew.add(name, number.longValue());
            }
        });
        WORDS.forEach(name -> text(line, name, WORD, anew));
        text(line, "error", ERROR, anew);
        text(line, "request", REQUEST, anew);
        text(line, "logger", LOGGER, anew);
        if (line.get("district") instanceof JsonString district) {
            anew.add("district", pseudonyms.district(district.getString()));
        }
        if (line.get("target") instanceof JsonString target) {
            anew.add("target", pseudonyms.address(target.getString()));
        }
        if (line.get("causes") instanceof JsonArray causes) {
            causes(causes, anew);
        }
        return Optional.of(anew.build().toString());
    }

    private static void text(JsonObject line, String name, Pattern form, JsonObjectBuilder anew) {
        if (line.get(name) instanceof JsonString text
                && form.matcher(text.getString()).matches()) {
            anew.add(name, text.getString());
        }
    }

    private static void causes(JsonArray causes, JsonObjectBuilder anew) {
        var array = Json.createArrayBuilder();
        for (var cause : causes) {
            if (cause instanceof JsonObject one) {
                var frames = Json.createArrayBuilder();
                if (one.get("frames") instanceof JsonArray all) {
                    all.stream()
                            .filter(JsonString.class::isInstance)
                            .map(frame -> ((JsonString) frame).getString())
                            .filter(frame -> CODE.matcher(frame).matches())
                            .forEach(frames::add);
                }
                var object = Json.createObjectBuilder();
                text(one, "class", CODE, object);
                array.add(object.add("frames", frames));
            }
        }
        anew.add("causes", array);
    }
}
