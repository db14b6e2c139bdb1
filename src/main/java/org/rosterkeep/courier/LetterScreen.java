package org.rosterkeep.courier;

/// A mail: an object with a subject and lines, of plain characters. It tells of the appliance and of nobody;
/// what it cannot have at all is the address of a person, a long word that could be a secret, or a line of a header.
final class LetterScreen implements Screen, JsonScanner.Ear {
    static final int BYTES_MAX = 1 << 15;
    private static final int SUBJECT_MAX = 120;
    private static final int LINE_MAX = 200;
    private static final int LINES_MAX = 250;
    private static final int WORD_MAX = 120;

    private final JsonScanner scanner = new JsonScanner(this);
    private int depth;
    private int bytes;
    private int lines;
    private String member = "";

    @Override
    public void take(byte[] piece, int from, int length) {
        bytes += length;
        expect(bytes <= BYTES_MAX);
        scanner.take(piece, from, length);
    }

    @Override
    public void end() {
        scanner.end();
    }

    @Override
    public void open(boolean object) {
        depth++;
        expect(object ? depth == 1 : depth == 2 && member.equals("lines"));
    }

    @Override
    public void close() {
        depth--;
    }

    @Override
    public void name(String name) {
        if (!name.equals("subject") && !name.equals("lines")) {
            throw Screen.field("A mail has a member that is not on its list.");
        }
        member = name;
    }

    @Override
    public void value(String text, boolean quoted, boolean whole) {
        boolean subject = member.equals("subject");
        lines += subject ? 0 : 1;
        expect(depth == (subject ? 1 : 2) && quoted && whole && lines <= LINES_MAX);
        expect(text.length() <= (subject ? SUBJECT_MAX : LINE_MAX));
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            word = c == ' ' ? 0 : word + 1;
            expect(c != '@' && word <= WORD_MAX && c >= ' ' && c <= '~');
        }
    }

    private static void expect(boolean so) {
        if (!so) {
            throw Screen.form("This is no mail about the appliance.");
        }
    }
}
