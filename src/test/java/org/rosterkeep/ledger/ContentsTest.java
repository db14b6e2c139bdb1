package org.rosterkeep.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.roster.Entity;

@DisplayName("The contents of closed segments")
@Timeout(60)
class ContentsTest {
    private static final int PERSONS = 60;
    private static final Duration STEP = Duration.ofSeconds(40);
    private static final int RECORDS = 700;

    @TempDir
    Path directory;

    private final Samples.Hands clock = new Samples.Hands();

    /// Everybody stands where their ordinal says.
    private static final Spans SPANS = (_, _, _, ordinals) ->
            Optional.of(Arrays.stream(ordinals).asLongStream().toArray());

    private void fill(Path where, long seed) {
        var random = new SplittableRandom(seed);
        try (Ledger ledger = Samples.open(where, clock)) {
            for (int n = 0; n < RECORDS; n++) {
                clock.forward(STEP);
                var client = "c" + random.nextInt(4);
                int first = random.nextInt(PERSONS);
                switch (random.nextInt(8)) {
                    case 0 -> ledger.record("guard.held", "test", Map.of("rule", client));
                    case 1 -> ledger.record("operator.signed-in", "test", Map.of());
                    case 2 -> ledger.append(Samples.refusal(clock.instant(), client, "NO_RULE"));
                    case 3, 4 -> {
                        int[] some =
                                random.ints(5, 0, PERSONS).distinct().sorted().toArray();
                        ledger.append(Samples.entry(clock.instant(), client, new Persons.Listed(Entity.USER, some)));
                    }
                    default ->
                        ledger.append(Samples.entry(
                                clock.instant(), client, new Persons.Span(Entity.USER, first, first + 3)));
                }
            }
        }
    }

    private void forget() throws IOException {
        for (var file : contents()) {
            Files.delete(file);
        }
    }

    private List<Path> contents() throws IOException {
        try (var all = Files.list(directory)) {
            return all.filter(one -> one.toString().endsWith(".contents"))
                    .sorted()
                    .toList();
        }
    }

    /// Pages that read what is there and make nothing.
    private LedgerPages pages(boolean proven) {
        var segments = Segment.in(directory);
        int newest = segments.getLast().number();
        var key = proven ? Samples.SIGNER.publicKey() : new byte[32];
        return new LedgerPages(segments, newest, Long.MAX_VALUE, new Index(directory, key, _ -> {}));
    }

    private int known() {
        var segments = Segment.in(directory);
        return new Index(directory, Samples.SIGNER.publicKey(), _ -> {})
                .of(segments, segments.getLast().number())
                .size();
    }

    private static List<Long> received(LedgerPages pages, int person) {
        return new Disclosures(pages, SPANS, (_, _, _) -> OptionalInt.empty())
                .of(new Disclosures.Person(person, new int[0], new int[0]), Instant.MIN, Instant.MAX).stream()
                        .map(one -> one.disclosed().number())
                        .toList();
    }

    private static List<Long> some(LedgerPages pages, Instant from, Instant until, Set<String> kinds) {
        var found = new ArrayList<Long>();
        pages.some(from, until, kinds, record -> found.add(record.number()));
        return found;
    }

    @Test
    @DisplayName("change no answer: about a person, a client, a time, a kind of act, and whether anything was answered")
    void same() {
        fill(directory, 3);
        assertTrue(known() > 5, "only " + known());
        assertEquals(Segment.in(directory).size() - 1, known());
        var fast = pages(true);
        var whole = pages(false);
        int answers = 0;
        for (int person = 0; person < PERSONS; person++) {
            assertEquals(received(whole, person), received(fast, person));
            answers += received(fast, person).size();
        }
        assertTrue(answers > 1_000, "only " + answers);
        var random = new SplittableRandom(4);
        var spoken = new HashSet<Boolean>();
        for (int n = 0; n < 60; n++) {
            var from = Samples.NOON.plus(STEP.multipliedBy(random.nextInt(RECORDS)));
            var until = from.plus(STEP.multipliedBy(random.nextInt(5)));
            var kinds = n % 2 == 0 ? Set.of("guard.held") : Set.<String>of("operator.made");
            assertEquals(some(whole, from, until, kinds), some(fast, from, until, kinds));
            assertEquals(whole.spoke(from, until), fast.spoke(from, until));
            spoken.add(fast.spoke(from, until));
        }
        assertEquals(Set.of(true, false), spoken);
    }

