package org.rosterkeep.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;

/// The secret of a recovery kit: 128 random bits, written down as thirteen words of which the last bits are a check.
/// The appliance keeps the public key that is made from it and never the code itself.
public final class KitCode implements AutoCloseable {
    /// How many words a kit has: 128 bits and 15 bits of check, eleven bits a word.
    public static final int WORDS = 13;

    private static final int LENGTH = 16;
    private static final int WORD_BITS = 11;
    private static final int SHORTEST = 4;
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
        List<String> given = Arrays.stream(typed.toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (given.size() != WORDS) {
            throw misread("a kit has " + WORDS + " words, and " + given.size() + " were given");
        }
        List<String> list = list();
        byte[] bits = new byte[(WORDS * WORD_BITS + 7) / 8];
        for (int i = 0; i < WORDS; i++) {
            int index = index(list, given.get(i));
            if (index < 0) {
                throw misread("word " + (i + 1) + " is not on the list of words");
            }
            for (int bit = 0; bit < WORD_BITS; bit++) {
                int at = i * WORD_BITS + bit;
                bits[at / 8] |= (byte) ((index >> (WORD_BITS - 1 - bit) & 1) << (7 - at % 8));
            }
        }
        KitCode code = new KitCode(Arrays.copyOf(bits, LENGTH));
        boolean sound = Arrays.equals(bits, code.bits());
        Arrays.fill(bits, (byte) 0);
        if (!sound) {
            code.close();
            throw misread("the words do not belong together: one of them is another word");
        }
        return code;
    }

    private static int index(List<String> list, String word) {
        int exact = list.indexOf(word);
        if (exact >= 0 || word.length() < SHORTEST) {
            return exact;
        }
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).startsWith(word)) {
                return i;
            }
        }
        return -1;
    }

    private static KeyFault misread(String why) {
        return new KeyFault(KeyFault.Code.KIT_MISREAD, why);
    }

    /// The words, to be printed once and kept by people.
    public List<String> words() {
        List<String> list = list();
        byte[] bits = bits();
        List<String> words = new ArrayList<>();
        for (int i = 0; i < WORDS; i++) {
            int index = 0;
            for (int bit = 0; bit < WORD_BITS; bit++) {
                int at = i * WORD_BITS + bit;
                index = index << 1 | bits[at / 8] >> (7 - at % 8) & 1;
            }
            words.add(list.get(index));
        }
        Arrays.fill(bits, (byte) 0);
        return List.copyOf(words);
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

    X25519PrivateKeyParameters key() {
        byte[] seed = Derivation.key(code, "recovery kit key");
        try {
            return new X25519PrivateKeyParameters(seed, 0);
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

    private static List<String> list() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(KitCode.class.getResourceAsStream("words.txt"), "words.txt is part of us"),
                StandardCharsets.US_ASCII))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
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
