package org.rosterkeep.intake;

import java.util.Arrays;

/// Fingerprints of ids that are no records of their own (roles, profiles), and the numbers given to them in order of
/// first sight within one import. 64 bits: among ten million ids two share one by chance once in some 300,000 imports.
final class Marks {
    private long[] slots = new long[1 << 12];
    private int[] numbers = new int[1 << 12];
    private int size;

    /// The fingerprint, never 0.
    static long of(String id) {
        long mark = 0xcbf29ce484222325L;
        for (int i = 0; i < id.length(); i++) {
            mark = (mark ^ id.charAt(i)) * 0x9e3779b97f4a7c15L;
            mark ^= mark >>> 32;
        }
        mark = (mark ^ mark >>> 29) * 0xbf58476d1ce4e5b9L;
        mark ^= mark >>> 32;
        return mark == 0 ? 1 : mark;
    }

    /// How a row carries it.
    static String text(long mark) {
        return Long.toUnsignedString(mark, Character.MAX_RADIX);
    }

    /// The number of this fingerprint, a new one at first sight.
    int number(long mark) {
        if (size * 2 > slots.length) {
            grow();
        }
        int at = place(mark);
        if (slots[at] == 0) {
            slots[at] = mark;
            numbers[at] = size++;
        }
        return numbers[at];
    }

    private int place(long mark) {
        int at = (int) mark & slots.length - 1;
        while (slots[at] != 0 && slots[at] != mark) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    private void grow() {
        long[] oldSlots = slots;
        int[] oldNumbers = numbers;
        slots = new long[oldSlots.length * 2];
        numbers = Arrays.copyOf(numbers, slots.length);
        for (int i = 0; i < oldSlots.length; i++) {
            if (oldSlots[i] != 0) {
                int at = place(oldSlots[i]);
                slots[at] = oldSlots[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }
}
