package org.rosterkeep.keys;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// Bits as words that people write down and type: 2048 words, eleven bits each, no two with the same first four
/// letters.
final class WordList {
    private static final int WORD_BITS = 11;
    private static final int SHORTEST = 4;

    private WordList() {}

    /// Reads words as a person typed them: in capitals or not, on any number of lines, with their numbers or without;
    /// the first four letters of each are enough.
    ///
    /// @throws KeyFault with this code, which tells the number of the word and never the word
    static byte[] read(String typed, int words, String what, KeyFault.Code misread) {
        List<String> given = Arrays.stream(typed.toLowerCase(Locale.ROOT).split("[^a-z]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
        if (given.size() != words) {
            throw new KeyFault(misread, what + " has " + words + " words, and " + given.size() + " were given");
        }
        List<String> list = list();
        byte[] bits = new byte[(words * WORD_BITS + 7) / 8];
        for (int i = 0; i < words; i++) {
            int index = index(list, given.get(i));
            if (index < 0) {
                throw new KeyFault(misread, "word " + (i + 1) + " is not on the list of words");
            }
            for (int bit = 0; bit < WORD_BITS; bit++) {
                int at = i * WORD_BITS + bit;
                bits[at / 8] |= (byte) ((index >> (WORD_BITS - 1 - bit) & 1) << (7 - at % 8));
            }
        }
        return bits;
    }

    static List<String> words(byte[] bits, int words) {
        List<String> list = list();
        List<String> told = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            int index = 0;
            for (int bit = 0; bit < WORD_BITS; bit++) {
                int at = i * WORD_BITS + bit;
                index = index << 1 | bits[at / 8] >> (7 - at % 8) & 1;
            }
            told.add(list.get(index));
        }
        return List.copyOf(told);
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

    private static List<String> list() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(WordList.class.getResourceAsStream("words.txt"), "words.txt is part of us"),
                StandardCharsets.US_ASCII))) {
            return in.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
