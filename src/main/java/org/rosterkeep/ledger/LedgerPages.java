package org.rosterkeep.ledger;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The records up to one moment, for reading while more are written.
///
/// What it reads it believes: proving the chain is [LedgerVerifier]'s work.
public final class LedgerPages {
    private final List<Segment> segments;
    private final int newest;
    private final long size;

    /// @param newest the segment that is being written
    /// @param size bytes of it that count
    LedgerPages(List<Segment> segments, int newest, long size) {
        this.segments = segments.stream().filter(s -> s.number() <= newest).toList();
        this.newest = newest;
        this.size = size;
    }

    List<Segment> segments() {
        return segments;
    }

    /// How many bytes of a segment count.
    long limit(Segment segment) {
        return segment.number() == newest ? size : Long.MAX_VALUE;
    }

    long size() {
        return size;
    }

    /// Visits every payload, oldest first.
    void payloads(Consumer<byte[]> visitor) {
        segments.forEach(segment -> read(segment, visitor));
    }

    /// The newest records that satisfy the question, newest first.
    public List<LedgerRecord> newest(Predicate<LedgerRecord> question, int limit) {
        List<LedgerRecord> found = new ArrayList<>();
        for (Segment segment : segments.reversed()) {
            List<LedgerRecord> here = new ArrayList<>();
            read(segment, payload -> {
                LedgerRecord record = RecordText.record(payload);
                if (question.test(record)) {
                    here.add(record);
                }
            });
            Collections.reverse(here);
            found.addAll(here.subList(0, Math.min(here.size(), limit - found.size())));
            if (found.size() == limit) {
                break;
            }
        }
        return found;
    }

    /// Visits every record, oldest first.
    public void all(Consumer<LedgerRecord> visitor) {
        payloads(payload -> visitor.accept(RecordText.record(payload)));
    }

    /// Visits the records of a time, and those of some kinds whenever they were made; oldest first. Of all others only
    /// the beginning is read.
    ///
    /// @param from first instant
    /// @param until first instant after
    public void some(Instant from, Instant until, Set<String> kinds, Consumer<LedgerRecord> visitor) {
        String first = Tail.time(from);
        String after = Tail.time(until);
        payloads(payload -> {
            Stamp stamp = Stamp.of(payload);
            boolean within = stamp.time().compareTo(first) >= 0 && stamp.time().compareTo(after) < 0;
            if (within || kinds.contains(stamp.kind())) {
                visitor.accept(RecordText.record(payload));
            }
        });
    }

    /// Whether anything was answered or refused in a time.
    ///
    /// @param after the last instant before
    /// @param until the last instant
    public boolean spoke(Instant after, Instant until) {
        String first = Tail.time(after);
        String last = Tail.time(until);
        AtomicBoolean found = new AtomicBoolean();
        payloads(payload -> {
            Stamp stamp = Stamp.of(payload);
            boolean within = stamp.time().compareTo(first) > 0 && stamp.time().compareTo(last) <= 0;
            if (within
                    && (stamp.kind().equals(Draft.DISCLOSURE_KIND)
                            || stamp.kind().equals(Draft.REFUSAL_KIND))) {
                found.set(true);
            }
        });
        return found.get();
    }

    /// The very first record there is.
    public Optional<LedgerRecord> first() {
        List<LedgerRecord> found = new ArrayList<>();
        if (!segments.isEmpty()) {
            try (FrameReader frames = new FrameReader(segments.getFirst().open(), limit(segments.getFirst()))) {
                if (frames.next() == FrameReader.Step.FRAME) {
                    found.add(RecordText.record(frames.payload()));
                }
            } catch (IOException e) {
                throw new LedgerFault(LedgerFault.Code.UNREADABLE, "the first segment cannot be read", e);
            }
        }
        return found.stream().findFirst();
    }

    private void read(Segment segment, Consumer<byte[]> visitor) {
        long limit = segment.number() == newest ? size : Long.MAX_VALUE;
        try (FrameReader frames = new FrameReader(segment.open(), limit)) {
            FrameReader.Step step = frames.next();
            for (; step == FrameReader.Step.FRAME; step = frames.next()) {
                visitor.accept(frames.payload());
            }
            if (step == FrameReader.Step.TORN) {
                throw new LedgerFault(LedgerFault.Code.UNREADABLE, "segment " + segment.number() + " is damaged");
            }
        } catch (IOException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "segment " + segment.number() + " cannot be read", e);
        }
    }
}
