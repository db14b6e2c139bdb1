package org.rosterkeep.vault;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.rosterkeep.disclosure.Permit;
import org.rosterkeep.disclosure.Permits;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.SourcedId;

/// What the vault costs: importing, importing again, opening, reading. CPU time of the process beside wall
/// time, and a bare
/// table filled through JDBC in the same run to compare with; only the ratios carry over to another machine.
///
/// `java ... VaultBench DIRECTORY [enrolments, default 400000]`
final class VaultBench {
    private static final int PER_USER = 8;
    private static final int PER_CLASS = 25;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final RowWriter writer = new RowWriter();
    private final Path directory;
    private final int enrollments;
    private final int users;
    private final int classes;

    private VaultBench(Path directory, int enrollments) {
        this.directory = directory;
        this.enrollments = enrollments;
        users = enrollments / PER_USER;
        classes = Math.max(1, enrollments / PER_CLASS);
    }

    public static void main(String[] args) throws IOException, SQLException {
        Path directory = Path.of(args[0]);
        int enrollments = args.length > 1 ? Integer.parseInt(args[1]) : 400_000;
        try (Stream<Path> old = Files.exists(directory) ? Files.walk(directory) : Stream.empty()) {
            for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        Files.createDirectories(directory);
        new VaultBench(directory, enrollments).run();
    }

    private interface Work {
        void run() throws IOException, SQLException;
    }

    private double timed(String what, int rows, Work work) throws IOException, SQLException {
        long cpu = system.getProcessCpuTime();
        long wall = System.nanoTime();
        work.run();
        double cpuPerRow = (system.getProcessCpuTime() - cpu) / (double) rows;
        double wallPerRow = (System.nanoTime() - wall) / (double) rows;
        System.out.printf(
                "%-44s %,10d rows  %8.0f ns CPU/row  %8.0f ns wall/row  %,9.1f ms%n",
                what, rows, cpuPerRow, wallPerRow, wallPerRow * rows / 1e6);
        return cpuPerRow;
    }

    private void run() throws IOException, SQLException {
        SecureRandom random = new SecureRandom();
        try (KeyRing keys = KeyRing.create(
                directory.resolve("keys"), UnsealingFile.create(directory.resolve("unseal"), random), random)) {
            try (Vault vault = Vault.open(directory, keys, Clock.systemUTC())) {
                timed("people, classes", users + classes, () -> landPeople(vault));
                double making = timed("making ids and rows alone", enrollments, this::makeOnly);
                double making2 = timed("making ids and rows alone, warm", enrollments, this::makeOnly);
                double first = timed("first import of enrolments, making included", enrollments, () -> land(vault, 0));
                double again = timed("repeat, nothing changed", enrollments, () -> land(vault, 0));
                double some = timed("repeat, 1 % changed", enrollments, () -> land(vault, 1));
                double bare = timed("bare table through JDBC, making included", enrollments, this::bareTable);
                double base = Math.min(making, making2);
                System.out.printf(
                        "landing alone: first %.0f, repeat %.0f, 1 %% %.0f; bare insert %.0f ns CPU/row; first/bare"
                                + " %.2f%n",
                        first - base, again - base, some - base, bare - base, (first - base) / (bare - base));
            }
            System.out.printf("roster.db %,d bytes%n", Files.size(directory.resolve("roster.db")));
            for (int i = 0; i < 3; i++) {
                timed(
                        "open",
                        enrollments,
                        () -> Vault.open(directory, keys, Clock.systemUTC()).close());
            }
            try (Vault vault = Vault.open(directory, keys, Clock.systemUTC())) {
                reading(vault, Entity.USER, users);
                reading(vault, Entity.ENROLLMENT, enrollments);
                timed(
                        "index made at first find",
                        enrollments,
                        () -> vault.find(Entity.ENROLLMENT, SourcedId.of(id(3, 7))));
            }
        }
    }

    private static String id(int kind, int n) {
        return new UUID(0x5eed_0000_4000L * kind ^ n * 0x9e37_79b9_7f4aL, 0x8000_0000_0000_0000L | n * 0xbf58_476dL)
                .toString();
    }

    private void landPeople(Vault vault) {
        try (Landing.Batch batch = vault.open(Clock.systemUTC().instant())) {
            for (int i = 0; i < classes; i++) {
                int klass = batch.reserve(Entity.CLASS, SourcedId.of(id(2, i)));
                batch.put(Entity.CLASS, klass, classRow(i));
            }
            for (int i = 0; i < users; i++) {
                int user = batch.reserve(Entity.USER, SourcedId.of(id(1, i)));
                batch.put(Entity.USER, user, userRow(i));
            }
            batch.commit();
        }
    }

    private byte[] classRow(int i) {
        return writer.clear()
                .text(Field.CLASS_SOURCED_ID, id(2, i))
                .text(Field.CLASS_TITLE, "Class " + i)
                .ref(Field.CLASS_COURSE, 0)
                .ref(Field.CLASS_SCHOOL, i % 50)
                .refs(Field.CLASS_TERMS, new int[] {0})
                .toBytes();
    }

    private byte[] userRow(int i) {
        return writer.clear()
                .text(Field.USER_SOURCED_ID, id(1, i))
                .text(Field.USER_USERNAME, "made.up." + i)
                .bool(Field.USER_ENABLED_USER, true)
                .text(Field.USER_GIVEN_NAME, "Given" + i % 977)
                .text(Field.USER_FAMILY_NAME, "Family" + i % 7919)
                .roles(Field.USER_ROLES, List.of(new RowWriter.Role(true, "student", i % 50, "", "", "")))
                .text(Field.USER_IDENTIFIER, "S-" + i)
                .text(Field.USER_EMAIL, "made.up." + i + "@example.org")
                .list(Field.USER_GRADES, List.of("0" + i % 9))
                .bool(Field.USER_AGE_13_PLUS, i % 2 == 0)
                .toBytes();
    }

    private byte[] row(int i, String id, int user, int klass, boolean changed) {
        return writer.clear()
                .text(Field.ENROLLMENT_SOURCED_ID, id)
                .ref(Field.ENROLLMENT_USER, user)
                .ref(Field.ENROLLMENT_CLASS, klass)
                .ref(Field.ENROLLMENT_SCHOOL, klass % 50)
                .text(Field.ENROLLMENT_ROLE, "student")
                .bool(Field.ENROLLMENT_PRIMARY, changed)
                .toBytes();
    }

    private void makeOnly() {
        long sum = 0;
        for (int i = 0; i < enrollments; i++) {
            sum += row(i, id(3, i), i / PER_USER, i % classes, false).length
                    + id(1, i / PER_USER).length();
            sum += id(2, i % classes).length();
        }
        if (sum == 0) {
            throw new IllegalStateException("nothing was made");
        }
    }

    /// As an import does it: a reservation, two references looked up, the row.
    private void land(Vault vault, int percentChanged) {
        try (Landing.Batch batch = vault.open(Clock.systemUTC().instant())) {
            for (int i = 0; i < enrollments; i++) {
                String id = id(3, i);
                int ordinal = batch.reserve(Entity.ENROLLMENT, SourcedId.of(id));
                int user = batch.find(Entity.USER, SourcedId.of(id(1, i / PER_USER)));
                int klass = batch.find(Entity.CLASS, SourcedId.of(id(2, i % classes)));
                batch.put(Entity.ENROLLMENT, ordinal, row(i, id, user, klass, i % 100 < percentChanged));
            }
            batch.commit();
        }
    }

    private void bareTable() throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bare.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode=OFF");
            statement.execute("PRAGMA synchronous=OFF");
            statement.execute(
                    "CREATE TABLE e (id TEXT, user TEXT, class TEXT, school TEXT, role TEXT, isPrimary TEXT)");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO e VALUES (?, ?, ?, ?, ?, ?)")) {
                for (int i = 0; i < enrollments; i++) {
                    insert.setString(1, id(3, i));
                    insert.setString(2, id(1, i / PER_USER));
                    insert.setString(3, id(2, i % classes));
                    insert.setString(4, "school-" + i % 50);
                    insert.setString(5, "student");
                    insert.setString(6, "false");
                    insert.addBatch();
                    if (i % 1000 == 999) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            connection.commit();
        }
        Files.delete(directory.resolve("bare.db"));
    }

