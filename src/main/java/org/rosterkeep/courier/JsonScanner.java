package org.rosterkeep.courier;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON in pieces of any size, in constant memory: says what it meets to an [Ear], and refuses what is no JSON.
/// Texts are
/// told up to a length, and whether that was all.
final class JsonScanner {
    /// The longest text that is told whole, in bytes.
    static final int TEXT_MAX = 512;

    private static final int DEPTH_MAX = 8;

    /// Who is told.
    interface Ear {
        void open(boolean object);

        void close();

        void name(String name);

        /// @param text of a string its characters; of anything else as it is written
        /// @param whole whether that is all of it
        void value(String text, boolean quoted, boolean whole);
    }

    private enum Want {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    private enum In {
        BETWEEN,
        STRING,
        ESCAPE,
        HEX,
        WORD
    }

    private final Ear ear;
    private final boolean[] objects = new boolean[DEPTH_MAX];
    private final byte[] text = new byte[TEXT_MAX];
    private int length;
    private boolean cut;
    private int depth;
    private Want want = Want.VALUE;
    private In in = In.BETWEEN;
    private int hex;
    private int digits;

    JsonScanner(Ear ear) {
        this.ear = ear;
    }

    void take(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            take(bytes[i]);
        }
    }

    void end() {
        if (want != Want.NOTHING || in != In.BETWEEN) {
            throw Screen.form("The JSON ends in the middle.");
        }
    }

    private void take(byte b) {
        switch (in) {
            case BETWEEN -> between(b);
            case STRING -> inString(b);
            case ESCAPE -> escape(b);
            case HEX -> hex(b);
            case WORD -> word(b);
        }
    }

    private void between(byte b) {
        switch (b) {
            case ' ', '\t', '\r', '\n' -> {}
            case '{', '[' -> open(b == '{');
            case '}', ']' -> close(b == '}');
            case ',' -> {
                expect(want == Want.COMMA_OR_END && depth > 0);
                want = objects[depth - 1] ? Want.NAME : Want.VALUE;
            }
            case ':' -> {
                expect(want == Want.COLON);
                want = Want.VALUE;
            }
            case '"' -> {
                expect(want != Want.COLON && want != Want.COMMA_OR_END && want != Want.NOTHING);
                begin(In.STRING);
            }
            default -> {
                expect(want == Want.VALUE || want == Want.VALUE_OR_END);
                begin(In.WORD);
                put(b);
            }
        }
    }

    private void begin(In next) {
        in = next;
        length = 0;
        cut = false;
    }

    private void open(boolean object) {
        expect((want == Want.VALUE || want == Want.VALUE_OR_END) && depth < DEPTH_MAX);
        objects[depth++] = object;
        want = object ? Want.NAME_OR_END : Want.VALUE_OR_END;
        ear.open(object);
    }

    private void close(boolean object) {
        boolean empty = want == (object ? Want.NAME_OR_END : Want.VALUE_OR_END);
        expect(depth > 0 && objects[depth - 1] == object && (want == Want.COMMA_OR_END || empty));
        depth--;
        ear.close();
        valueEnds();
    }

    private void valueEnds() {
        want = depth == 0 ? Want.NOTHING : Want.COMMA_OR_END;
    }

    private void inString(byte b) {
        if (b == '"') {
            in = In.BETWEEN;
            if (want == Want.NAME || want == Want.NAME_OR_END) {
                expect(!cut);
                ear.name(told());
                want = Want.COLON;
            } else {
                ear.value(told(), true, !cut);
                valueEnds();
            }
        } else if (b == '\\') {
            in = In.ESCAPE;
        } else {
            expect(b < 0 || b >= ' ');
            put(b);
        }
    }

    private void escape(byte b) {
        in = In.STRING;
        switch (b) {
            case '"', '\\', '/' -> put(b);
            case 'b' -> put((byte) '\b');
            case 'f' -> put((byte) '\f');
            case 'n' -> put((byte) '\n');
            case 'r' -> put((byte) '\r');
            case 't' -> put((byte) '\t');
            case 'u' -> {
                in = In.HEX;
                hex = 0;
                digits = 0;
            }
            default -> expect(false);
        }
    }

    private void hex(byte b) {
        int digit = Character.digit(b, 16);
        expect(digit >= 0);
        hex = hex << 4 | digit;
        if (++digits == 4) {
            in = In.STRING;
            for (byte one : String.valueOf((char) hex).getBytes(StandardCharsets.UTF_8)) {
                put(one);
            }
        }
    }

    private void word(byte b) {
        boolean more = b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b == '-' || b == '+' || b == '.' || b == 'E';
        if (more) {
            put(b);
            return;
        }
        String word = told();
        expect(!cut
                && word.matches("true|false|null|-?(?:0|[1-9][0-9]{0,17})(?:\\.[0-9]{1,17})?(?:[eE][+-]?[0-9]{1,3})?"));
        in = In.BETWEEN;
        ear.value(word, false, true);
        valueEnds();
        between(b);
    }

    private void put(byte b) {
        if (length < TEXT_MAX) {
            text[length++] = b;
        } else {
            cut = true;
        }
    }

    private String told() {
        String told = new String(text, 0, length, StandardCharsets.UTF_8);
        Arrays.fill(text, 0, length, (byte) 0);
        length = 0;
        return told;
    }

    private static void expect(boolean so) {
        if (!so) {
            throw Screen.form("This is no JSON.");
        }
    }
}
