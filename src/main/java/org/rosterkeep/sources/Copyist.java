package org.rosterkeep.sources;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.intake.FileForm;

/// Writes down as rows of OneRoster files what a service answers in JSON: the same value, in the file's way of writing
/// it. It judges nothing that intake judges; a column it finds nothing for stays empty. What is in no column is not
/// looked at, and a password is not even when there is one.
final class Copyist {
    private static final String SUFFIX = "SourcedId";
    private static final String SOURCED_ID = "sourcedId";
    private static final String GONE = "tobedeleted";
    private static final String USERS = "users";
    private static final String ROLES = "roles.csv";
    private static final int ID_MAX = 256;
    /// Where JSON and the files call something differently.
    private static final Map<String, String> OTHERWISE =
            Map.of("preferredGivenName", "preferredFirstName", "preferredFamilyName", "preferredLastName");

    private final String collection;
    private final boolean bulk;
    private final List<String> columns;
    private final List<String> roleColumns;

    /// @param bulk whether everything is asked for: who is said to be gone is then simply not among them
    Copyist(FileForm form, String collection, boolean bulk) {
        this.collection = collection;
        this.bulk = bulk;
        columns = form.columns(collection + ".csv");
        roleColumns = collection.equals(USERS) ? form.columns(ROLES) : List.of();
    }

    /// The files that a collection's records fill.
    List<String> files() {
        return roleColumns.isEmpty() ? List.of(collection + ".csv") : List.of(collection + ".csv", ROLES);
    }

    /// One page as rows.
    ///
    /// @param fresh how many of the records had not come before
    record Copied(int records, int fresh, byte[] rows, byte[] roles) {}

