package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.Comparator;

/// Sorts ordinals by keys of bytes, without an object per record.
final class Order {
    private Order() {}

    /// By 128-bit keys, unsigned.
    static int[] byKeys(int[] ordinals, long[] highs, long[] lows) {
        return by(
                ordinals,
                highs,
                Comparator.<Integer>comparingLong(n -> highs[n] ^ Long.MIN_VALUE)
                        .thenComparingLong(n -> lows[n] ^ Long.MIN_VALUE));
    }

    /// By texts, byte by byte, unsigned: for UTF-8 the order of Unicode. Equal texts keep their given order.
    static int[] byTexts(int[] ordinals, byte[][] texts, boolean descending) {
        long[] prefixes = new long[ordinals.length];
        for (int n = 0; n < ordinals.length; n++) {
            prefixes[n] = descending ? ~prefix(texts[n]) : prefix(texts[n]);
        }
        Comparator<Integer> byText = (a, b) -> Arrays.compareUnsigned(texts[a], texts[b]);
        return by(ordinals, prefixes, (descending ? byText.reversed() : byText).thenComparing(n -> n));
    }

    /// Sorts by the upper bits of `prefixes` with the place in the lower ones, then settles places whose upper bits are
    /// equal with `full`.
    private static int[] by(int[] ordinals, long[] prefixes, Comparator<Integer> full) {
        int size = ordinals.length;
        int bits = size <= 1 ? 1 : 32 - Integer.numberOfLeadingZeros(size - 1);
        long[] packed = new long[size];
        for (int n = 0; n < size; n++) {
            packed[n] = (prefixes[n] ^ Long.MIN_VALUE) >> bits << bits | n;
        }
        Arrays.sort(packed);
        int[] sorted = new int[size];
        int mask = (1 << bits) - 1;
        for (int from = 0; from < size; ) {
            int to = from + 1;
            while (to < size && packed[to] >> bits == packed[from] >> bits) {
                to++;
            }
            if (to - from > 1) {
                settle(packed, from, to, mask, full);
            }
            from = to;
        }
        for (int n = 0; n < size; n++) {
            sorted[n] = ordinals[(int) packed[n] & mask];
        }
        return sorted;
    }

    private static void settle(long[] packed, int from, int to, int mask, Comparator<Integer> full) {
        Integer[] places = new Integer[to - from];
        for (int n = from; n < to; n++) {
            places[n - from] = (int) packed[n] & mask;
        }
        Arrays.sort(places, full);
        for (int n = from; n < to; n++) {
            packed[n] = packed[n] >> Long.numberOfTrailingZeros(mask + 1L) << Long.numberOfTrailingZeros(mask + 1L)
                    | places[n - from];
        }
    }

    /// The first eight bytes as an unsigned number; shorter texts come first.
    private static long prefix(byte[] text) {
        long prefix = 0;
        for (int n = 0; n < 8; n++) {
            prefix = prefix << 8 | (n < text.length ? text[n] & 0xff : 0);
        }
        return prefix;
    }
}
