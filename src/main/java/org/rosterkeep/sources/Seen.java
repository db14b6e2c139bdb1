package org.rosterkeep.sources;

/// Which records of a list came already: eight bytes of each, because a list may have millions.
final class Seen {
    private long[] slots = new long[1024];
    private int size;

    /// @return whether it was not there yet
    boolean add(String id) {
        long hash = hash(id);
        if (size * 2 >= slots.length) {
            grow();
        }
        if (!place(slots, hash)) {
            return false;
        }
        size++;
        return true;
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] more = new long[slots.length * 2];
        for (long one : slots) {
            if (one != 0) {
                place(more, one);
            }
        }
        slots = more;
    }

    private static boolean place(long[] into, long hash) {
        int at = (int) (hash >>> 20) & (into.length - 1);
        while (into[at] != 0) {
            if (into[at] == hash) {
                return false;
            }
            at = at + 1 & into.length - 1;
        }
        into[at] = hash;
        return true;
    }

    /// FNV-1a, stirred once more; never 0.
    private static long hash(String id) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0x9e3779b97f4a7c15L;
        return hash == 0 ? 1 : hash;
    }
}
