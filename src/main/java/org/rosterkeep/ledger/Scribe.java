package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.rosterkeep.ledger.LedgerFault.Code;
import org.rosterkeep.ledger.Tail.Framed;
import org.rosterkeep.ledger.Waitlist.Waiting;

/// The one thread that writes. It takes every record that waits, writes them at once and syncs once; those who asked
/// wait until then. So 64 requests at a time cost little more than one.
final class Scribe implements AutoCloseable {
    /// Records that share one sync: bounded, so that the buffer is.
    private static final int GROUP_MAX = 1_024;

    private static final int GROUP_BYTES_MAX = 4 << 20;

    private final Clock clock;
    private final LedgerSettings settings;
    private final Pages pages;
    private final IntConsumer packer;
    private final Thread thread;
    private final Waitlist waitlist = new Waitlist();
    private volatile Ledger.State state = Ledger.State.OPEN;
    private volatile boolean clockSuspect;
    private volatile Instant suspectFrom = Instant.EPOCH;
    private volatile Instant last;
    private volatile Published published;
    private Instant reserveTried = Instant.MIN;
    private boolean clockTold;
    private boolean fullTold;

    /// What readers may know of the end.
    ///
    /// @param size synced bytes of the newest segment
    record Published(long number, String head, int segment, long size, long checkpointNumber, Instant checkpointAt) {}

    /// @param packer is told the numbers of closed segments
    Scribe(Pages pages, Clock clock, LedgerSettings settings, IntConsumer packer) {
        this.pages = pages;
        this.packer = packer;
        this.clock = clock;
        this.settings = settings;
        this.last = pages.tail().at();
        this.published = pages.published();
        this.thread = Thread.ofPlatform().name("ledger").unstarted(this::work);
    }

    void start(Ledger.State first) {
        state = first;
        thread.start();
    }

    Ledger.State state() {
        return state;
    }

    Published published() {
        return published;
    }

    /// Returns when the record is on the disk.
    Framed append(Draft draft) {
        if (draft.body().length > Tail.PAYLOAD_MAX - 1_024) {
            throw new LedgerFault(Code.ENTRY_TOO_LARGE, "an entry of " + draft.body().length + " bytes is too large");
        }
        CompletableFuture<Framed> done = waitlist.add(draft);
        try {
            return done.join();
        } catch (CompletionException e) {
            // A fault of its own for each who waits: the frames in it are theirs.
            LedgerFault fault = e.getCause() instanceof LedgerFault f ? f : stopped(e);
            throw new LedgerFault(fault.code(), String.valueOf(fault.getMessage()), fault);
        }
    }

    /// Whether the clock is believed: it does not stand more than the tolerance before the last record, and has
    /// not since
    /// an operator last vouched for it.
    boolean clockTrusted(Instant now) {
        if (now.isBefore(last.minus(settings.clockTolerance()))) {
            if (!clockSuspect) {
                suspectFrom = now;
            }
            clockSuspect = true;
        }
        return !clockSuspect;
    }

