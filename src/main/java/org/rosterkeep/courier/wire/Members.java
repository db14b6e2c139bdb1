package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/// A JSON object that the other side said, read member by member and believed in nothing: a member that is missing, of
/// another kind, too long, twice there or not asked for is a [WireFault]. Whoever has read all of it calls [#close()].
public final class Members {
    /// The longest text that is not the text of a paper or a key.
    public static final int SHORT = 512;

    private static final int DEPTH_MAX = 8;
    private static final int LIST_MAX = 1024;

    private final JsonObject object;
    private final Set<String> known = new TreeSet<>();

    private Members(JsonObject object) {
        this.object = object;
    }

    public static Members read(byte[] text, int bytesMax) {
        if (text.length > bytesMax) {
            throw new WireFault(WireFault.Code.LENGTH);
        }
        shape(text);
        Map<String, Object> strict = Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            try (var reader = Json.createReaderFactory(strict)
                    .createReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8)) {
                return new Members(reader.readObject());
            }
        } catch (CharacterCodingException | JsonException | IllegalStateException e) {
            // What the parser says may quote what it read.
            throw new WireFault(WireFault.Code.FORM);
        }
    }

    /// A text of 1 to `max` characters without control characters.
    public String text(String name, int max) {
        return optionalText(name, max).orElseThrow(() -> new WireFault(name));
    }

    public Optional<String> optionalText(String name, int max) {
        Optional<String> text = string(name, max);
        if (text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)) {
            throw new WireFault(name);
        }
        return text;
    }

    /// A text that may have lines.
    public String lines(String name, int max) {
        return string(name, max).orElseThrow(() -> new WireFault(name));
    }

    private Optional<String> string(String name, int max) {
        return value(name).map(value -> {
            if (!(value instanceof JsonString string)
                    || string.getString().isEmpty()
                    || string.getString().length() > max
                    || !StandardCharsets.UTF_8.newEncoder().canEncode(string.getString())) {
                throw new WireFault(name);
            }
            return string.getString();
        });
    }

    public long number(String name, long min, long max) {
        return optionalNumber(name, min, max).orElseThrow(() -> new WireFault(name));
    }

    public Optional<Long> optionalNumber(String name, long min, long max) {
        return value(name).map(value -> {
            if (!(value instanceof JsonNumber number) || !plain(number.toString())) {
                throw new WireFault(name);
            }
            long read = Long.parseLong(number.toString());
            if (read < min || read > max) {
                throw new WireFault(name);
            }
            return read;
        });
    }

    /// Digits and nothing else: no fraction, and no exponent that would fill the memory with zeros.
    private static boolean plain(String number) {
        return number.length() <= 18 && number.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    public boolean flag(String name) {
        JsonValue value = value(name).orElseThrow(() -> new WireFault(name));
        if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
            throw new WireFault(name);
        }
        return value == JsonValue.TRUE;
    }

    /// One word out of those that are known.
    public <T> T word(String name, Function<String, Optional<T>> known) {
        return known.apply(text(name, SHORT)).orElseThrow(() -> new WireFault(name));
    }

    public Members part(String name) {
        return optionalPart(name).orElseThrow(() -> new WireFault(name));
    }

    public Optional<Members> optionalPart(String name) {
        return value(name).map(value -> {
            if (!(value instanceof JsonObject part)) {
                throw new WireFault(name);
            }
            return new Members(part);
        });
    }

    public List<Members> parts(String name) {
        List<Members> parts = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (!(value instanceof JsonObject part)) {
                throw new WireFault(name);
            }
            parts.add(new Members(part));
        }
        return parts;
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : array(name)) {
            if (!(value instanceof JsonString string) || string.getString().length() > SHORT) {
                throw new WireFault(name);
            }
            texts.add(string.getString());
        }
        return texts;
    }

    private JsonArray array(String name) {
        JsonValue value = value(name).orElseThrow(() -> new WireFault(name));
        if (!(value instanceof JsonArray array) || array.size() > LIST_MAX) {
            throw new WireFault(name);
        }
        return array;
    }

    /// The names of all members; reading one of them is up to the caller.
    public Set<String> names() {
        return new TreeSet<>(object.keySet());
    }

    /// All members as texts; ends the reading.
    public Map<String, String> map(int max) {
        Map<String, String> map = new TreeMap<>();
        names().forEach(name -> map.put(name, lines(name, max)));
        return map;
    }

    /// The value of a member without any judgement.
    public Optional<JsonValue> value(String name) {
        known.add(name);
        return Optional.ofNullable(object.get(name));
    }

    /// There is nothing in it that was not asked for.
    public void close() {
        if (!known.containsAll(object.keySet())) {
            throw new WireFault("a member that is not known");
        }
    }

    /// Looked at before parsing: the parser has a limit of its own for depth, and goes deep to find it; and it does not
    /// mind what stands behind the object.
    private static void shape(byte[] text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length; i++) {
            if (depth == 0 && i > 0) {
                throw new WireFault(WireFault.Code.FORM);
            }
            if (text[i] == '"') {
                quoted = !quoted;
            } else if (quoted && text[i] == '\\') {
                i++;
            } else if (!quoted && (text[i] == '[' || text[i] == '{') && ++depth > DEPTH_MAX) {
                throw new WireFault(WireFault.Code.LENGTH);
            } else if (!quoted && (text[i] == ']' || text[i] == '}')) {
                depth--;
            }
        }
    }
}
