package org.rosterkeep.vault;

import java.util.Arrays;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Relations;

/// Finds the ordinal of a record key among the keys of one entity: open addressing over the columns the relations hold
/// anyway, four bytes a slot. Keys of zero are places that were given to nobody.
final class KeyIndex {
    private long[] high;
    private long[] low;
    private int[] slots;
    private int used;

    private KeyIndex(long[] high, long[] low, int[] slots, int used) {
        this.high = high;
        this.low = low;
        this.slots = slots;
        this.used = used;
    }

    /// Over the first `size` keys of these columns, which it shares.
    static KeyIndex over(long[] high, long[] low, int size) {
        KeyIndex index = new KeyIndex(high, low, new int[capacity(size)], 0);
        for (int ordinal = 0; ordinal < size; ordinal++) {
            if ((high[ordinal] | low[ordinal]) != 0) {
                index.place(ordinal);
            }
        }
        return index;
    }

    /// One that grows without this one noticing.
    KeyIndex copy() {
        return new KeyIndex(high.clone(), low.clone(), slots.clone(), used);
    }

    int find(RecordKey key) {
        int mask = slots.length - 1;
        for (int at = (int) key.high() & mask; slots[at] != 0; at = at + 1 & mask) {
            int ordinal = slots[at] - 1;
            if (high[ordinal] == key.high() && low[ordinal] == key.low()) {
                return ordinal;
            }
        }
        return Relations.NONE;
    }

    /// Gives `ordinal` to a key that has none.
    void add(RecordKey key, int ordinal) {
        if (ordinal >= high.length) {
            int length = Math.max(64, Math.max(ordinal + 1, high.length + (high.length >> 1)));
            high = Arrays.copyOf(high, length);
            low = Arrays.copyOf(low, length);
        }
        high[ordinal] = key.high();
        low[ordinal] = key.low();
        if (used * 2L >= slots.length) {
            grow();
        }
        place(ordinal);
    }

    long[] high() {
        return high;
    }

    long[] low() {
        return low;
    }

    private void place(int ordinal) {
        int mask = slots.length - 1;
        int at = (int) high[ordinal] & mask;
        while (slots[at] != 0) {
            at = at + 1 & mask;
        }
        slots[at] = ordinal + 1;
        used++;
    }

    private void grow() {
        int[] old = slots;
        slots = new int[old.length * 2];
        used = 0;
        for (int each : old) {
            if (each != 0) {
                place(each - 1);
            }
        }
    }

    private static int capacity(int size) {
        return Integer.highestOneBit(Math.max(32, size)) << 2;
    }
}
