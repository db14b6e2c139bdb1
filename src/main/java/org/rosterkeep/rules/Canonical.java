package org.rosterkeep.rules;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.TreeMap;

/// The one way to write a JSON value down: keys sorted by code unit, no spaces, UTF-8 in normal form C, and only those
/// characters escaped that must be. What people sign is the SHA-256 of this text.
final class Canonical {
    private Canonical() {}

    static String text(JsonValue value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    /// SHA-256 of the text's UTF-8 form, in lower-case hexadecimal.
    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value.getValueType()) {
            case OBJECT -> write(value.asJsonObject(), out);
            case ARRAY -> write(value.asJsonArray(), out);
            case STRING -> write(((JsonString) value).getString(), out);
            case NUMBER -> out.append(((JsonNumber) value).bigIntegerValueExact());
            case TRUE, FALSE, NULL -> out.append(value);
        }
    }

    private static void write(JsonObject object, StringBuilder out) {
        char before = '{';
        for (var entry : new TreeMap<>(object).entrySet()) {
            out.append(before);
            write(entry.getKey(), out);
            write(entry.getValue(), out.append(':'));
            before = ',';
        }
        out.append(before == '{' ? "{}" : "}");
    }

    private static void write(JsonArray array, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            write(array.get(i), i == 0 ? out : out.append(','));
        }
        out.append(']');
    }

    private static void write(String text, StringBuilder out) {
        out.append('"');
        for (char c : Normalizer.normalize(text, Normalizer.Form.NFC).toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
