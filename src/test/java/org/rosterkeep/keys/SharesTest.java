package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Shares of a secret: what they bring out together, and what is found out of wrong ones.
class SharesTest {
    private final SecureRandom random = new SecureRandom();

    private static KeyFault fault(Runnable act) {
        return assertThrows(KeyFault.class, act::run);
    }

    private static String message(KeyFault fault) {
        return String.valueOf(fault.getMessage());
    }

    /// Every choice of `k` of these.
    private static List<List<Share>> choices(List<Share> all, int k) {
        if (k == 0) {
            return List.of(List.of());
        }
        var found = new ArrayList<List<Share>>();
        for (int i = 0; i <= all.size() - k; i++) {
            for (var rest : choices(all.subList(i + 1, all.size()), k - 1)) {
                var one = new ArrayList<Share>();
                one.add(all.get(i));
                one.addAll(rest);
                found.add(one);
            }
        }
        return found;
    }

    @Test
    @DisplayName(
            "any k of n bring the same secret out, in any order, for every small k and n; fewer are told to be too few")
    void every() {
        for (int of = 2; of <= 6; of++) {
            for (int needed = 2; needed <= of; needed++) {
                try (var shares = Shares.split(needed, of, random)) {
                    var parameters = shares.parameters(random);
                    var facts = Shares.Facts.of(parameters);
                    byte[] key = shares.wrappingKey(parameters);
                    for (var some : choices(shares.shares(), needed)) {
                        try (var whole = Shares.gathered(some.reversed(), facts)) {
                            assertArrayEquals(key, whole.wrappingKey(parameters));
                        }
                    }
                    var few = shares.shares().subList(0, needed - 1);
                    assertEquals(
                            KeyFault.Code.WRONG_SHARE,
                            fault(() -> Shares.gathered(few, facts)).code());
                    try (var all = Shares.gathered(shares.shares(), facts)) {
                        assertArrayEquals(key, all.wrappingKey(parameters));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("the same share twice is one share")
    void twice() {
        try (var shares = Shares.split(2, 3, random)) {
            var facts = Shares.Facts.of(shares.parameters(random));
            var one = shares.shares().getFirst();
            assertEquals(
                    KeyFault.Code.WRONG_SHARE,
                    fault(() -> Shares.gathered(List.of(one, one), facts)).code());
        }
    }

    @Test
    @DisplayName("a share is read from its words: in capitals, numbered, by four letters each")
    void words() {
        try (var shares = Shares.split(3, 5, random)) {
            for (var share : shares.shares()) {
                var words = share.words();
                assertEquals(Share.WORDS, words.size());
                var typed = new StringBuilder();
                for (int i = 0; i < words.size(); i++) {
                    var word = words.get(i);
                    typed.append(i + 1)
                            .append(' ')
                            .append(word.substring(0, Math.min(4, word.length()))
                                    .toUpperCase(Locale.ROOT))
                            .append('\n');
                }
                var read = Share.read(typed.toString());
                assertEquals(share.number(), read.number());
                assertEquals(share.set(), read.set());
                assertArrayEquals(share.part(), read.part());
            }
        }
    }

    @Test
    @DisplayName("a word misread is told before anything is tried, and never repeated")
    void misread() {
        try (var shares = Shares.split(2, 2, random)) {
            var words = new ArrayList<>(shares.shares().getFirst().words());
            words.set(6, words.get(6).equals("zoo") ? "abandon" : "zoo");
            assertEquals(
                    KeyFault.Code.SHARE_MISREAD,
                    fault(() -> Share.read(String.join(" ", words))).code());
            words.set(6, "xylophone");
            var told = fault(() -> Share.read(String.join(" ", words)));
            assertTrue(message(told).contains("word 7") && !message(told).contains("xylophone"), message(told));
            assertEquals(
                    KeyFault.Code.SHARE_MISREAD,
                    fault(() -> Share.read("zoo zoo")).code());
        }
    }

    @Test
    @DisplayName("a share of another set is told by both sets, a forged one by its number")
    void wrong() {
        try (var shares = Shares.split(2, 3, random);
                var others = Shares.split(2, 3, random)) {
            var facts = Shares.Facts.of(shares.parameters(random));
            var stranger = fault(() -> facts.check(others.shares().getFirst()));
            assertEquals(KeyFault.Code.WRONG_SHARE, stranger.code());
            assertTrue(message(stranger).contains(others.shares().getFirst().set())
                    && message(stranger).contains(facts.set()));
            var part = shares.shares().get(1).part().clone();
            part[5] ^= 1;
            var forged = new Share(2, facts.set(), part);
            // Its own words are in order: only the set knows.
            var read = Share.read(String.join(" ", forged.words()));
            assertTrue(message(fault(() -> facts.check(read))).contains("share 2"));
            var moved = new Share(3, facts.set(), shares.shares().get(1).part());
            assertTrue(message(fault(() -> facts.check(moved))).contains("share 3"));
            var beyond = new Share(9, facts.set(), part);
            assertEquals(
                    KeyFault.Code.WRONG_SHARE, fault(() -> facts.check(beyond)).code());
        }
    }

    @Test
    @DisplayName("numbers that make no sense are refused, in a call and in the key file")
    void bounds() {
        for (var pair : List.of(new int[] {1, 3}, new int[] {4, 3}, new int[] {0, 0}, new int[] {2, 33})) {
            fault(() -> Shares.split(pair[0], pair[1], random));
        }
        for (var text : List.of(
                "shamir set=AB needed=1 marks=a,b s=00",
                "shamir set=AB needed=3 marks=a,b s=00",
                "shamir set=AB needed=x marks=a,b s=00",
                "argon2id m=1 t=1 p=1 s=00")) {
            assertEquals(
                    KeyFault.Code.DAMAGED, fault(() -> Shares.Facts.of(text)).code());
        }
    }

    @Test
    @DisplayName("a share says nothing of the secret: over many splittings every byte of it takes hundreds of values")
    void tellsNothing() {
        var seen = new HashSet<Integer>();
        for (int i = 0; i < 2_000; i++) {
            try (var shares = Shares.split(2, 2, random)) {
                seen.add((int) shares.shares().getFirst().part()[0]);
                assertFalse(shares.parameters(random)
                        .contains(shares.shares().getFirst().toString()));
            }
        }
        assertTrue(seen.size() > 200, seen.size() + " values");
    }
}