    /// @throws Hitch.Met when it is no page of this collection; then nothing of it counts
    Copied copy(byte[] page, Seen seen) {
        Page read = new Page(seen);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(page));
            try (JsonParser parser = Json.createParser(new ByteArrayInputStream(page))) {
                walk(parser, read::record);
            }
        } catch (Hitch.Met met) {
            throw met;
        } catch (CharacterCodingException | RuntimeException e) {
            // The parser has many ways to say it, and what it says may quote what it read.
            throw new Hitch.Met(Hitch.JSON);
        }
        return new Copied(read.records, read.fresh, bytes(read.rows), bytes(read.roles));
    }

    private void walk(JsonParser parser, Consumer<JsonObject> record) {
        if (parser.next() != JsonParser.Event.START_OBJECT) {
            throw new Hitch.Met(Hitch.COLLECTION_MISSING);
        }
        boolean found = false;
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_OBJECT; event = parser.next()) {
            String name = parser.getString();
            JsonParser.Event value = parser.next();
            if (name.equals(collection) && value == JsonParser.Event.START_ARRAY) {
                if (found) {
                    throw new Hitch.Met(Hitch.JSON);
                }
                found = true;
                records(parser, record);
            } else {
                passOver(parser, value);
            }
        }
        if (parser.hasNext()) {
            throw new Hitch.Met(Hitch.JSON);
        }
        if (!found) {
            throw new Hitch.Met(Hitch.COLLECTION_MISSING);
        }
    }

    /// Event by event: the parser's own way of skipping never comes to the end of an array that has none.
    private static void passOver(JsonParser parser, JsonParser.Event begun) {
        int depth = 0;
        for (JsonParser.Event event = begun; true; event = parser.next()) {
            depth += switch (event) {
                case START_ARRAY, START_OBJECT -> 1;
                case END_ARRAY, END_OBJECT -> -1;
                case KEY_NAME, VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> 0;
            };
            if (depth == 0) {
                return;
            }
        }
    }

    private static void records(JsonParser parser, Consumer<JsonObject> record) {
        for (JsonParser.Event event = parser.next(); event != JsonParser.Event.END_ARRAY; event = parser.next()) {
            if (event != JsonParser.Event.START_OBJECT) {
                throw new Hitch.Met(Hitch.JSON);
            }
            record.accept(parser.getObject());
        }
    }

    private static byte[] bytes(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private final class Page {
        private final Seen seen;
        private final StringBuilder rows = new StringBuilder();
        private final StringBuilder roles = new StringBuilder();
        private int records;
        private int fresh;

        Page(Seen seen) {
            this.seen = seen;
        }

        void record(JsonObject record) {
            String id = text(record.get(SOURCED_ID));
            if (id.isBlank() || id.length() > ID_MAX) {
                throw new Hitch.Met(Hitch.RECORD_ID);
            }
            records++;
            if (!seen.add(id)) {
                // The same once more would be two rows of one record, which is none.
                return;
            }
            fresh++;
            boolean gone = text(record.get("status")).equalsIgnoreCase(GONE);
            if (gone && bulk) {
                return;
            }
            row(rows, columns, column -> cell(column, record), gone, record);
            if (!roleColumns.isEmpty() && !gone) {
                roles(id, record);
            }
        }

        private void roles(String id, JsonObject user) {
            JsonArray held = user.get("roles") instanceof JsonArray array ? array : JsonValue.EMPTY_JSON_ARRAY;
            for (int place = 0; place < held.size(); place++) {
                if (!(held.get(place) instanceof JsonObject role)) {
                    throw new Hitch.Met(Hitch.JSON);
                }
                String own = id + "." + place;
                row(roles, roleColumns, column -> roleCell(column, own, id, role), false, user);
            }
            if (held.isEmpty() && !bulk) {
                // Who has no role any more must not keep the old ones for want of a word.
                row(
                        roles,
                        roleColumns,
                        column -> roleCell(column, id + ".0", id, JsonValue.EMPTY_JSON_OBJECT),
                        true,
                        user);
            }
        }
    }

    private interface Cell {
        String of(String column);
    }

    /// In a complete file the state of a record is empty; in one of changes it says whether there is one still.
    private void row(StringBuilder out, List<String> names, Cell cell, boolean gone, JsonObject record) {
        for (int n = 0; n < names.size(); n++) {
            String column = names.get(n);
            String text = switch (column) {
                case "status" -> bulk ? "" : gone ? GONE : "active";
                case "dateLastModified" -> bulk ? "" : text(record.get(column));
                default -> cell.of(column);
            };
            out.append(n == 0 ? "" : ",").append(FileForm.cell(text));
        }
        out.append("\r\n");
    }

    private static String roleCell(String column, String own, String user, JsonObject role) {
        return switch (column) {
            case SOURCED_ID -> own;
            case "userSourcedId" -> user;
            // A profile is taken over only with its own file, which no service has.
            case "userProfileSourcedId" -> "";
            default -> cell(column, role);
        };
    }

    private static String cell(String column, JsonObject record) {
        if (column.equals("password")) {
            return "";
        }
        if (column.endsWith(SUFFIX) && !column.equals(SOURCED_ID)) {
            return text(record.get(column.substring(0, column.length() - SUFFIX.length())));
        }
        if (column.endsWith(SUFFIX + "s")) {
            return text(record.get(column.substring(0, column.length() - SUFFIX.length() - 1) + "s"));
        }
        String name = OTHERWISE.getOrDefault(column, column);
        return record.containsKey(name) ? text(record.get(name)) : text(record.get(name.toLowerCase(Locale.ROOT)));
    }

    /// A reference is its id; a user's id is `{type:identifier}`; a list has commas between its members, so one with a
    /// comma in it cannot be a member.
    private static String text(@Nullable JsonValue value) {
        return switch (value) {
            case null -> "";
            case JsonString string -> string.getString();
            case JsonNumber number -> number.isIntegral() && number.toString().length() < 20 ? number.toString() : "";
            case JsonArray array -> list(array);
            case JsonObject object -> object(object);
            default ->
                switch (value.getValueType()) {
                    case TRUE -> "true";
                    case FALSE -> "false";
                    default -> "";
                };
        };
    }

    private static String list(JsonArray array) {
        List<String> members = new ArrayList<>();
        for (JsonValue one : array) {
            String text = one instanceof JsonArray ? "" : text(one);
            if (!text.isEmpty() && text.indexOf(',') < 0) {
                members.add(text);
            }
        }
        return String.join(",", members);
    }

    private static String object(JsonObject object) {
        if (object.containsKey(SOURCED_ID)) {
            return text(scalar(object.get(SOURCED_ID)));
        }
        if (object.containsKey("identifier")) {
            return "{" + text(scalar(object.get("type"))) + ":" + text(scalar(object.get("identifier"))) + "}";
        }
        return "";
    }

    private static @Nullable JsonValue scalar(@Nullable JsonValue value) {
        return value instanceof JsonObject || value instanceof JsonArray ? null : value;
    }
}
