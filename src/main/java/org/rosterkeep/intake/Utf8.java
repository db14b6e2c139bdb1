package org.rosterkeep.intake;

/// Whether bytes are UTF-8 as Unicode 17 table 3-7 has it: no overlong forms, no surrogates, nothing past U+10FFFF.
final class Utf8 {
    private Utf8() {}

    /// Also false for U+FFFD, which only ever stands where a value was lost before.
    static boolean wellFormed(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int first = bytes[at++];
            if (first >= 0) {
                continue;
            }
            int more = first >= (byte) 0xf0 ? 3 : first >= (byte) 0xe0 ? 2 : 1;
            if (first < (byte) 0xc2 || first > (byte) 0xf4 || to - at < more) {
                return false;
            }
            int second = bytes[at] & 0xff;
            boolean fits = switch (first & 0xff) {
                case 0xe0 -> second >= 0xa0;
                case 0xed -> second < 0xa0;
                case 0xf0 -> second >= 0x90;
                case 0xf4 -> second < 0x90;
                default -> true;
            };
            if (!fits) {
                return false;
            }
            for (int i = 0; i < more; i++) {
                if ((bytes[at + i] & 0xc0) != 0x80) {
                    return false;
                }
            }
            if ((first & 0xff) == 0xef && second == 0xbf && (bytes[at + 1] & 0xff) == 0xbd) {
                return false;
            }
            at += more;
        }
        return true;
    }
}
