package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.rosterkeep.disclosure.Entry;
import org.rosterkeep.disclosure.Filler;
import org.rosterkeep.fixture.HandClock;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.ledger.Disclosures;
import org.rosterkeep.oracle.Papers;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.SourcedId;

/// What an answer about the past costs when the ledger is long: a year of a district with fifty clients. The
/// limit it is
/// held against is one plain reading of the same ledger from its beginning to its end, which only unpacks it.
/// The answers
/// are compared with those that are given without the segments' contents.
///
/// `ExplainBench DIRECTORY [thousands of records, default 1000]`
final class ExplainBench {
    private static final String CLIENT = "alpha";
    private static final int ROUNDS = 7;
    private static final int AT_ONCE = 512;
    /// Pages of a client's list; the person is in one of them.
    private static final int PAGES = 1_000;

    private static final Duration YEAR = Duration.ofDays(250);

    private final LiveDistrict district;
    private final HandClock clock;
    private final Path ledger;

    private ExplainBench(LiveDistrict district, HandClock clock, Path ledger) {
        this.district = district;
        this.clock = clock;
        this.ledger = ledger;
    }

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int thousands = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        var clock = new HandClock();
        try (LiveDistrict district = LiveDistrict.make(directory.resolve("home"), clock, new SecureRandom())) {
            var roster = new StirredRoster();
            roster.stir(new Random(1));
            roster.write(directory.resolve("roster"));
            district.take(directory.resolve("roster"), Set.copyOf(Papers.grantable()));
            district.sign(Papers.DISTRICT, Papers.VENDOR, Papers.agreement());
            district.activate(
                    List.of(Papers.rule(Rules.whole("north").named(CLIENT).roles("student", "teacher"))));
            Path ledger;
            try (var all = Files.walk(directory.resolve("home"))) {
                ledger = all.filter(one -> one.endsWith("00000001.log"))
                        .findFirst()
                        .orElseThrow()
                        .getParent();
            }
            new ExplainBench(district, clock, ledger).run(thousands * 1_000);
        }
    }

    private void run(int records) throws IOException {
        var began = clock.instant();
        fill(records, began);
        settle();
        var rooms = district.rooms();
        var stats = rooms.ledger().stats();
        System.out.printf(
                "%d records, %d segments, %.1f bytes a record, of contents %.1f%n",
                stats.records(),
                stats.segments(),
                (double) stats.bytes() / stats.records(),
                contents() / (double) stats.records());
        var asked = began.plus(YEAR.dividedBy(2));
        forget();
        var whole = explained(asked);
        forget();
        var all = received();
        settle();
        double limit = told("LIMIT: one plain reading", 0, this::reading);
        for (double part : new double[] {0.1, 0.5, 0.9}) {
            var at = began.plus(Duration.ofSeconds((long) (YEAR.toSeconds() * part)));
            told("explain --at " + part + " of the time", limit, () -> explained(at));
        }
        told("ledger person", limit, () -> received().toString());
        if (!whole.equals(explained(asked)) || !all.equals(received())) {
            throw new IllegalStateException("the contents made an answer another one");
        }
        System.out.println(all.size() + " answers told of the person");
    }

    private String explained(Instant at) {
        var rooms = district.rooms();
        return String.join(
                "\n",
                ExplainVerbs.past(
                                rooms, rooms.timeMachine().at(at), CLIENT, SourcedId.of("p0"), Field.USER_USERNAME, at)
                        .lines());
    }

    private List<Long> received() {
        var rooms = district.rooms();
        return new Disclosures(rooms.ledger().pages(), rooms.spans(), rooms.holders())
                .of(rooms.person(SourcedId.of("p0")).orElseThrow(), Instant.MIN, Instant.MAX).stream()
                        .map(one -> one.disclosed().number())
                        .toList();
    }

    /// Every byte of the ledger, unpacked and thrown away.
    private String reading() {
        try (var all = Files.list(ledger)) {
            long bytes = 0;
            for (var file : all.filter(one -> one.toString().contains(".log")).toList()) {
                try (var in = Files.newInputStream(file);
                        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in) {
                    bytes += plain.transferTo(OutputStream.nullOutputStream());
                }
            }
            return bytes + " bytes";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forget() throws IOException {
        try (var all = Files.list(ledger)) {
            for (var file :
                    all.filter(one -> one.toString().endsWith(".contents")).toList()) {
                Files.delete(file);
            }
        }
    }

    private void fill(int records, Instant began) {
        var random = new Random(1);
        int person = district.rooms().vault().find(Entity.USER, SourcedId.of("p0"));
        for (int done = 0; done < records; done += AT_ONCE) {
            var at = began.plus(YEAR.multipliedBy(done).dividedBy(records));
            var group = new ArrayList<Entry>();
            for (int n = 0; n < Math.min(AT_ONCE, records - done); n++) {
                int client = (done + n) % 50;
                group.add(entry(at, client == 0 ? CLIENT : "client-" + client, person, random.nextInt(PAGES)));
            }
            clock.forward(Duration.between(clock.instant(), at));
            Filler.fill(district.rooms().ledger(), group);
            district.rooms().ledger().record("operator.signed-in", "signer-b", Map.of());
        }
    }

    private static Entry entry(Instant at, String client, int person, int page) {
        return new Entry(
                at,
                "pull",
                "a-vendor",
                client,
                client,
                1,
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "an-agreement",
                "rostering_sso",
                "public_task",
                "DE",
                "/users",
                Set.of(Field.USER_SOURCED_ID, Field.USER_USERNAME, Field.USER_GIVEN_NAME, Field.USER_FAMILY_NAME),
                1,
                "b5bb9d8014a0f9b1d61e21e796d78dcc",
                page == 0
                        ? new Entry.Persons.Listed(Entity.USER, new int[] {person})
                        : new Entry.Persons.Listed(Entity.USER, new int[] {1_000 * page, 1_000 * page + 7}),
                100,
                200,
                "",
                "192.0.2.7");
    }

    /// Until what was closed is packed and described.
    private void settle() throws IOException {
        long before = -1;
        for (long now = files(); now != before; now = files()) {
            before = now;
            try {
                Thread.sleep(3_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private long files() throws IOException {
        try (var all = Files.list(ledger)) {
            return all.mapToLong(one -> one.toFile().length()).sum();
        }
    }

    private long contents() throws IOException {
        try (var all = Files.list(ledger)) {
            return all.filter(one -> one.toString().endsWith(".contents"))
                    .mapToLong(one -> one.toFile().length())
                    .sum();
        }
    }

    private static double told(String what, double limit, Supplier<String> answer) {
        var cpu = ManagementFactory.getThreadMXBean();
        double[] wall = new double[ROUNDS];
        double[] work = new double[ROUNDS];
        String said = "";
        for (int round = 0; round < ROUNDS; round++) {
            long began = System.nanoTime();
            long worked = cpu.getCurrentThreadCpuTime();
            var now = answer.get();
            wall[round] = (System.nanoTime() - began) / 1e6;
            work[round] = (cpu.getCurrentThreadCpuTime() - worked) / 1e6;
            if (round > 0 && !now.equals(said)) {
                throw new IllegalStateException("two answers to one question: " + said + " and " + now);
            }
            said = now;
        }
        System.out.printf(
                "%-32s first %6.0f ms, median %6.0f ms, CPU %6.0f ms", what, wall[0], median(wall), median(work));
        System.out.println(
                limit == 0 ? "" : String.format(java.util.Locale.ROOT, ", %.3f of LIMIT", median(wall) / limit));
        System.out.println(
                "    " + said.substring(0, Math.min(said.length(), 300)).replace("\n", " / "));
        return median(wall);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
