package org.rosterkeep.vault;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The open transaction of a [SqliteStore]: changes queue up for the writing thread, a bounded number of them, so that
/// sealing and writing go on beside the parsing that produces them.
final class SqliteTransaction implements Store.Transaction {
    private static final int QUEUE_MAX = 64;

    private final SqliteSession session;
    private final ExecutorService writing;
    private final Semaphore slot;
    private final Semaphore room = new Semaphore(QUEUE_MAX);
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private boolean batched;
    private boolean committed;
    private boolean closed;

    SqliteTransaction(SqliteSession session, ExecutorService writing, Semaphore slot) {
        this.session = session;
        this.writing = writing;
        this.slot = slot;
    }

    @Override
    public void put(int space, int block, long version, Supplier<Sealed> sealed) {
        queue(session -> session.put(space, block, version, sealed.get()));
    }

    @Override
    public void drop(int space, int block, long version) {
        queue(session -> session.drop(space, block, version));
    }

    @Override
    public void putDocument(byte[] kind, byte[] name, Sealed sealed) {
        queue(session -> session.putDocument(kind, name, sealed));
    }

    @Override
    public void dropDocument(byte[] name) {
        queue(session -> session.dropDocument(name));
    }

    @Override
    public void batch(Store.BatchRecord batch) {
        batched = true;
        queue(session -> session.putBatch(batch));
    }

    @Override
    public Optional<Sealed> block(int space, int block, long version) {
        return now(session -> session.block(space, block, version));
    }

    @Override
    public void commit() {
        now(session -> {
            rethrow();
            session.execute("COMMIT");
            return true;
        });
        committed = true;
        if (batched) {
            // So that a later import that fills the disk can give all it took back: see close.
            settle();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (!committed) {
                SqliteStore.await(writing.submit(session::rollback));
                if (failure.get() != null) {
                    // What was undone still lies in the write-ahead log, which may be what fills the disk.
                    settle();
                }
            }
        } catch (RejectedExecutionException e) {
            throw new VaultFault(VaultFault.Code.CLOSED, "the vault was closed under a transaction", e);
        } finally {
            slot.release();
        }
    }

    /// Empties the write-ahead log if nobody reads from it and there is room; the next one to try may have more luck.
    private void settle() {
        try {
            SqliteStore.await(writing.submit(session::checkpoint));
        } catch (VaultFault stays) {
            return;
        }
    }

    /// Behind everything queued, and waits for it.
    private <T> T now(Function<SqliteSession, T> work) {
        open();
        T result = SqliteStore.await(writing.submit(() -> work.apply(session)));
        rethrow();
        return result;
    }

    private void queue(Consumer<SqliteSession> work) {
        open();
        rethrow();
        room.acquireUninterruptibly();
        writing.execute(() -> {
            try {
                if (failure.get() == null) {
                    work.accept(session);
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                room.release();
            }
        });
    }

    private void open() {
        if (committed || closed) {
            throw new VaultFault(VaultFault.Code.CLOSED, "the transaction is over");
        }
    }

    private void rethrow() {
        RuntimeException e = failure.get();
        if (e != null) {
            throw e;
        }
    }
}
