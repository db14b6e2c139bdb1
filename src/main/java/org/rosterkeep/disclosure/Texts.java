package org.rosterkeep.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Slice;
import org.rosterkeep.rules.Treatment;

/// Pieces for plain values, with their treatments. Payloads are JSON-escaped UTF-8 already (see
/// [org.rosterkeep.roster.Shape]).
final class Texts {
    static final byte[] WITHHELD = Out.utf8("Withheld");

    private Texts() {}

    static byte[] prefix(String name) {
        return Out.utf8(",\"" + name + "\":\"");
    }

    /// The value itself; without one, nothing.
    static Piece asIs(Field field) {
        byte[] prefix = prefix(field.wire());
        return (out, line) -> {
            if (line.has(field)) {
                Slice value = line.slice(field);
                out.property(prefix);
                out.put(value.bytes, value.start, value.end);
                out.put('"');
            }
        };
    }

    /// `first` if the record has the field, else `other`.
    static Piece either(Field field, Piece first, Piece other) {
        return (out, line) -> (line.has(field) ? first : other).write(out, line);
    }

    static Piece constant(String name, byte[] escaped) {
        byte[] whole = Out.utf8(",\"" + name + "\":\"" + new String(escaped, StandardCharsets.UTF_8) + "\"");
        return (out, _) -> out.property(whole);
    }

    /// Ready JSON, whatever the record.
    static Piece json(String name, String json) {
        byte[] whole = Out.utf8(",\"" + name + "\":" + json);
        return (out, _) -> out.property(whole);
    }

    static Piece ownId(String name) {
        byte[] prefix = prefix(name);
        return (out, line) -> {
            out.property(prefix);
            out.put(line.id, 0, line.idLength);
            out.put('"');
        };
    }

    /// The first letter and a full stop.
    static Piece initial(Field field) {
        byte[] prefix = prefix(field.wire());
        return (out, line) -> {
            if (line.has(field)) {
                Slice value = line.slice(field);
                out.property(prefix);
                out.put(value.bytes, value.start, firstLetter(value));
                out.put('.');
                out.put('"');
            }
        };
    }

    /// The end of the first character: an escape, or one UTF-8 sequence.
    private static int firstLetter(Slice value) {
        byte first = value.bytes[value.start];
        int length;
        if (first == '\\') {
            length = value.bytes[value.start + 1] == 'u' ? 6 : 2;
        } else if (first >= 0) {
            length = 1;
        } else {
            length = (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : 4;
        }
        return Math.min(value.end, value.start + length);
    }

    /// The first day of the date's year, so that the form of a date is kept.
    static Piece coarse(Field field) {
        byte[] prefix = prefix(field.wire());
        byte[] day = Out.utf8("-01-01");
        return (out, line) -> {
            if (line.has(field) && line.slice(field).length() >= 4) {
                Slice value = line.slice(field);
                out.property(prefix);
                out.put(value.bytes, value.start, value.start + 4);
                if (value.length() > 4) {
                    out.put(day);
                }
                out.put('"');
            }
        };
    }

    /// The preferred name under the legal name's property.
    static Piece preferred(Field field) {
        Field source = preferredOf(field);
        byte[] prefix = prefix(field.wire());
        Piece legal = asIs(field);
        return (out, line) -> {
            if (line.has(source)) {
                Slice value = line.slice(source);
                out.property(prefix);
                out.put(value.bytes, value.start, value.end);
                out.put('"');
            } else {
                legal.write(out, line);
            }
        };
    }

    static Field preferredOf(Field field) {
        return Treatment.Preferred.source(field);
    }

    /// 1.2 writes truth as a text, 1.1 as JSON does.
    static Piece bool(Field field, Wire wire) {
        String quote = wire == Wire.V1P2 ? "\"" : "";
        byte[] yes = Out.utf8(",\"" + field.wire() + "\":" + quote + "true" + quote);
        byte[] no = Out.utf8(",\"" + field.wire() + "\":" + quote + "false" + quote);
        return (out, line) -> {
            if (line.has(field)) {
                Slice value = line.slice(field);
                out.property(value.bytes[value.start] == 0 ? no : yes);
            }
        };
    }

    static Piece list(Field field) {
        byte[] prefix = Out.utf8(",\"" + field.wire() + "\":[\"");
        byte[] between = Out.utf8("\",\"");
        byte[] end = Out.utf8("\"]");
        Slice text = new Slice();
        return (out, line) -> {
            if (line.has(field)) {
                Slice value = line.slice(field);
                boolean any = false;
                while (value.start < value.end) {
                    value.text(text);
                    if (any) {
                        out.put(between);
                    } else {
                        out.property(prefix);
                    }
                    out.put(text.bytes, text.start, text.end);
                    any = true;
                }
                if (any) {
                    out.put(end);
                }
            }
        };
    }

    /// A property that names an account profile. The standard wants a URI there, and a row's id in a file never is one.
    static byte[] profile(String name) {
        byte[] start = Out.utf8("urn:oneroster:userProfile:");
        byte[] prefix = prefix(name);
        byte[] whole = Arrays.copyOf(prefix, prefix.length + start.length);
        System.arraycopy(start, 0, whole, prefix.length, start.length);
        return whole;
    }

    /// Groups of texts as objects; the first `required` of the names must be there, empty ones are left out.
    static Piece groups(Field field, int required, String... names) {
        byte[] prefix = Out.utf8(",\"" + field.wire() + "\":[");
        byte[][] properties = new byte[names.length][];
        Slice[] texts = new Slice[names.length];
        for (int n = 0; n < names.length; n++) {
            properties[n] = names[n].equals("profileId") ? profile(names[n]) : prefix(names[n]);
            texts[n] = new Slice();
        }
        return (out, line) -> {
            if (!line.has(field)) {
                return;
            }
            Slice value = line.slice(field);
            boolean any = false;
            while (value.start < value.end) {
                boolean whole = true;
                for (int n = 0; n < texts.length; n++) {
                    value.text(texts[n]);
                    whole &= n >= required || texts[n].length() > 0;
                }
                if (whole) {
                    if (any) {
                        out.put(',');
                    } else {
                        out.property(prefix);
                    }
                    any = true;
                    group(out, properties, texts);
                }
            }
            if (any) {
                out.put(']');
            }
        };
    }

    private static void group(Out out, byte[][] properties, Slice[] texts) {
        out.put('{');
        for (int n = 0; n < texts.length; n++) {
            if (texts[n].length() > 0) {
                out.property(properties[n]);
                out.put(texts[n].bytes, texts[n].start, texts[n].end);
                out.put('"');
            }
        }
        out.put('}');
    }

    /// A text for the inside of JSON quotes.
    static byte[] escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int n = 0; n < text.length(); n++) {
            char c = text.charAt(n);
            if (c == '"' || c == '\\') {
                escaped.append('\\').append(c);
            } else if (c < 0x20) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return Out.utf8(escaped.toString());
    }

    /// The piece for a text, token or date under its treatment; without a value, what `instead` says.
    static Piece treated(Field field, Treatment treatment, Piece instead) {
        return switch (treatment) {
            case Treatment.AsIs _ -> either(field, asIs(field), instead);
            case Treatment.Initial _ -> either(field, initial(field), instead);
            case Treatment.Pseudonym _ -> ownId(field.wire());
            case Treatment.Constant(String text) -> constant(field.wire(), escape(text));
            case Treatment.Coarse _ -> either(field, coarse(field), instead);
            case Treatment.Preferred _ -> {
                Piece preferred = preferred(field);
                yield either(field, preferred, either(preferredOf(field), preferred, instead));
            }
        };
    }
}
