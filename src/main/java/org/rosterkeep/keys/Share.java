package org.rosterkeep.keys;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// One of several shares of a secret, as it is written down: sixteen words that hold its number, its set, its
/// part of the
/// secret, and two bytes of check.
///
/// @param number from 1
/// @param set which set it belongs to; everybody may know it
/// @param part the caller's to wipe
public record Share(int number, String set, byte[] part) implements AutoCloseable {
    /// How many words a share has: eleven bits each.
    public static final int WORDS = 16;

    /// How many bytes of the secret a share holds: as many as the secret has.
    static final int PART = 16;

    private static final int SET = 3;
    private static final int CHECK = 2;

    /// Reads the words as a person typed them.
    ///
    /// @throws KeyFault `SHARE_MISREAD`, which tells the number of the word and never the word
    public static Share read(String typed) {
        byte[] bits = WordList.read(typed, WORDS, "a share", KeyFault.Code.SHARE_MISREAD);
        byte[] open = Arrays.copyOf(bits, 1 + SET + PART);
        try {
            byte[] check = Arrays.copyOfRange(bits, open.length, open.length + CHECK);
            if (!MessageDigest.isEqual(check, check(open))) {
                throw new KeyFault(
                        KeyFault.Code.SHARE_MISREAD, "the words do not belong together: one of them is another word");
            }
            return new Share(
                    open[0] & 0xff,
                    HexFormat.of().withUpperCase().formatHex(open, 1, 1 + SET),
                    Arrays.copyOfRange(open, 1 + SET, open.length));
        } finally {
            Arrays.fill(bits, (byte) 0);
            Arrays.fill(open, (byte) 0);
        }
    }

    /// The words, to be printed once and kept by one person.
    public List<String> words() {
        byte[] open = new byte[1 + SET + PART];
        open[0] = (byte) number;
        System.arraycopy(HexFormat.of().parseHex(set), 0, open, 1, SET);
        System.arraycopy(part, 0, open, 1 + SET, PART);
        byte[] bits = Arrays.copyOf(open, open.length + CHECK);
        System.arraycopy(check(open), 0, bits, open.length, CHECK);
        try {
            return WordList.words(bits, WORDS);
        } finally {
            Arrays.fill(bits, (byte) 0);
            Arrays.fill(open, (byte) 0);
        }
    }

    /// By which a share is known again without telling anything of it.
    String mark() {
        byte[] secret = Arrays.copyOf(part, PART + 1);
        secret[PART] = (byte) number;
        try {
            return HexFormat.of().formatHex(Derivation.key(secret, "rosterkeep share mark " + set), 0, 8);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static byte[] check(byte[] open) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("rosterkeep share".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(open), CHECK);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no SHA-256", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(part, (byte) 0);
    }

    /// Never the part.
    @Override
    public String toString() {
        return "share " + number + " of set " + set;
    }
}