    @Override
    public void close() {
        waitlist.close();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // The last records are worth waiting for.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            for (List<Waiting> group = take(); !group.isEmpty() || !waitlist.done(); group = take()) {
                commit(group);
            }
            if (state != Ledger.State.BLOCKED) {
                pages.finish(clock.instant());
                published = pages.published();
            }
            state = Ledger.State.CLOSED;
        } catch (IOException | RuntimeException | Error e) {
            block(e);
        } finally {
            pages.closeQuietly();
            waitlist.close();
            waitlist.refuse(new LedgerFault(Code.CLOSED, "the ledger is closed"));
        }
    }

    @SuppressWarnings("WaitNotInLoop") // woken for nothing it returns an empty group, and the caller comes back
    private List<Waiting> take() {
        return waitlist.take(GROUP_MAX, GROUP_BYTES_MAX, settings.watchInterval());
    }

    private void commit(List<Waiting> group) {
        if (state == Ledger.State.BLOCKED) {
            Waitlist.refuse(group, new LedgerFault(Code.BLOCKED, "the ledger is blocked since an earlier fault"));
            return;
        }
        List<CompletableFuture<Framed>> promises = new ArrayList<>(group.size());
        List<Framed> frames = new ArrayList<>(group.size());
        try {
            pages.watch();
            restoreReserve(group);
            for (Waiting waiting : group) {
                Draft draft = waiting.draft();
                if (admitted(waiting)) {
                    frames.add(frame(draft));
                    promises.add(waiting.done());
                }
            }
            tell(frames);
            boolean due = frames.isEmpty() ? pages.overdue(clock.instant()) : pages.due();
            if (due) {
                frames.add(pages.checkpoint(clock.instant()));
            }
            if (!frames.isEmpty()) {
                write(frames);
            }
            for (int i = 0; i < promises.size(); i++) {
                promises.get(i).complete(frames.get(i));
            }
            int closed = pages.turn(clock.instant());
            published = pages.published();
            if (closed > 0) {
                packer.accept(closed);
            }
        } catch (IOException | RuntimeException | Error e) {
            block(e);
            Waitlist.refuse(group, stopped(e));
        }
    }

    /// While the clock is not believed, or the disk is full, no disclosure and no refusal is written. That it
    /// was so is,
    /// once each time, so that somebody who asks later why nothing left is told.
    private void tell(List<Framed> frames) {
        boolean suspect = clockSuspect;
        if (suspect && !clockTold) {
            // By the moment of the suspicion, and so by the last record before it: the clock may have gone on since.
            Instant from = suspectFrom;
            frames.add(act(from, LedgerRecord.Act.CLOCK_DISTRUSTED, Map.of("shows", from.toString())));
        }
        clockTold = suspect;
        boolean full = state == Ledger.State.FULL;
        if (full != fullTold) {
            frames.add(act(
                    clock.instant(), full ? LedgerRecord.Act.FULL : LedgerRecord.Act.ROOM_AGAIN, Map.of()));
        }
        fullTold = full;
    }

    private Framed act(Instant at, String kind, Map<String, String> facts) {
        return pages.tail().frame(Draft.act(at, kind, "appliance", facts));
    }

    private Framed frame(Draft draft) {
        if (draft.sort() == Draft.Sort.CLOCK_CONFIRMED) {
            clockSuspect = false;
        }
        return draft.sort() == Draft.Sort.CHECKPOINT
                ? pages.checkpoint(draft.at())
                : pages.tail().frame(draft);
    }

    private boolean admitted(Waiting waiting) {
        if (waiting.draft().sort() != Draft.Sort.DISCLOSURE) {
            return true;
        }
        if (state == Ledger.State.FULL) {
            waiting.done().completeExceptionally(new LedgerFault(Code.FULL, "the disk is full"));
            return false;
        }
        if (!clockTrusted(waiting.draft().at())) {
            waiting.done().completeExceptionally(new LedgerFault(Code.CLOCK_UNTRUSTED, "the clock was moved back"));
            return false;
        }
        return true;
    }

    private void write(List<Framed> frames) throws IOException {
        int size = frames.stream().mapToInt(frame -> frame.bytes().length).sum();
        ByteBuffer buffer = ByteBuffer.allocate(size);
        frames.forEach(frame -> buffer.put(frame.bytes()));
        buffer.flip();
        pages.write(buffer);
        if (pages.reserveSpent()) {
            // Written into the reserve's place: the last disclosures; from now on acts only.
            state = Ledger.State.FULL;
        }
        last = pages.tail().at();
        published = pages.published();
    }

    /// A full disk may have been emptied: tried when somebody asks for it, not more often than the files are
    /// looked after.
    private void restoreReserve(List<Waiting> group) {
        Instant now = clock.instant();
        boolean asked = state == Ledger.State.FULL && !group.isEmpty();
        if (asked && (now.isBefore(reserveTried) || !now.isBefore(reserveTried.plus(settings.watchInterval())))) {
            reserveTried = now;
            if (pages.holdReserve()) {
                state = Ledger.State.OPEN;
            }
        }
    }

    private void block(Throwable cause) {
        state = Ledger.State.BLOCKED;
        waitlist.refuse(stopped(cause));
    }

    private static LedgerFault stopped(Throwable cause) {
        return cause instanceof LedgerFault fault
                ? fault
                : new LedgerFault(Code.BLOCKED, "the ledger could not be written", cause);
    }
}
