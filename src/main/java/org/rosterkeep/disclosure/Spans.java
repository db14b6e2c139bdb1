package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.List;

/// Where the values of some properties stand in an object that a [Form] wrote. Nothing else is understood, because
/// nothing else is written.
final class Spans {
    private final byte[][] names;
    private final int[] starts;
    private final int[] ends;
    private byte[] json = new byte[0];
    private int at;

    Spans(List<String> properties) {
        names = properties.stream().map(Out::utf8).toArray(byte[][]::new);
        starts = new int[names.length];
        ends = new int[names.length];
    }

    /// Reads the object that begins at `from`; returns where it ends.
    int read(byte[] bytes, int from) {
        json = bytes;
        at = from + 1;
        Arrays.fill(starts, -1);
        while (json[at] != '}') {
            if (json[at] == ',') {
                at++;
            }
            int name = at + 1;
            text();
            int which = named(name, at - 1);
            int value = ++at;
            at = end(json, value);
            if (which >= 0) {
                starts[which] = value;
                ends[which] = at;
            }
        }
        return ++at;
    }

    private int named(int from, int to) {
        for (int n = 0; n < names.length; n++) {
            if (Arrays.equals(names[n], 0, names[n].length, json, from, to)) {
                return n;
            }
        }
        return -1;
    }

    private void text() {
        at = textEnd(json, at);
    }

    boolean has(int property) {
        return starts[property] >= 0;
    }

    int start(int property) {
        return starts[property];
    }

    int end(int property) {
        return ends[property];
    }

    byte[] json() {
        return json;
    }

    /// Behind the text that begins at `from`.
    static int textEnd(byte[] json, int from) {
        int at = from + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    /// Behind the value that begins at `from`.
    static int end(byte[] json, int from) {
        int at = from;
        int depth = 0;
        do {
            switch (json[at]) {
                case '"' -> at = textEnd(json, at);
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                default -> at = depth == 0 ? wordEnd(json, at) : at + 1;
            }
        } while (depth > 0);
        return at;
    }

    private static int wordEnd(byte[] json, int from) {
        int at = from;
        while (json[at] >= 'a' && json[at] <= 'z') {
            at++;
        }
        return at;
    }
}
