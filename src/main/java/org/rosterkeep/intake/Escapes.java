package org.rosterkeep.intake;

/// The way back from a packed text, which is escaped for JSON, to the text.
final class Escapes {
    private Escapes() {}

    static String plain(String packed) {
        if (packed.indexOf('\\') < 0) {
            return packed;
        }
        StringBuilder plain = new StringBuilder(packed.length());
        for (int i = 0; i < packed.length(); i++) {
            char c = packed.charAt(i);
            if (c != '\\') {
                plain.append(c);
            } else if (packed.charAt(++i) == 'u') {
                plain.append((char) Integer.parseInt(packed, i + 1, i + 5, 16));
                i += 4;
            } else {
                plain.append(packed.charAt(i));
            }
        }
        return plain.toString();
    }
}
