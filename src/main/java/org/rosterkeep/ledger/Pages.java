package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import org.rosterkeep.ledger.LedgerFault.Code;

/// The files of a ledger, for the thread that writes: the newest segment, the reserve, the mark, and the turning to a
/// new segment when one is full.
final class Pages {
    private final Path directory;
    private final Tail tail;
    private final Signer signer;
    private final LedgerSettings settings;
    private final Disk disk;
    private final Reserve reserve;
    private SegmentFile segment;
    private Mark mark;
    private boolean spent;

    Pages(Path directory, Tail tail, SegmentFile segment, Signer signer, LedgerSettings settings, Disk disk) {
        this.directory = directory;
        this.tail = tail;
        this.segment = segment;
        this.signer = signer;
        this.settings = settings;
        this.disk = disk;
        this.reserve = new Reserve(directory, settings.reserveBytes(), disk);
        this.mark = new Mark(segment.number(), 0, 0, 0);
    }

    Tail tail() {
        return tail;
    }

    Scribe.Published published() {
        return new Scribe.Published(
                tail.number(),
                tail.head(),
                segment.number(),
                segment.size(),
                tail.checkpointNumber(),
                tail.checkpointAt());
    }

    /// Takes the reserve's space; false when the disk is too full for it.
    boolean holdReserve() {
        spent = !reserve.hold();
        return !spent;
    }

    /// Whether the reserve had to be given up.
    boolean reserveSpent() {
        return spent;
    }

    /// The first record of the segment: what a reader must know to begin here.
    void begin(Instant now) throws IOException {
        segment.write(ByteBuffer.wrap(tail.checkpoint(now, signer).bytes()));
        segment.sync();
        Disk.syncDirectory(directory);
        mark = new Mark(segment.number(), 0, tail.number(), 0);
    }

    /// Says on the disk that the ledger is open.
    void open() throws IOException {
        mark.write(directory, true);
    }

    Tail.Framed checkpoint(Instant now) {
        return tail.checkpoint(now, signer);
    }

    /// Enough records since the last checkpoint, or enough time.
    boolean due() {
        boolean time = !tail.at().isBefore(tail.checkpointAt().plus(settings.checkpointInterval()));
        return tail.number() - tail.checkpointNumber() >= settings.checkpointRecordsMax() || time;
    }

    /// Records wait for a signature although nothing happens any more.
    boolean overdue(Instant now) {
        return tail.number() > tail.checkpointNumber()
                && !now.isBefore(tail.checkpointAt().plus(settings.checkpointInterval()));
    }

    /// Refuses to go on when somebody touched the files.
    void watch() throws IOException {
        if (!segment.untouched(tail.headBytes())) {
            throw new LedgerFault(Code.BLOCKED, "the ledger's file was changed by somebody else");
        }
    }

    /// Writes and syncs, in the reserve's space if there is no other.
    void write(ByteBuffer frames) throws IOException {
        long at = segment.size();
        writeSomehow(segment, frames);
        if (tail.checkpointNumber() == tail.number()) {
            mark = new Mark(segment.number(), at + lastFrame(frames), tail.number(), 0);
            noteMark();
        }
    }

    /// Goes on in a new segment when this one is full; returns the number of the one that was closed, or 0.
    int turn(Instant now) throws IOException {
        if (segment.size() <= settings.segmentBytesMax()) {
            return 0;
        }
        SegmentFile old = segment;
        SegmentFile fresh = SegmentFile.open(directory, old.number() + 1, 0, disk);
        writeSomehow(fresh, ByteBuffer.wrap(checkpoint(now).bytes()));
        Disk.syncDirectory(directory);
        segment = fresh;
        mark = new Mark(segment.number(), 0, tail.number(), 0);
        noteMark();
        old.close();
        return old.number();
    }

    private void writeSomehow(SegmentFile file, ByteBuffer frames) throws IOException {
        try {
            file.write(frames.duplicate());
        } catch (IOException e) {
            file.takeBack();
            if (!reserve.release()) {
                throw e;
            }
            spent = true;
            file.write(frames.duplicate());
        }
        file.sync();
    }

    /// The mark is a hint, and a full disk may have no room for it.
    private void noteMark() throws IOException {
        if (!spent) {
            mark.write(directory, false);
        }
    }

    /// Signs what is unsigned and says on the disk that the ledger was closed in good order.
    void finish(Instant now) throws IOException {
        watch();
        if (tail.number() > tail.checkpointNumber()) {
            write(ByteBuffer.wrap(checkpoint(now).bytes()));
        }
        new Mark(mark.segment(), mark.offset(), mark.number(), segment.size()).write(directory, true);
    }

    void closeQuietly() {
        try {
            segment.close();
        } catch (IOException e) {
            // Every record was synced when it was acknowledged; there is nothing left to lose.
        }
    }

    private static int lastFrame(ByteBuffer frames) {
        int at = 0;
        for (int next = 0; next < frames.limit(); next = at + Tail.FRAME + frames.getInt(at)) {
            at = next;
        }
        return at;
    }
}
