package org.rosterkeep.courier;

import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.roster.Entity;

/// A webhook: a small flat object that tells of a change and of nobody.
final class NoticeScreen implements Screen, JsonScanner.Ear {
    private static final int BYTES_MAX = 4096;
    private static final int TEXT_MAX = 256;

    private final JsonScanner scanner = new JsonScanner(this);
    private int depth;
    private int bytes;
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
        expect(object ? depth == 1 : depth == 2 && member.equals("collections"));
    }

    @Override
    public void close() {
        depth--;
    }

    @Override
    public void name(String name) {
        if (!Way.WEBHOOK_MEMBERS.contains(name)) {
            throw Screen.field("A webhook has a member that is not on its list.");
        }
        member = name;
    }

    @Override
    public void value(String text, boolean quoted, boolean whole) {
        expect(depth > 0 && whole && text.length() <= TEXT_MAX);
        expect(depth == 1 || entity(text));
    }

    private static boolean entity(String text) {
        for (Entity one : Entity.values()) {
            if (one.many().equals(text)) {
                return true;
            }
        }
        return false;
    }

    private static void expect(boolean so) {
        if (!so) {
            throw Screen.form("This is no webhook.");
        }
    }
}
