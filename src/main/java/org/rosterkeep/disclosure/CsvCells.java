package org.rosterkeep.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Turns values as a [Form] writes them into the cells of a OneRoster file: the same value, in the file's way
/// of writing
/// it. A text is not changed so that a spreadsheet takes it for no formula: what is exchanged has to be what it is (see
/// src/docs/decisions/0066). Only a line break becomes a space, because a cell has none.
final class CsvCells {
    private static final List<String> PARTS = List.of("sourcedId", "type", "identifier");
    private static final int SOURCED_ID = 0;
    private static final int TYPE = 1;
    private static final int IDENTIFIER = 2;

    private final Spans object = new Spans(PARTS);
    private byte[] cell = new byte[256];
    private int size;
    private boolean quotes;

    /// Writes a value as one cell.
    void value(Out out, byte[] json, int from, int to) {
        begin();
        switch (json[from]) {
            case '"' -> text(json, from + 1, to - 1);
            case '[' -> list(json, from);
            case '{' -> object(json, from);
            default -> text(json, from, to);
        }
        end(out);
    }

    /// Writes bytes that are known to be plain.
    void plain(Out out, byte[] bytes, int length) {
        begin();
        text(bytes, 0, length);
        end(out);
    }

    private void begin() {
        size = 0;
        quotes = false;
    }

    private void end(Out out) {
        if (!quotes) {
            out.put(cell, 0, size);
            return;
        }
        out.put('"');
        for (int n = 0; n < size; n++) {
            if (cell[n] == '"') {
                out.put('"');
            }
            out.put(cell, n, n + 1);
        }
        out.put('"');
    }

    /// A member with a comma in it cannot be a member here, and is left out.
    private void list(byte[] json, int from) {
        int at = from + 1;
        boolean any = false;
        while (json[at] != ']') {
            if (json[at] == ',') {
                at++;
            }
            int before = size;
            boolean quotedBefore = quotes;
            if (any) {
                put((byte) ',');
            }
            int member = size;
            at = member(json, at);
            if (contains(member, (byte) ',') || member == size) {
                size = before;
                quotes = quotedBefore;
            } else {
                any = true;
            }
        }
    }

    private int member(byte[] json, int from) {
        if (json[from] == '{') {
            return object(json, from);
        }
        int end = Spans.end(json, from);
        text(json, from + 1, end - 1);
        return end;
    }

    private boolean contains(int from, byte wanted) {
        for (int n = from; n < size; n++) {
            if (cell[n] == wanted) {
                return true;
            }
        }
        return false;
    }

    /// A reference is its id; a user's id is `{type:identifier}`.
    private int object(byte[] json, int from) {
        int end = object.read(json, from);
        if (object.has(SOURCED_ID)) {
            inner(SOURCED_ID);
        } else if (object.has(IDENTIFIER)) {
            put((byte) '{');
            if (object.has(TYPE)) {
                inner(TYPE);
            }
            put((byte) ':');
            inner(IDENTIFIER);
            put((byte) '}');
        }
        return end;
    }

    private void inner(int part) {
        text(object.json(), object.start(part) + 1, object.end(part) - 1);
    }

    private void text(byte[] json, int from, int to) {
        int at = from;
        while (at < to) {
            byte b = json[at];
            if (b != '\\') {
                put(b);
                at++;
            } else {
                at = escaped(json, at + 1);
            }
        }
    }

    /// Returns where the escape ends.
    private int escaped(byte[] json, int at) {
        switch (json[at]) {
            case 'n', 'r' -> put((byte) ' ');
            case 't' -> put((byte) '\t');
            case 'b', 'f' -> {}
            case 'u' -> {
                return unicode(json, at + 1);
            }
            default -> put(json[at]);
        }
        return at + 1;
    }

    private int unicode(byte[] json, int at) {
        char first = (char) hex(json, at);
        String text;
        int end = at + 4;
        if (Character.isHighSurrogate(first) && json[end] == '\\' && json[end + 1] == 'u') {
            text = new String(new char[] {first, (char) hex(json, end + 2)});
            end += 6;
        } else {
            text = first == '\n' || first == '\r' ? " " : first < ' ' && first != '\t' ? "" : String.valueOf(first);
        }
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            put(b);
        }
        return end;
    }

    private static int hex(byte[] json, int at) {
        return Integer.parseInt(new String(json, at, 4, StandardCharsets.US_ASCII), 16);
    }

    private void put(byte b) {
        if (size == cell.length) {
            cell = Arrays.copyOf(cell, size * 2);
        }
        if (b == '\n' || b == '\r') {
            put((byte) ' ');
            return;
        }
        quotes |= b == ',' || b == '"';
        cell[size++] = b;
    }
}
