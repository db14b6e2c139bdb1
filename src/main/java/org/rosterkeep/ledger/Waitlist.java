package org.rosterkeep.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.rosterkeep.ledger.Tail.Framed;

/// Those who wait for their record to be written.
final class Waitlist {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private boolean closed;

    /// One draft, and the promise to its author.
    record Waiting(Draft draft, CompletableFuture<Framed> done) {}

    CompletableFuture<Framed> add(Draft draft) {
        Waiting waiting = new Waiting(draft, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                throw new LedgerFault(LedgerFault.Code.CLOSED, "the ledger is closed");
            }
            queue.add(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return waiting.done;
    }

    /// Everybody who waits, up to the bounds; nobody when none came in this time.
    List<Waiting> take(int countMax, int bytesMax, Duration patience) {
        List<Waiting> group = new ArrayList<>();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (queue.isEmpty() && !closed && left > 0) {
                left = arrived.awaitNanos(left);
            }
            int bytes = 0;
            while (!queue.isEmpty() && group.size() < countMax && bytes < bytesMax) {
                Waiting next = queue.remove();
                bytes += next.draft.body().length;
                group.add(next);
            }
        } catch (InterruptedException e) {
            // The writer is stopped by close() and by nothing else.
        } finally {
            lock.unlock();
        }
        return group;
    }

    /// Lets nobody in any more; those who wait are still served.
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Whether it is closed and nobody waits.
    boolean done() {
        lock.lock();
        try {
            return closed && queue.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /// Sends everybody away.
    void refuse(LedgerFault fault) {
        List<Waiting> all;
        lock.lock();
        try {
            all = new ArrayList<>(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        refuse(all, fault);
    }

    static void refuse(List<Waiting> group, LedgerFault fault) {
        group.forEach(waiting -> waiting.done.completeExceptionally(fault));
    }
}
