package org.rosterkeep.courier;

import java.nio.charset.StandardCharsets;

/// CSV (RFC 4180) in pieces of any size, in constant memory, cell by cell.
final class CsvScanner {
    private static final int TEXT_MAX = 512;

    /// Who is told.
    interface Ear {
        /// @param column counted from 0
        /// @param whole whether the text is all of the cell
        void cell(int column, String text, boolean whole);

        /// @param columns how many cells the row had
        void row(int columns);
    }

    private enum In {
        START,
        PLAIN,
        QUOTED,
        QUOTE,
        /// Behind a carriage return.
        RETURN
    }

    private final Ear ear;
    private final byte[] text = new byte[TEXT_MAX];
    private int length;
    private boolean cut;
    private int column;
    private In in = In.START;

    CsvScanner(Ear ear) {
        this.ear = ear;
    }

    void take(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count; i++) {
            take(bytes[i]);
        }
    }

    /// A last row without a line break is one all the same.
    void end() {
        expect(in != In.QUOTED && in != In.RETURN);
        if (in != In.START || column > 0) {
            cell();
            row();
        }
    }

    private void take(byte b) {
        if (in == In.QUOTED) {
            if (b == '"') {
                in = In.QUOTE;
            } else {
                put(b);
            }
            return;
        }
        if (in == In.RETURN) {
            expect(b == '\n');
            row();
            return;
        }
        switch (b) {
            case ',' -> {
                cell();
                column++;
                in = In.START;
            }
            case '\r' -> {
                cell();
                in = In.RETURN;
            }
            case '\n' -> {
                cell();
                row();
            }
            case '"' -> quote(b);
            default -> {
                expect(in != In.QUOTE);
                in = In.PLAIN;
                put(b);
            }
        }
    }

    private void quote(byte b) {
        expect(in != In.PLAIN);
        if (in == In.QUOTE) {
            put(b);
        }
        in = In.QUOTED;
    }

    private void cell() {
        ear.cell(column, new String(text, 0, length, StandardCharsets.UTF_8), !cut);
        length = 0;
        cut = false;
    }

    private void row() {
        ear.row(column + 1);
        column = 0;
        in = In.START;
    }

    private void put(byte b) {
        if (length < TEXT_MAX) {
            text[length++] = b;
        } else {
            cut = true;
        }
    }

    private static void expect(boolean so) {
        if (!so) {
            throw Screen.form("This is no CSV.");
        }
    }
}
