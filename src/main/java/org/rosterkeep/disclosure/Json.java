package org.rosterkeep.disclosure;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads back what a [Form] wrote: objects, arrays and texts; `true` and `false` become texts. Nothing else is
/// understood,
/// because nothing else is written.
final class Json {
    private final byte[] bytes;
    private int at;

    /// One node.
    sealed interface Node {
        record Text(String value) implements Node {}

        record Items(List<Node> items) implements Node {}

        record Properties(Map<String, Node> properties) implements Node {}
    }

    private Json(byte[] bytes) {
        this.bytes = bytes;
    }

    static Node read(byte[] bytes) {
        return new Json(bytes).node();
    }

    private Node node() {
        return switch (bytes[at]) {
            case '{' -> properties();
            case '[' -> items();
            case '"' -> new Node.Text(text());
            default -> new Node.Text(word());
        };
    }

    private Node properties() {
        Map<String, Node> properties = new LinkedHashMap<>();
        at++;
        while (bytes[at] != '}') {
            if (bytes[at] == ',') {
                at++;
            }
            String name = text();
            at++;
            properties.put(name, node());
        }
        at++;
        return new Node.Properties(properties);
    }

    private Node items() {
        List<Node> items = new ArrayList<>();
        at++;
        while (bytes[at] != ']') {
            if (bytes[at] == ',') {
                at++;
            }
            items.add(node());
        }
        at++;
        return new Node.Items(items);
    }

    private String word() {
        int start = at;
        while (at < bytes.length && bytes[at] >= 'a' && bytes[at] <= 'z') {
            at++;
        }
        return new String(bytes, start, at - start, StandardCharsets.US_ASCII);
    }

    private String text() {
        int start = ++at;
        boolean escaped = false;
        while (bytes[at] != '"') {
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        String raw = new String(bytes, start, at - start, StandardCharsets.UTF_8);
        at++;
        return escaped ? unescape(raw) : raw;
    }

    private static String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int n = 0; n < raw.length(); n++) {
            char c = raw.charAt(n);
            if (c != '\\') {
                text.append(c);
            } else if (raw.charAt(n + 1) == 'u') {
                text.append((char) Integer.parseInt(raw.substring(n + 2, n + 6), 16));
                n += 5;
            } else {
                text.append(raw.charAt(++n));
            }
        }
        return text.toString();
    }
}
