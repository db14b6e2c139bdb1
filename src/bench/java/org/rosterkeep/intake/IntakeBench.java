package org.rosterkeep.intake;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.vault.Vault;

/// What an import costs, CPU time of the importing thread by enrolment row: inflating alone, reading and checking with
/// nowhere to land, and landing in the vault. Only the ratios carry over to another machine.
///
/// `java ... IntakeBench DIRECTORY [students, default 125000]`
final class IntakeBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private IntakeBench() {}

    private interface Work {
        void run() throws IOException;
    }

    public static void main(String[] args) throws IOException {
        Path directory = Files.createDirectories(Path.of(args[0]));
        int students = args.length > 1 ? Integer.parseInt(args[1]) : 125_000;
        Path zip = directory.resolve("district.zip");
        MadeUpDistrict.Shape shape = MadeUpDistrict.Shape.of(students);
        new MadeUpDistrict(shape).zip(zip);
        Path changed = directory.resolve("changed.zip");
        new MadeUpDistrict(shape.changed(0.01)).zip(changed);
        long rows = rows(zip);
        for (int round = 0; round < 4; round++) {
            timed("inflating enrolments, once", rows, () -> drain(zip));
            timed("reading and checking all files, nowhere to land", rows, () -> run(zip, new Hollow(), none()));
        }
        SecureRandom random = new SecureRandom();
        try (KeyRing keys = KeyRing.create(
                        directory.resolve("keys"), UnsealingFile.create(directory.resolve("unseal"), random), random);
                Vault vault = Vault.open(directory, keys, Clock.systemUTC())) {
            timed("first import into the vault", rows, () -> run(zip, vault, vault));
            timed("the same again", rows, () -> run(zip, vault, vault));
            timed("1 % of the people changed", rows, () -> run(changed, vault, vault));
        }
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        System.out.printf("heap afterwards %,d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    /// CPU time by file and reading, told as it goes.
    private static final class Stopwatch implements Progress {
        private String at = "";
        private long since = THREADS.getCurrentThreadCpuTime();
        private long rows;

        @Override
        public boolean goOn(String file, int reading, long soFar) {
            String now = file + " " + reading;
            if (!now.equals(at)) {
                long cpu = THREADS.getCurrentThreadCpuTime();
                if (rows > 100_000) {
                    System.out.printf(
                            "    %-30s about %,10d rows %7.0f ns CPU/row%n", at, rows, (cpu - since) / (double) rows);
                }
                at = now;
                since = cpu;
            }
            rows = soFar;
            return true;
        }
    }

    private static void timed(String what, long rows, Work work) throws IOException {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        work.run();
        double perRow = (THREADS.getCurrentThreadCpuTime() - cpu) / (double) rows;
        System.out.printf(
                "%-50s %,10d enrolments %7.0f ns CPU/row %,8d ms wall%n",
                what, rows, perRow, (System.nanoTime() - wall) / 1_000_000);
    }

    private static void run(Path zip, Landing landing, Shelf shelf) {
        Journal journal = (kind, actor, facts) -> 1;
        Report report = new Intake(Catalogue.shipped(), Limits.shipped(), landing, shelf, journal, Clock.systemUTC())
                .run(Source.at(zip), Options.of("bench"), new Stopwatch());
        if (report.quarantined() > 0 || report.outcome() == Report.Outcome.REFUSED) {
            throw new IllegalStateException(report.outcome() + " " + report.totals());
        }
    }

    private static long rows(Path zip) throws IOException {
        try (Delivery delivery = Source.at(zip).open(Limits.shipped());
                Csv csv = new Csv(delivery.read("enrollments.csv"), "enrollments.csv", Limits.shipped())) {
            long rows = -1;
            while (csv.next()) {
                rows++;
            }
            return rows;
        }
    }

    private static void drain(Path zip) throws IOException {
        try (Delivery delivery = Source.at(zip).open(Limits.shipped());
                InputStream in = delivery.read("enrollments.csv")) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {
                // Only the inflating counts.
            }
        }
    }

    private static Shelf none() {
        return new Shelf() {
            @Override
            public Optional<byte[]> get(String kind, String id) {
                return Optional.empty();
            }

            @Override
            public List<String> ids(String kind) {
                return List.of();
            }

            @Override
            public Map<String, byte[]> all(String kind) {
                return Map.of();
            }

            @Override
            public void apply(List<Change> changes) {
                // Nothing rests here.
            }
        };
    }

    /// A landing that knows ids and forgets rows.
    private static final class Hollow implements Landing, Landing.Batch {
        private final Map<Entity, Map<String, Integer>> ids = new EnumMap<>(Entity.class);
        private final Map<Entity, RoaringBitmap> rows = new EnumMap<>(Entity.class);

        Hollow() {
            for (Entity entity : Entity.values()) {
                ids.put(entity, new HashMap<>());
                rows.put(entity, new RoaringBitmap());
            }
        }

        @Override
        public Batch open(Instant at) {
            return this;
        }

        @Override
        public Relations before() {
            Map<Entity, Relations.Table> tables = new EnumMap<>(Entity.class);
            for (Entity entity : Entity.values()) {
                tables.put(
                        entity,
                        new Relations.Table(
                                0,
                                new RoaringBitmap(),
                                new long[0],
                                new long[0],
                                new int[4][0],
                                new int[1],
                                new int[0]));
            }
            return new Relations(new Relations.Parts(
                    0,
                    tables,
                    Map.of(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    new RoaringBitmap(),
                    List.of()));
        }

        @Override
        public int reserve(Entity entity, SourcedId id) {
            Map<String, Integer> known = ids.get(entity.identity());
            Integer found = known.putIfAbsent(id.value().reveal(), known.size());
            return found == null ? known.size() - 1 : found;
        }

        @Override
        public int find(Entity entity, SourcedId id) {
            return ids.get(entity.identity()).getOrDefault(id.value().reveal(), Relations.NONE);
        }

        @Override
        public void rename(Entity entity, int ordinal, SourcedId further) {
            ids.get(entity.identity()).put(further.value().reveal(), ordinal);
        }

        @Override
        public Change put(Entity entity, int ordinal, byte[] row) {
            rows.get(entity).add(ordinal);
            return Change.ADDED;
        }

        @Override
        public void remove(Entity entity, int ordinal) {
            throw new IllegalStateException("nothing is here to remove");
        }

        @Override
        public Optional<Row> row(Entity entity, int ordinal) {
            return Optional.empty();
        }

        @Override
        public boolean present(Entity entity, int ordinal) {
            return rows.get(entity).contains(ordinal);
        }

        @Override
        public Map<Entity, Tally> tally() {
            return Map.of();
        }

        @Override
        public long commit() {
            return 1;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
