package org.rosterkeep.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The store in one SQLite file: one writing connection on one thread, and as many reading connections as cores.
///
/// A native call holds a virtual thread's carrier, so work that comes on one is handed to the readers' platform
/// threads;
/// a platform thread reads for itself.
final class SqliteStore implements Store {
    private static final long PATIENCE_SECONDS = 30;

    private final SqliteSession writer;
    private final BlockingQueue<SqliteSession> readers;
    private final List<SqliteSession> allReaders = new ArrayList<>();
    private final ExecutorService writing;
    private final ExecutorService reading;
    private final Semaphore slot = new Semaphore(1);
    private volatile boolean closed;

    /// @param pageBytes the database's page size: 16384 for blocks, 4096 for documents
    /// @param pagesMax how large the file may grow, in pages
    /// @param readers reading connections, about as many as cores
    record Settings(int pageBytes, long pagesMax, int readers) {
        static final long PAGES_UNBOUNDED = 4_294_967_294L;
    }

    private SqliteStore(Path file, Settings settings) {
        String name = file.getFileName().toString();
        writer = new SqliteSession(file, settings, true);
        readers = new ArrayBlockingQueue<>(settings.readers());
        writing = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name(name + " writer").factory());
        reading = Executors.newFixedThreadPool(
                settings.readers(),
                Thread.ofPlatform().daemon().name(name + " reader ", 1).factory());
    }

    /// Opens or makes the store in `file`, and brings its tables up to date.
    static SqliteStore open(Path file, Settings settings) {
        try {
            if (!Files.exists(file)) {
                // Made here, not by SQLite, so that nobody else can read it; the log files take the mode over.
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new VaultFault(VaultFault.Code.UNAVAILABLE, "the database file cannot be made", e);
        }
        SqliteStore store = new SqliteStore(file, settings);
        try {
            store.writer.migrate();
            for (int i = 0; i < settings.readers(); i++) {
                SqliteSession reader = new SqliteSession(file, settings, false);
                store.allReaders.add(reader);
                store.readers.add(reader);
            }
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    @Override
    public <T> T read(Query<T> query) {
        if (Thread.currentThread().isVirtual()) {
            return await(reading.submit(() -> readHere(query)));
        }
        return readHere(query);
    }

    @Override
    public Transaction begin() {
        if (!acquire()) {
            throw new VaultFault(VaultFault.Code.BUSY, "another transaction holds on for too long");
        }
        return started();
    }

    @Override
    public Optional<Transaction> tryBegin() {
        return slot.tryAcquire() ? Optional.of(started()) : Optional.empty();
    }

    @Override
    public boolean sound() {
        return onWriter(session -> session.quickCheck().equals("ok"));
    }

    @Override
    public boolean checkpoint() {
        if (!slot.tryAcquire()) {
            return false;
        }
        try {
            return onWriter(SqliteSession::checkpoint);
        } finally {
            slot.release();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        reading.shutdown();
        writing.shutdown();
        try {
            reading.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
            writing.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        allReaders.forEach(SqliteSession::close);
        writer.close();
    }

    /// Runs on the writing thread and waits for it.
    private <T> T onWriter(Function<SqliteSession, T> work) {
        if (closed) {
            throw closedFault();
        }
        return await(writing.submit(() -> work.apply(writer)));
    }

    private Transaction started() {
        try {
            onWriter(session -> {
                session.execute("BEGIN IMMEDIATE");
                return true;
            });
            return new SqliteTransaction(writer, writing, slot);
        } catch (RuntimeException e) {
            slot.release();
            throw e;
        }
    }

    private boolean acquire() {
        try {
            return slot.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T readHere(Query<T> query) {
        SqliteSession session = borrow();
        try {
            session.begin();
            try {
                return query.over(session);
            } finally {
                session.end();
            }
        } finally {
            readers.add(session);
        }
    }

    private SqliteSession borrow() {
        if (closed) {
            throw closedFault();
        }
        try {
            SqliteSession session = readers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (session == null) {
                throw new VaultFault(VaultFault.Code.BUSY, "every reader of the database is busy");
            }
            return session;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VaultFault(VaultFault.Code.BUSY, "interrupted while waiting for the database", e);
        }
    }

    /// Waits for work on another thread; its own fault comes back as it was.
    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException own
                    ? own
                    : new VaultFault(VaultFault.Code.UNAVAILABLE, "the database thread failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VaultFault(VaultFault.Code.BUSY, "interrupted while waiting for the database", e);
        }
    }

    private static VaultFault closedFault() {
        return new VaultFault(VaultFault.Code.CLOSED, "the vault is closed");
    }
}
