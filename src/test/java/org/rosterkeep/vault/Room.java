package org.rosterkeep.vault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.disclosure.Permits;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Row;

/// A vault in a directory of its own with keys and a clock that a test moves.
final class Room implements AutoCloseable {
    static final Instant START = Instant.parse("2026-09-01T02:00:00Z");

    final Path directory;
    final Hands clock = new Hands();
    KeyRing keys;
    Vault vault;

    Room(Path directory) {
        this.directory = directory;
        keys = keys(directory);
        vault = Vault.open(directory, keys, clock, settings());
    }

    static Vault.Settings settings() {
        return new Vault.Settings(1 << 20, 2, SqliteStore.Settings.PAGES_UNBOUNDED);
    }

    static KeyRing keys(Path directory) {
        Path keys = directory.resolve("keys");
        SecureRandom random = new SecureRandom();
        Path file = directory.resolve("unseal");
        if (Files.exists(file)) {
            return KeyRing.open(keys, new UnsealingFile(file), random);
        }
        return KeyRing.create(keys, UnsealingFile.create(file, random), random);
    }

    /// Closes and opens again, as a restart does.
    void restart() {
        close();
        keys = keys(directory);
        vault = Vault.open(directory, keys, clock, settings());
    }

    long land(Consumer<Landing.Batch> work) {
        try (Landing.Batch batch = vault.open(clock.instant())) {
            work.accept(batch);
            return batch.commit();
        }
    }

    /// A record's whole row as of a batch; null when there is none.
    byte @Nullable [] row(Entity entity, int ordinal, long batch) {
        return rows(entity, batch, ordinal).getFirst();
    }

    List<byte @Nullable []> rows(Entity entity, long batch, int... ordinals) {
        List<byte @Nullable []> rows = new ArrayList<>();
        vault.read(Permits.whole(entity, batch, ordinals), (position, ordinal, row) -> rows.add(bytes(row)));
        return rows;
    }

    private static byte @Nullable [] bytes(@Nullable Row row) {
        if (row == null) {
            return null;
        }
        byte[] bytes = new byte[row.length()];
        row.project(-1L, bytes, 0);
        return bytes;
    }

    @Override
    public void close() {
        vault.close();
        keys.close();
    }

    /// A clock that stands still until it is moved.
    static final class Hands extends Clock {
        private volatile Instant now = START;

        void forward(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
