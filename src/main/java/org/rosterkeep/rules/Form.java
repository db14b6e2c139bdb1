package org.rosterkeep.rules;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParsingException;
import java.io.ByteArrayInputStream;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A JSON object that somebody wrote by hand, read key by key. Whatever is wrong goes on one list, with its place and
/// what to do; reading goes on with a harmless value. Every key that was asked for is known; [#close()] complains about
/// the others.
final class Form {
    private static final int NAME_MAX = 64;
    private static final int DEPTH_MAX = 32;

    private final JsonObject object;
    private final String pointer;
    private final List<Problem> problems;
    private final Set<String> known = new TreeSet<>();

    private Form(JsonObject object, String pointer, List<Problem> problems) {
        this.object = object;
        this.pointer = pointer;
        this.problems = problems;
    }

    /// Reads a text; empty when it is no JSON object, which then is on the list. Two equal keys are wrong: which of the
    /// two was signed?
    static Optional<Form> read(byte[] text, int bytesMax, List<Problem> problems) {
        if (text.length > bytesMax) {
            problems.add(new Problem("", "it is longer than " + bytesMax + " bytes", "shorten its lists"));
            return Optional.empty();
        }
        if (depth(text) > DEPTH_MAX) {
            problems.add(new Problem("", "it is nested more than " + DEPTH_MAX + " deep", "correct it"));
            return Optional.empty();
        }
        var strict = Map.<String, Object>of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE);
        try (var reader = Json.createReaderFactory(strict).createReader(new ByteArrayInputStream(text))) {
            return Optional.of(new Form(reader.readObject(), "", problems));
        } catch (JsonParsingException e) {
            var at = e.getLocation();
            String place = "line " + at.getLineNumber() + ", column " + at.getColumnNumber();
            problems.add(new Problem("", "it is no JSON object: " + place, "correct it there"));
        } catch (JsonException | IllegalStateException e) {
            problems.add(new Problem("", "it is no JSON object, or names a key twice", "correct it"));
        }
        return Optional.empty();
    }

    void problem(String key, String what, String remedy) {
        problems.add(new Problem(at(key), what, remedy));
    }

    boolean has(String key) {
        known.add(key);
        return object.containsKey(key);
    }

    Set<String> keys() {
        return new TreeSet<>(object.keySet());
    }

    /// A part that has to be there. When it is not, that is said once, and the empty part says no more.
    Form part(String key) {
        Optional<JsonValue> value = value(key);
        if (value.isPresent() && value.get() instanceof JsonObject part) {
            return new Form(part, at(key), problems);
        }
        value.ifPresent(wrong -> problem(key, "this is no object", "write { } with its keys"));
        return new Form(JsonValue.EMPTY_JSON_OBJECT, at(key), new ArrayList<>());
    }

    Optional<Form> partIfAny(String key) {
        return has(key) ? Optional.of(part(key)) : Optional.empty();
    }

    /// The objects of an array that need not be there.
    List<Form> parts(String key) {
        List<Form> parts = new ArrayList<>();
        if (has(key) && object.get(key) instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (array.get(i) instanceof JsonObject part) {
                    parts.add(new Form(part, at(key) + "/" + i, problems));
                } else {
                    problems.add(new Problem(at(key) + "/" + i, "this is no object", "write { } with its keys"));
                }
            }
        } else if (has(key)) {
            problem(key, "this is no list", "write [ ] with objects in it");
        }
        return parts;
    }

    /// A text without control characters, trimmed, in normal form C.
    String text(String key, int min, int max) {
        Optional<JsonValue> value = value(key);
        if (value.isEmpty()) {
            return "";
        }
        if (!(value.get() instanceof JsonString string)) {
            problem(key, "this is no text", "put it in quotes");
            return "";
        }
        String text = Normalizer.normalize(string.getString().strip(), Normalizer.Form.NFC);
        int length = text.codePointCount(0, text.length());
        if (length < min || length > max) {
            problem(key, "it has " + length + " characters", "write " + min + " to " + max);
        } else if (text.codePoints().anyMatch(Form::unprintable)) {
            problem(key, "it has a control character or half a character in it", "remove it");
        }
        return text;
    }

    String textOr(String key, int min, int max, String otherwise) {
        return has(key) ? text(key, min, max) : otherwise;
    }

    /// A name of ours: of a rule, a vendor, an agreement, a client.
    String name(String key) {
        String name = text(key, 1, NAME_MAX);
        if (!name.isEmpty() && !name.matches("[a-z0-9][a-z0-9._-]*")) {
            problem(key, "this is no name", "use a-z, 0-9, dot, dash and underscore, a letter or digit first");
        }
        return name;
    }

    String nameOr(String key, String otherwise) {
        return has(key) ? name(key) : otherwise;
    }

    /// One word out of a list.
    String word(String key, Set<String> allowed) {
        String word = text(key, 1, NAME_MAX);
        if (!word.isEmpty() && !allowed.contains(word)) {
            problem(key, "`" + word + "` is not known here", Words.advice(word, allowed));
        }
        return word;
    }

    /// Distinct words; each has to pass, or the remedy tells what would.
    Set<String> words(String key, Predicate<String> allowed, Set<String> suggestions, int max) {
        Set<String> words = new TreeSet<>();
        if (!(object.get(key) instanceof JsonArray array)) {
            value(key).ifPresent(wrong -> problem(key, "this is no list", "write [ ] with texts in it"));
            return words;
        }
        known.add(key);
        for (int i = 0; i < array.size() && i < max; i++) {
            String place = at(key) + "/" + i;
            if (!(array.get(i) instanceof JsonString string)) {
                problems.add(new Problem(place, "this is no text", "put it in quotes"));
            } else if (!allowed.test(string.getString())) {
                problems.add(new Problem(
                        place,
                        "`" + string.getString() + "` is not known here",
                        Words.advice(string.getString(), suggestions)));
            } else {
                words.add(string.getString());
            }
        }
        if (array.size() > max) {
            problem(key, "the list has more than " + max + " entries", "shorten it");
        }
        return words;
    }

    /// An instant, or a day, which stands for its first instant in UTC.
    Instant instant(String key) {
        String text = text(key, 1, NAME_MAX);
        try {
            return text.length() == "YYYY-MM-DD".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                problem(key, "this is no day and no instant", "write 2026-08-01 or 2026-08-01T05:00:00Z");
            }
            return Instant.EPOCH;
        }
    }

    /// A day of the calendar, whatever the time zone.
    LocalDate day(String key) {
        String text = text(key, 1, NAME_MAX);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            if (!text.isEmpty()) {
                problem(key, "this is no day", "write it as 2026-08-01");
            }
            return LocalDate.EPOCH;
        }
    }

    int number(String key, int min, int max) {
        Optional<JsonValue> value = value(key);
        if (value.isEmpty()) {
            return min;
        }
        boolean fits = value.get() instanceof JsonNumber number
                && number.isIntegral()
                && number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(min)) >= 0
                && number.bigDecimalValue().compareTo(java.math.BigDecimal.valueOf(max)) <= 0;
        if (!fits) {
            problem(key, "this number does not fit", "write a whole number from " + min + " to " + max);
            return min;
        }
        return ((JsonNumber) value.get()).intValue();
    }

    boolean flagOr(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        return switch (object.getOrDefault(key, JsonValue.NULL).getValueType()) {
            case TRUE -> true;
            case FALSE -> false;
            case STRING, NUMBER, ARRAY, OBJECT, NULL -> {
                problem(key, "this is neither true nor false", "write true or false, without quotes");
                yield otherwise;
            }
        };
    }

    /// All keys with a text each; any key is allowed that passes.
    Map<String, String> texts(Set<String> allowed, int min, int max) {
        Map<String, String> texts = new TreeMap<>();
        for (String key : object.keySet()) {
            known.addAll(allowed);
            if (allowed.contains(key)) {
                texts.put(key, text(key, min, max));
            }
        }
        return texts;
    }

    /// All keys with a text each, whatever they are called.
    Map<String, String> anyTexts(int min, int max) {
        return texts(object.keySet(), min, max);
    }

    /// The value of a key without any judgement.
    Optional<JsonValue> peek(String key) {
        known.add(key);
        return Optional.ofNullable(object.get(key));
    }

    /// Complains about every key nobody asked for.
    void close() {
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                problem(key, "there is no key `" + key + "` here", Words.advice(key, known));
            }
        }
    }

    /// How deep brackets are nested outside of strings. The parser has a limit of its own, and a rude way to say so.
    private static int depth(byte[] text) {
        int deepest = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '"') {
                quoted = !quoted;
            } else if (quoted && text[i] == '\\') {
                i++;
            } else if (!quoted && (text[i] == '[' || text[i] == '{')) {
                deepest = Math.max(deepest, ++depth);
            } else if (!quoted && (text[i] == ']' || text[i] == '}')) {
                depth--;
            }
        }
        return deepest;
    }

    private Optional<JsonValue> value(String key) {
        if (!has(key) || object.isNull(key)) {
            problem(key, "it is missing", "add it");
            return Optional.empty();
        }
        return Optional.ofNullable(object.get(key));
    }

    private String at(String key) {
        return key.isEmpty() ? pointer : pointer + "/" + key.replace("~", "~0").replace("/", "~1");
    }

    private static boolean unprintable(int point) {
        return Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE;
    }
}
