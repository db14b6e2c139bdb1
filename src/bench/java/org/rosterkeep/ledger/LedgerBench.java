package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.custody.Custody;
import org.rosterkeep.custody.Disposal;
import org.rosterkeep.custody.Handed;
import org.rosterkeep.custody.Register;
import org.rosterkeep.custody.Slot;
import org.rosterkeep.custody.What;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Entry.Persons;
import org.rosterkeep.fixture.FakeJournal;
import org.rosterkeep.fixture.FakeShelf;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;

/// Measures the ledger against a bare append of 4 KiB and a sync, in the same run, on the same disk; then how long an
/// open and the question about one person take. Arguments: a directory, and how many thousand records.
public final class LedgerBench {
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 2_000_000_000L;

    private LedgerBench() {}

    public static void main(String[] args) throws Exception {
        Path home = Files.createTempDirectory(Path.of(args.length > 0 ? args[0] : "target"), "ledger-bench");
        int thousands = args.length > 1 ? Integer.parseInt(args[1]) : 300;
        Signer signer = Signer.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        try {
            rates(home, signer);
            questions(home.resolve("many"), signer, thousands);
        } finally {
            try (var files = Files.walk(home)) {
                files.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            }
        }
    }

    private static void rates(Path home, Signer signer) throws Exception {
        double[] bare = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] many = new double[ROUNDS];
        try (Ledger ledger = Ledger.open(home.resolve("rates"), signer, Clock.systemUTC(), LedgerSettings.standard())) {
            appendFor(ledger, 64);
            for (int round = 0; round < ROUNDS; round++) {
                bare[round] = bare(home.resolve("bare"));
                one[round] = appendFor(ledger, 1);
                many[round] = appendFor(ledger, 64);
            }
        }
        System.out.printf("bare 4 KiB append + sync     %8.0f /s%n", median(bare));
        System.out.printf("records, 1 waiting           %8.0f /s%n", median(one));
        System.out.printf("records, 64 waiting          %8.0f /s%n", median(many));
        System.out.printf("P-12: records per bare sync  %8.1f  (required: at least 15)%n", median(many) / median(bare));
    }

    private static double bare(Path file) throws IOException {
        ByteBuffer page = ByteBuffer.allocate(4_096);
        long start = System.nanoTime();
        long count = 0;
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            for (; System.nanoTime() - start < ROUND_NANOS; count++) {
                channel.write(page.clear());
                channel.force(false);
            }
        }
        return count * 1e9 / (System.nanoTime() - start);
    }

    private static double appendFor(Ledger ledger, int threads) {
        long start = System.nanoTime();
        long before = ledger.stats().records();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                String client = "client-" + t;
                pool.submit(() -> {
                    for (int i = 0; System.nanoTime() - start < ROUND_NANOS; i++) {
                        ledger.append(entry(Instant.now(), client, 1, new Persons.Span(Entity.USER, i, i + 100)));
                    }
                });
            }
        }
        return (ledger.stats().records() - before) * 1e9 / (System.nanoTime() - start);
    }

    private static void questions(Path directory, Signer signer, int thousands) throws Exception {
        int threads = 128;
        try (Ledger ledger = Ledger.open(directory, signer, Clock.systemUTC(), LedgerSettings.standard());
                var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int t = 0; t < threads; t++) {
                String client = "client-" + t % 50;
                pool.submit(() -> {
                    for (int i = 0; i < thousands * 1_000 / threads; i++) {
                        int page = i % 1_000;
                        ledger.append(entry(
                                Instant.now(),
                                client,
                                i / 1_000,
                                new Persons.Span(Entity.USER, page * 100L, page * 100L + 100)));
                    }
                });
            }
        }
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            try (Ledger ledger = Ledger.open(directory, signer, Clock.systemUTC(), LedgerSettings.standard())) {
                System.out.printf("open                         %8.1f ms%n", since(start));
                Ledger.Stats stats = ledger.stats();
                start = System.nanoTime();
                Disclosures disclosures = new Disclosures(
                        ledger.pages(),
                        (rule, edition, entity, ordinals) -> Optional.of(IntStream.of(ordinals)
                                .mapToLong(ordinal -> ordinal < 100_000 ? ordinal : -1)
                                .toArray()),
                        (rule, edition, enrollment) -> OptionalInt.empty());
                int found = disclosures
                        .of(new Disclosures.Person(4_242, new int[0], new int[0]), Instant.MIN, Instant.MAX)
                        .size();
                System.out.printf(
                        "one person in %d records %8.0f ms (%d answers); %.1f bytes a record on the disk%n",
                        stats.records(), since(start), found, (double) stats.bytes() / stats.records());
                holdings(ledger);
                start = System.nanoTime();
                Verdict verdict = new LedgerVerifier(signer.publicKey(), Optional.empty()).verify(ledger.pages());
                System.out.printf(
                        "verify                       %8.0f ms (%s)%n",
                        since(start), verdict.getClass().getSimpleName());
            }
        }
    }

    /// What a vendor holds, read from the beginning, from a checkpoint, and after a deletion of long ago was attested.
    private static void holdings(Ledger ledger) {
        var shelf = new FakeShelf();
        long start = System.nanoTime();
        Custody custody = custody(ledger, shelf);
        int persons = custody.exposure("reading-app", Instant.now()).persons();
        System.out.printf("holding, from the beginning  %8.0f ms (%d persons)%n", since(start), persons);
        start = System.nanoTime();
        custody(ledger, shelf).exposure("reading-app", Instant.now());
        System.out.printf("holding, from a checkpoint   %8.0f ms%n", since(start));
        start = System.nanoTime();
        var word = new Custody.Word(Optional.empty(), Instant.EPOCH, "x", "y", "", What.EVERYTHING);
        custody.attest("reading-app", word, "bench", Instant.now());
        System.out.printf("holding, replayed            %8.0f ms%n", since(start));
    }

    private static Custody custody(Ledger ledger, FakeShelf shelf) {
        int[] listing = IntStream.range(0, 100_000).toArray();
        Register register = new Register() {
            @Override
            public boolean has(Mark mark) {
                return new Handovers(ledger.pages()).has(place(mark));
            }

            @Override
            public Mark read(Mark from, Consumer<Handed> visitor) {
                var end = new Handovers(ledger.pages()).read(place(from), of -> {
                    if (of.persons() instanceof Persons.Span(var entity, long first, long last)) {
                        var slot = new Slot(of.rule(), of.ruleVersion(), of.agreement(), entity, of.fields());
                        var records = RoaringBitmap.bitmapOf(Arrays.copyOfRange(listing, (int) first, (int) last));
                        visitor.accept(new Handed(of.at(), of.vendor(), slot, Optional.of(records)));
                    }
                });
                return new Mark(end.segment(), end.offset(), end.hash());
            }

            @Override
            public RoaringBitmap usersOf(RoaringBitmap enrollments) {
                return enrollments;
            }

            @Override
            public RoaringBitmap enrollmentsOf(RoaringBitmap enrollments, RoaringBitmap users) {
                return RoaringBitmap.and(enrollments, users);
            }
        };
        return new Custody(
                shelf, new FakeJournal(), register, (slot, field) -> Set.of(field.element()), Disposal.shipped());
    }

    private static Handovers.Place place(Register.Mark mark) {
        return new Handovers.Place(mark.segment(), mark.offset(), mark.hash());
    }

    private static Entry entry(Instant at, String client, long edition, Persons persons) {
        return new Entry(
                at,
                "pull",
                "reading-app",
                client,
                "rule-" + client,
                3,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "agreement-2026",
                "rostering_sso",
                "public_task",
                "DE",
                "/users",
                Set.of(Field.USER_SOURCED_ID, Field.USER_GIVEN_NAME, Field.USER_FAMILY_NAME, Field.USER_ROLES),
                edition,
                "b5bb9d8014a0f9b1d61e21e796d78dcc",
                persons,
                100,
                200,
                "",
                "192.0.2.7");
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
