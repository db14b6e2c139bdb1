package org.rosterkeep.ledger;

import java.nio.charset.StandardCharsets;

/// Reads the canonical JSON of a payload, a step at a time. Strict: what [Text] would not have written is refused.
/// A parser of our own because the first thing a start does is to read up to a thousand records, and because the
/// question "who received what" reads millions.
final class Scan {
    private final byte[] bytes;
    private int at;

    Scan(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Steps over this character.
    Scan expect(char wanted) {
        if (at >= bytes.length || bytes[at] != wanted) {
            throw unreadable();
        }
        at++;
        return this;
    }

    /// Inside an object or an array: true when another element follows (and steps over the comma), false at the end
    /// (and steps over the closing mark).
    boolean more(char close) {
        if (at >= bytes.length) {
            throw unreadable();
        }
        if (bytes[at] == close) {
            at++;
            return false;
        }
        if (bytes[at] == ',') {
            at++;
        }
        return true;
    }

    /// A member's name, and the colon behind it.
    String key() {
        String key = string();
        expect(':');
        return key;
    }

    boolean atString() {
        return at('"');
    }

    boolean at(char wanted) {
        return at < bytes.length && bytes[at] == wanted;
    }

    String string() {
        expect('"');
        int start = at;
        boolean plain = true;
        while (at < bytes.length && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                plain = false;
                at++;
            }
            at++;
        }
        int end = at;
        expect('"');
        return plain ? new String(bytes, start, end - start, StandardCharsets.UTF_8) : unescaped(start, end);
    }

    long number() {
        boolean negative = at < bytes.length && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int start = at;
        long value = 0;
        while (at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9') {
            value = 10 * value + (bytes[at++] - '0');
        }
        if (at == start || at - start > 18) {
            throw unreadable();
        }
        return negative ? -value : value;
    }

    /// Steps over any value and returns it as it is written.
    String raw() {
        int start = at;
        skip();
        return new String(bytes, start, at - start, StandardCharsets.UTF_8);
    }

    private void skipString() {
        expect('"');
        while (at < bytes.length && bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        expect('"');
    }

    /// Steps over any value.
    void skip() {
        if (atString()) {
            skipString();
        } else if (at('{') || at('[')) {
            char close = bytes[at] == '{' ? '}' : ']';
            at++;
            while (more(close)) {
                if (close == '}') {
                    key();
                }
                skip();
            }
        } else {
            number();
        }
    }

    /// Demands that nothing follows.
    void end() {
        if (at != bytes.length) {
            throw unreadable();
        }
    }

    private String unescaped(int start, int end) {
        byte[] plain = new byte[end - start];
        int to = 0;
        for (int from = start; from < end; from++) {
            if (bytes[from] != '\\') {
                plain[to++] = bytes[from];
            } else if (bytes[from + 1] != 'u') {
                plain[to++] = bytes[++from];
            } else if (from + 5 < end) {
                plain[to++] = (byte) (Character.digit(bytes[from + 4], 16) << 4 | Character.digit(bytes[from + 5], 16));
                from += 5;
            } else {
                throw unreadable();
            }
        }
        return new String(plain, 0, to, StandardCharsets.UTF_8);
    }

    private static LedgerFault unreadable() {
        return new LedgerFault(LedgerFault.Code.UNREADABLE, "a record of the ledger is not in its form");
    }
}