    private void reading(Vault vault, Entity entity, int size) throws IOException, SQLException {
        Random random = new Random(7);
        int[] ordinals = random.ints(1000, 0, size).toArray();
        long batch = vault.relations().batch();
        long fields = Field.of(entity).stream()
                .filter(field -> field.need() != Field.Need.INTERNAL)
                .mapToLong(Field::mask)
                .sum();
        Permit permit = Permits.of(entity, batch, fields, ordinals);
        long[] bytes = new long[1];
        timed("read 1,000 random " + entity.many() + ", cold", 1000, () -> read(vault, permit, bytes));
        vault.idle(Clock.systemUTC().instant().plusSeconds(86_400));
        timed("same, warm code, empty cache (20 times)", 20_000, () -> {
            for (int i = 0; i < 20; i++) {
                vault.idle(Clock.systemUTC().instant().plusSeconds(86_400));
                read(vault, permit, bytes);
            }
        });
        for (int i = 0; i < 3000; i++) {
            read(vault, permit, bytes);
        }
        double[] rounds = new double[7];
        for (int i = 0; i < rounds.length; i++) {
            long cpu = system.getProcessCpuTime();
            for (int n = 0; n < 1000; n++) {
                read(vault, permit, bytes);
            }
            rounds[i] = (system.getProcessCpuTime() - cpu) / 1e6;
        }
        Arrays.sort(rounds);
        System.out.printf("read 1,000 random %s, warm: %.0f ns CPU/row (median of 7)%n", entity.many(), rounds[3]);
    }

    private static void read(Vault vault, Permit permit, long[] bytes) {
        vault.read(permit, (position, ordinal, row) -> bytes[0] += row == null ? 0 : row.length());
    }
}
