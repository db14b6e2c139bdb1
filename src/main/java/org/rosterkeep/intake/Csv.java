package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// A table of comma-separated values (RFC 4180), read from bytes, one row at a time, in constant memory. It works on
/// bytes because a row that is not UTF-8 must be told apart from one that is, which decoding first would hide.
///
/// Blank lines are no rows. A cell longer than the limit is cut and marked; zero bytes end everything.
final class Csv implements AutoCloseable {
    private static final int NOTHING = -1;

    private final InputStream in;
    private final String file;
    private final int cellMax;
    private final int cellsMax;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private byte[] text = new byte[1 << 12];
    private int used;
    private int cellStart;
    private final int[] ends;
    private int cells;
    private int high;
    private long line = 1;
    private long rowLine = 1;
    private boolean cut;
    private final BitSet cutCells = new BitSet();
    private boolean afterQuote;
    private boolean openQuote;
    private boolean bareEnds;
    private boolean mark;

    Csv(InputStream in, String file, Limits limits) {
        this.in = in;
        this.file = file;
        cellMax = limits.cellBytes();
        cellsMax = limits.columns();
        ends = new int[cellsMax];
        if (fill() && limit >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            mark = true;
            at = 3;
        }
    }

    /// Moves to the next row; false at the end.
    boolean next() {
        cells = 0;
        used = 0;
        high = 0;
        if (cut) {
            cut = false;
            cutCells.clear();
        }
        afterQuote = false;
        if (!skipBlankLines()) {
            return false;
        }
        rowLine = line;
        int end = ',';
        while (end == ',') {
            cellStart = used;
            end = at < limit || fill() ? (buffer[at] == '"' ? quoted() : plain()) : NOTHING;
            if (cells < cellsMax) {
                ends[cells] = used;
            }
            // A line of more than two thousand million commas is a delivery, too.
            cells = cells == Integer.MAX_VALUE ? cells : cells + 1;
        }
        return true;
    }

    private boolean skipBlankLines() {
        while (at < limit || fill()) {
            byte b = buffer[at];
            if (b != '\n' && b != '\r') {
                return true;
            }
            at++;
            end(b);
        }
        return false;
    }

    /// A cell without quotes; returns what ended it.
    private int plain() {
        while (true) {
            int from = at;
            int to = at;
            byte b = 0;
            while (to < limit) {
                b = buffer[to];
                if (b <= ',') {
                    if (b == ',' || b == '\n' || b == '\r') {
                        break;
                    }
                    check(b);
                }
                to++;
            }
            take(from, to);
            if (to < limit) {
                at = to + 1;
                return end(b);
            }
            if (!fill()) {
                return NOTHING;
            }
        }
    }

    /// A cell in quotes; returns what ended it.
    private int quoted() {
        at++;
        while (true) {
            int from = at;
            int to = at;
            while (to < limit && buffer[to] != '"') {
                byte b = buffer[to];
                if (b < ' ') {
                    check(b);
                    line += b == '\n' ? 1 : 0;
                }
                to++;
            }
            take(from, to);
            at = to;
            if (to == limit) {
                if (!fill()) {
                    openQuote = true;
                    return NOTHING;
                }
                continue;
            }
            at++;
            if (at >= limit && !fill()) {
                return NOTHING;
            }
            byte b = buffer[at];
            if (b == '"') {
                take(at, at + 1);
                at++;
            } else if (b == ',' || b == '\n' || b == '\r') {
                at++;
                return end(b);
            } else {
                afterQuote = true;
                return plain();
            }
        }
    }

    private int end(byte b) {
        if (b == ',') {
            return ',';
        }
        line++;
        if (b == '\r' && (at < limit || fill()) && buffer[at] == '\n') {
            at++;
        } else {
            bareEnds = true;
        }
        return NOTHING;
    }

    private void check(byte b) {
        if (b == 0) {
            throw new IntakeFault(FindingCode.NUL_BYTE, file);
        }
        high |= b;
    }

    private void take(int from, int to) {
        int length = Math.min(to - from, cellMax - (used - cellStart));
        if (length < to - from) {
            cut = true;
            cutCells.set(Math.min(cells, cellsMax));
        }
        if (cells >= cellsMax || length <= 0) {
            return;
        }
        if (text.length - used < length) {
            text = Arrays.copyOf(text, Math.max(text.length * 2, used + length));
        }
        System.arraycopy(buffer, from, text, used, length);
        used += length;
    }

    private boolean fill() {
        try {
            int got = in.read(buffer, 0, buffer.length);
            at = 0;
            limit = Math.max(got, 0);
            return got > 0;
        } catch (IOException e) {
            throw new IntakeFault(FindingCode.SOURCE_UNREADABLE, file);
        }
    }

    /// How many cells the row has, also beyond the limit of columns.
    int cells() {
        return cells;
    }

    /// The line the row begins on; the first is 1.
    long line() {
        return rowLine;
    }

    /// Whether a cell of the row was longer than the limit.
    boolean cut() {
        return cut;
    }

    /// Whether text followed a closing quotation mark in the row.
    boolean afterQuote() {
        return afterQuote;
    }

    /// Whether the file ended inside quotation marks, in this row.
    boolean openQuote() {
        return openQuote;
    }

    /// Whether the file began with a byte order mark.
    boolean mark() {
        return mark;
    }

    /// Whether a line so far ended with less than carriage return and line feed.
    boolean bareEnds() {
        return bareEnds;
    }

    /// Whether every cell of the row is well-formed UTF-8, and none carries the sign of an earlier loss (U+FFFD).
    boolean wellFormed() {
        if (high >= 0) {
            return true;
        }
        int from = 0;
        for (int i = 0; i < Math.min(cells, cellsMax); i++) {
            if (!Utf8.wellFormed(text, from, ends[i])) {
                return false;
            }
            from = ends[i];
        }
        return true;
    }

    /// Why the cell cannot be read as text, as a flaw of its row; empty when it can.
    Optional<FindingCode> unreadable(int cell) {
        if (cut && cutCells.get(cell)) {
            return Optional.of(FindingCode.ROW_CELL_TOO_LONG);
        }
        return high >= 0 || Utf8.wellFormed(text, start(cell), end(cell))
                ? Optional.empty()
                : Optional.of(FindingCode.ROW_NOT_UTF8);
    }

    /// The row's bytes; a cell is between [#start(int)] and [#end(int)]. Valid until the next row.
    byte[] bytes() {
        return text;
    }

    int start(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    int end(int cell) {
        return ends[cell];
    }

    /// The text between two places of the row.
    String text(int from, int to) {
        return new String(text, from, to - from, high < 0 ? UTF_8 : ISO_8859_1);
    }

    /// One cell as it stands.
    String cell(int cell) {
        return text(start(cell), end(cell));
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            // Only read from: nothing to lose.
        }
    }
}
