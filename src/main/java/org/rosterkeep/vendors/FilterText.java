package org.rosterkeep.vendors;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.rosterkeep.disclosure.Filter;

/// Reads a `filter` (OneRoster section 4.1) once, from the left. The grammar leaves much open; what is accepted is what
/// clients in the field send: AND before OR, any number of spaces, `''` and `\'` for a quote inside a value,
/// and numbers,
/// booleans and dates without quotes.
final class FilterText {
    /// More clauses are refused (security.md section 5.5).
    static final int CLAUSES_MAX = 8;
    /// Longer texts are refused, counted as UTF-8.
    static final int BYTES_MAX = 1024;

    private static final Pattern BARE = Pattern.compile(
            "true|false|[+-]?\\d{1,18}(\\.\\d{1,9})?|\\d{4}-\\d{2}-\\d{2}(T[0-9:.]{5,18}(Z|[+-]\\d{2}:\\d{2})?)?");
    /// A `+` that was not percent-encoded arrives as a space; in a date-time it can only have been an offset's sign.
    private static final Pattern LOST_PLUS = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]{5,18} \\d{2}:\\d{2}");

    private final String text;
    private int at;

    private FilterText(String text) {
        this.text = text;
    }

    /// The filter, or empty when the text is not one.
    static Optional<Filter> parse(String text) {
        if (text.length() > BYTES_MAX || text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            return Optional.empty();
        }
        return new FilterText(text).read();
    }

    private Optional<Filter> read() {
        List<List<Filter>> alternatives = new ArrayList<>();
        alternatives.add(new ArrayList<>());
        int clauses = 0;
        while (true) {
            Optional<Filter.Clause> clause = clause();
            if (clause.isEmpty() || ++clauses > CLAUSES_MAX) {
                return Optional.empty();
            }
            alternatives.getLast().add(clause.get());
            int end = at;
            spaces();
            if (at == text.length()) {
                return Optional.of(joined(alternatives));
            }
            if (at == end) {
                return Optional.empty();
            }
            if (word("OR")) {
                alternatives.add(new ArrayList<>());
            } else if (!word("AND")) {
                return Optional.empty();
            }
        }
    }

    private static Filter joined(List<List<Filter>> alternatives) {
        List<Filter> parts = alternatives.stream()
                .map(all -> all.size() == 1 ? all.getFirst() : new Filter.And(all))
                .toList();
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }

    private Optional<Filter.Clause> clause() {
        spaces();
        Optional<String> field = field();
        spaces();
        Optional<Filter.Op> op = field.isEmpty() ? Optional.empty() : op();
        spaces();
        Optional<String> value = op.isEmpty() ? Optional.empty() : value();
        return value.map(v -> new Filter.Clause(field.orElseThrow(), op.orElseThrow(), v));
    }

    private Optional<String> field() {
        int start = at;
        while (at < text.length() && (nameCharacter(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        String field = text.substring(start, at);
        boolean whole = !field.isEmpty() && !field.startsWith(".") && !field.endsWith(".") && !field.contains("..");
        return whole ? Optional.of(field) : Optional.empty();
    }

    private static boolean nameCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-';
    }

    private Optional<Filter.Op> op() {
        Filter.Op op = switch (at < text.length() ? text.charAt(at) : 0) {
            case '=' -> Filter.Op.EQ;
            case '~' -> Filter.Op.CONTAINS;
            case '>' -> followedByEquals() ? Filter.Op.GE : Filter.Op.GT;
            case '<' -> followedByEquals() ? Filter.Op.LE : Filter.Op.LT;
            case '!' -> followedByEquals() ? Filter.Op.NE : null;
            default -> null;
        };
        if (op == null) {
            return Optional.empty();
        }
        at += op == Filter.Op.GE || op == Filter.Op.LE || op == Filter.Op.NE ? 2 : 1;
        return Optional.of(op);
    }

    private boolean followedByEquals() {
        return at + 1 < text.length() && text.charAt(at + 1) == '=';
    }

    private Optional<String> value() {
        if (at < text.length() && text.charAt(at) == '\'') {
            at++;
            return quoted();
        }
        int start = at;
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        String bare = text.substring(start, at);
        return BARE.matcher(bare).matches() ? Optional.of(bare) : Optional.empty();
    }

    private Optional<String> quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            boolean quoteNext = at < text.length() && text.charAt(at) == '\'';
            if (quoteNext && (c == '\'' || c == '\\')) {
                value.append('\'');
                at++;
            } else if (c == '\'') {
                return Optional.of(plusRestored(value.toString()));
            } else {
                value.append(c);
            }
        }
        return Optional.empty();
    }

    private static String plusRestored(String value) {
        return LOST_PLUS.matcher(value).matches() ? value.replace(' ', '+') : value;
    }

    private boolean word(String word) {
        if (!text.startsWith(word + " ", at)) {
            return false;
        }
        at += word.length() + 1;
        return true;
    }

    private void spaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