    /// What somebody does who can write files and has not the ledger's key.
    enum Attack {
        NONE_LEFT,
        CUT_SHORT,
        A_BYTE_CHANGED,
        OF_ANOTHER_SEGMENT,
        OF_ANOTHER_LEDGER,
        SIGNED_WITH_ANOTHER_KEY
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("hide no record from an answer, whatever is done to them")
    void attacked(Attack attack, @TempDir Path other) throws Exception {
        fill(directory, 5);
        fill(other, 6);
        var before = received(pages(false), 7);
        assertEquals(before, received(pages(true), 7));
        var files = contents();
        for (int n = 0; n < files.size(); n++) {
            var file = files.get(n);
            var bytes = Files.readAllBytes(file);
            switch (attack) {
                case NONE_LEFT -> Files.delete(file);
                case CUT_SHORT -> Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
                case A_BYTE_CHANGED -> {
                    bytes[bytes.length - 80]++;
                    Files.write(file, bytes);
                }
                case OF_ANOTHER_SEGMENT -> Files.copy(files.get(0), file, StandardCopyOption.REPLACE_EXISTING);
                case OF_ANOTHER_LEDGER -> replay(other.resolve(file.getFileName()), n + 1);
                case SIGNED_WITH_ANOTHER_KEY -> forge(n + 1);
            }
        }
        assertTrue(known() <= (attack == Attack.OF_ANOTHER_SEGMENT ? 1 : 0), "believed: " + known());
        assertEquals(before, received(pages(true), 7));
    }

    /// Contents that are signed, and fit the file's size, but tell of another ledger.
    private void replay(Path contents, int number) throws IOException {
        var verifier = new LedgerVerifier(Samples.SIGNER.publicKey(), Optional.empty());
        if (!Files.exists(contents)) {
            Files.deleteIfExists(ContentsFile.of(directory, number));
            return;
        }
        var theirs = ContentsFile.read(contents.getParent(), number, verifier).orElseThrow();
        var fitting = new Contents(
                number,
                theirs.before(),
                theirs.end(),
                Files.size(Segment.packed(directory, number)),
                theirs.parts(),
                theirs.kinds(),
                theirs.lists(),
                theirs.bearings());
        ContentsFile.write(directory, fitting, Samples.SIGNER);
    }

    /// Contents that are right in everything but that they have no answers.
    private void forge(int number) throws Exception {
        var verifier = new LedgerVerifier(Samples.SIGNER.publicKey(), Optional.empty());
        var right = ContentsFile.read(directory, number, verifier).orElseThrow();
        var nobody = new Bearings();
        right.parts().forEach(_ -> nobody.close());
        var forged = new Contents(
                number,
                right.before(),
                right.end(),
                right.size(),
                right.parts(),
                right.kinds(),
                List.of(),
                nobody.bytes());
        var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        ContentsFile.write(directory, forged, Signer.of(key));
    }

    @Test
    @DisplayName("do not vouch for a segment that was changed: it is read whole, and the damage is told")
    void segmentChanged() throws IOException {
        fill(directory, 8);
        var file = Segment.packed(directory, 2);
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThrows(LedgerFault.class, () -> {
            for (int person = 0; person < PERSONS; person++) {
                received(pages(true), person);
            }
        });
    }

    @Test
    @DisplayName("are made again when they are missing, and when they are wrong")
    void madeAgain() throws Exception {
        fill(directory, 9);
        int all = known();
        forget();
        try (Ledger ledger = Samples.open(directory, clock)) {
            while (known() < all) {
                Thread.sleep(10);
            }
            var files = contents();
            Files.write(files.get(1), new byte[] {1, 2, 3});
            assertEquals(all - 1, known());
            var before = received(pages(false), 7);
            assertEquals(before, received(ledger.pages(), 7));
            while (known() < all) {
                Thread.sleep(10);
            }
            assertEquals(before, received(ledger.pages(), 7));
        }
    }

    @Test
    @DisplayName("are not made of a segment whose chain is broken")
    void brokenChain() throws IOException {
        fill(directory, 10);
        var file = Segment.packed(directory, 2);
        byte[] plain;
        try (var in = new Segment(2, file, true).open()) {
            plain = in.readAllBytes();
        }
        // Two letters of a record, well formed all the same.
        int at = new String(plain, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("rostering_sso");
        plain[at] = 'R';
        Files.write(Segment.plain(directory, 2), plain);
        Packing.pack(directory, 2);
        assertEquals(Optional.empty(), ContentsMaker.of(new Segment(2, file, true)));
    }
}
