package org.rosterkeep.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;

/// The secret of a recovery kit: 128 random bits, written down as thirteen words of which the last bits are a check.
/// The appliance keeps the public key that is made from it and never the code itself.
public final class KitCode implements AutoCloseable {
    /// How many words a kit has: 128 bits and 15 bits of check, eleven bits a word.
    public static final int WORDS = 13;

    private static final int LENGTH = 16;
    private static final int ID_BYTES = 5;
    /// Crockford's: without letters that are read as digits.
    private static final String ID_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final byte[] code;

    private KitCode(byte[] code) {
        this.code = code;
    }

    /// A new one.
    public static KitCode fresh(SecureRandom random) {
        byte[] code = new byte[LENGTH];
        random.nextBytes(code);
        return new KitCode(code);
    }

    /// Reads the words as a person typed them: in capitals or not, on any number of lines, with their numbers or
    /// without; the first four letters of each are enough.
    ///
    /// @throws KeyFault `KIT_MISREAD`, which tells the number of the word and never the word
    public static KitCode read(String typed) {
        byte[] bits = WordList.read(typed, WORDS, "a kit", KeyFault.Code.KIT_MISREAD);
        KitCode code = new KitCode(Arrays.copyOf(bits, LENGTH));
        boolean sound = Arrays.equals(bits, code.bits());
        Arrays.fill(bits, (byte) 0);
        if (!sound) {
            code.close();
            throw misread("the words do not belong together: one of them is another word");
        }
        return code;
    }

    private static KeyFault misread(String why) {
        return new KeyFault(KeyFault.Code.KIT_MISREAD, why);
    }

    /// The words, to be printed once and kept by people.
    public List<String> words() {
        byte[] bits = bits();
        try {
            return WordList.words(bits, WORDS);
        } finally {
            Arrays.fill(bits, (byte) 0);
        }
    }

    /// What the kit is called: everybody may know it, and it tells a wrong kit before anything is tried.
    public String id() {
        byte[] hash = Derivation.key(code, "recovery kit id");
        StringBuilder id = new StringBuilder();
        long bits = 0;
        for (int i = 0; i < ID_BYTES; i++) {
            bits = bits << 8 | hash[i] & 0xff;
        }
        for (int shift = ID_BYTES * 8 - 5; shift >= 0; shift -= 5) {
            id.append(ID_LETTERS.charAt((int) (bits >> shift & 31)));
            if (shift == 20) {
                id.append('-');
            }
        }
        return id.toString();
    }

    /// @param like the length of the public key it belongs to
    BoxKey key(int like) {
        byte[] seed = Derivation.key(code, "recovery kit key");
        try {
            return BoxKey.of(seed, like);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /// The code and its check: 143 bits and a zero.
    private byte[] bits() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("rosterkeep recovery kit".getBytes(StandardCharsets.US_ASCII));
            byte[] check = digest.digest(code);
            byte[] bits = Arrays.copyOf(code, LENGTH + 2);
            bits[LENGTH] = check[0];
            bits[LENGTH + 1] = (byte) (check[1] & 0xfe);
            return bits;
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no SHA-256", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(code, (byte) 0);
    }

    /// Never the words.
    @Override
    public String toString() {
        return "recovery kit " + id();
    }
}
