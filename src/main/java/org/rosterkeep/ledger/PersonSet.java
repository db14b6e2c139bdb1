package org.rosterkeep.ledger;

import java.util.Arrays;
import java.util.Base64;

/// Ascending ordinals as text: the differences as varints, in base64 for URLs. A cluster of 10,000 takes about
/// 13 KB, one
/// person five characters.
final class PersonSet {
    private PersonSet() {}

    /// @param ordinals ascending, without repetition
    static String text(int[] ordinals) {
        byte[] packed = new byte[5 * ordinals.length];
        int size = 0;
        int last = 0;
        for (int ordinal : ordinals) {
            int delta = ordinal - last;
            if (delta < 0) {
                throw new IllegalArgumentException("the ordinals of an entry ascend");
            }
            while (delta > 0x7f) {
                packed[size++] = (byte) (delta | 0x80);
                delta >>>= 7;
            }
            packed[size++] = (byte) delta;
            last = ordinal;
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(packed, size));
    }

    static int[] ordinals(String text) {
        byte[] packed;
        try {
            packed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "a record's list of persons is not in its form", e);
        }
        int[] ordinals = new int[packed.length];
        int count = 0;
        int last = 0;
        int delta = 0;
        int shift = 0;
        for (byte b : packed) {
            delta |= (b & 0x7f) << shift;
            shift += 7;
            if (b >= 0) {
                last += delta;
                ordinals[count++] = last;
                delta = 0;
                shift = 0;
            }
        }
        return Arrays.copyOf(ordinals, count);
    }
}
