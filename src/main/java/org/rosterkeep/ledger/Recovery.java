package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Finds the end of a ledger when it is opened. The last write before a loss of power may be incomplete: nobody was
/// told that it was recorded, so it is cut off and the cut becomes a record. Anything else that is not as it
/// was written
/// is damage, and the ledger stays shut.
final class Recovery {
    /// The unit in which disks lose writes.
    private static final int SECTOR = 512;

    private final Path directory;

    Recovery(Path directory) {
        this.directory = directory;
    }

    /// Where writing goes on.
    ///
    /// @param segment 0 when there is no ledger yet
    /// @param size where good records end in it
    /// @param cut bytes behind them, to be cut off
    record Found(Tail tail, int segment, long size, long cut) {}

    Found find() {
        try {
            List<Segment> segments = Segment.in(directory);
            complete(segments);
            if (segments.isEmpty()) {
                if (Mark.read(directory).isPresent()) {
                    throw blocked("the ledger's files are gone");
                }
                return new Found(Tail.beginning(), 0, 0, 0);
            }
            Segment last = segments.getLast();
            if (segments.size() > 1 && !begun(last)) {
                // Made, and then the power went: its first record was not acknowledged to anybody.
                Files.delete(last.file());
                segments.removeLast();
                last = segments.getLast();
            }
            return end(last);
        } catch (IOException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "the ledger cannot be read", e);
        }
    }

    private Found end(Segment last) throws IOException {
        if (last.packed()) {
            throw blocked("the newest segment of the ledger is gone");
        }
        Optional<Mark> mark = Mark.read(directory);
        long promised = mark.map(m -> promised(m, last)).orElse(0L);
        long size = Files.size(last.file());
        boolean orderly =
                mark.isPresent() && mark.get().size() > 0 && mark.get().segment() == last.number();
        if (orderly && mark.get().size() != size) {
            throw blocked("the ledger has another size than when it was closed");
        }
        return walk(last, orderly ? promised : 0, promised, size);
    }

    /// The offset up to which the newest segment must be whole.
    private static long promised(Mark mark, Segment last) {
        if (mark.segment() > last.number()) {
            throw blocked("the newest segments of the ledger are gone");
        }
        return mark.segment() == last.number() ? mark.offset() : 0;
    }

    private static Found walk(Segment segment, long from, long promised, long size) throws IOException {
        try (FrameReader frames = new FrameReader(segment.open()).from(from)) {
            FrameReader.Step step = frames.next();
            if (step != FrameReader.Step.FRAME) {
                if (promised > 0 || segment.number() > 1) {
                    throw blocked("the ledger ends before its last known checkpoint");
                }
                judgeEnd(segment, Tail.beginning(), from);
                return new Found(Tail.beginning(), segment.number(), from, size - from);
            }
            if (!(RecordText.record(frames.payload()) instanceof LedgerRecord.Checkpoint checkpoint)) {
                throw blocked("a segment of the ledger does not begin with a checkpoint");
            }
            Tail tail = Tail.before(checkpoint);
            for (; step == FrameReader.Step.FRAME; step = frames.next()) {
                if (!tail.follow(frames.payload(), frames.hash())) {
                    break;
                }
            }
            long end = frames.offset();
            if (step != FrameReader.Step.END) {
                if (end <= promised) {
                    throw blocked("the ledger is damaged before its last known checkpoint");
                }
                judgeEnd(segment, tail, end);
            } else if (end <= promised) {
                throw blocked("the ledger ends before its last known checkpoint");
            }
            return new Found(tail, segment.number(), end, size - end);
        }
    }

    /// Tells an interrupted write from damage in what follows the last good record.
    private static void judgeEnd(Segment segment, Tail tail, long end) throws IOException {
        byte[] rest;
        try (var in = segment.open()) {
            in.skipNBytes(end);
            rest = in.readAllBytes();
        }
        if (unwritten(rest)) {
            return;
        }
        boolean whole = wholeFrame(rest, 0) || wholeButForLength(rest, tail.headBytes());
        if (whole || laterRecord(rest)) {
            throw blocked("the ledger is damaged behind record " + tail.number());
        }
    }

    /// Space that the file was given and that was never written.
    private static boolean unwritten(byte[] rest) {
        int zeros = 0;
        for (byte b : rest) {
            zeros = b == 0 ? zeros + 1 : 0;
            if (zeros >= SECTOR) {
                return true;
            }
        }
        return zeros == rest.length;
    }

    private static boolean wholeFrame(byte[] rest, int at) {
        int size = size(rest, at);
        return size >= 2 && (long) at + Tail.FRAME + size <= rest.length;
    }

    private static boolean wholeButForLength(byte[] rest, byte[] head) {
        if (rest.length < Tail.FRAME + 2) {
            return false;
        }
        byte[] payload = Arrays.copyOfRange(rest, 4, rest.length - Chain.HASH);
        byte[] hash = Arrays.copyOfRange(rest, rest.length - Chain.HASH, rest.length);
        return new Chain(head).follow(payload, hash);
    }

    /// A record further on that proves itself: its hash fits its payload and the 32 bytes before it.
    private static boolean laterRecord(byte[] rest) {
        for (int at = Chain.HASH; at + Tail.FRAME < rest.length; at++) {
            boolean begins = rest[at + 4] == '{' && rest[at + 5] == '"' && rest[at + 6] == 'n' && wholeFrame(rest, at);
            if (begins && Chain.links(rest, at - Chain.HASH, at + 4, at + 4 + size(rest, at))) {
                return true;
            }
        }
        return false;
    }

    private static int size(byte[] rest, int at) {
        if (at + 4 > rest.length) {
            return 0;
        }
        int size = (rest[at] & 0xff) << 24
                | (rest[at + 1] & 0xff) << 16
                | (rest[at + 2] & 0xff) << 8
                | rest[at + 3] & 0xff;
        return size > Tail.PAYLOAD_MAX ? 0 : Math.max(size, 0);
    }

    private static boolean begun(Segment segment) throws IOException {
        if (segment.packed()) {
            return true;
        }
        try (FrameReader frames = new FrameReader(segment.open())) {
            return frames.next() == FrameReader.Step.FRAME;
        }
    }

    private static void complete(List<Segment> segments) {
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i).number() != i + 1) {
                throw blocked("segment " + (i + 1) + " of the ledger is gone");
            }
        }
    }

    private static LedgerFault blocked(String message) {
        return new LedgerFault(LedgerFault.Code.BLOCKED, message);
    }
}
