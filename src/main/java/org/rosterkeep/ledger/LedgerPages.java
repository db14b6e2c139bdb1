package org.rosterkeep.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/// The records up to one moment, for reading while more are written.
///
/// What it reads it believes: proving the chain is [LedgerVerifier]'s work. What it does not read, because the contents
/// of a segment say that nothing is to be found there, is proven: see [Index].
public final class LedgerPages {
    private final List<Segment> segments;
    private final int newest;
    private final long size;
    private final Index index;
    private Optional<Map<Integer, Contents>> proven = Optional.empty();

    /// @param newest the segment that is being written
    /// @param size bytes of it that count
    LedgerPages(List<Segment> segments, int newest, long size, Index index) {
        this.segments = segments.stream().filter(s -> s.number() <= newest).toList();
        this.newest = newest;
        this.size = size;
        this.index = index;
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

    /// Visits the records of a time, and those of some kinds whenever they were made; oldest first. Of all others at
    /// most the beginning is read.
    ///
    /// @param from first instant
    /// @param until first instant after
    public void some(Instant from, Instant until, Set<String> kinds, Consumer<LedgerRecord> visitor) {
        String first = Tail.time(from);
        String after = Tail.time(until);
        visit(contents -> union(contents.within(from, until), contents.of(kinds)), payload -> {
            Stamp stamp = Stamp.of(payload);
            boolean within = stamp.time().compareTo(first) >= 0 && stamp.time().compareTo(after) < 0;
            if (within || kinds.contains(stamp.kind())) {
                visitor.accept(RecordText.record(payload));
            }
            return true;
        });
    }

    /// Whether anything was answered or refused in a time.
    ///
    /// @param after the last instant before
    /// @param until the last instant
    public boolean spoke(Instant after, Instant until) {
        String first = Tail.time(after);
        String last = Tail.time(until);
        return !visit(
                contents -> {
                    BitSet found = contents.within(after, until.plusNanos(1));
                    found.and(contents.answers());
                    return found;
                },
                payload -> {
                    Stamp stamp = Stamp.of(payload);
                    boolean within =
                            stamp.time().compareTo(first) > 0 && stamp.time().compareTo(last) <= 0;
                    return !within
                            || !stamp.kind().equals(Draft.DISCLOSURE_KIND)
                                    && !stamp.kind().equals(Draft.REFUSAL_KIND);
                });
    }

    private static BitSet union(BitSet one, BitSet other) {
        one.or(other);
        return one;
    }

    /// Visits the payloads of the parts that are asked for, and those of every segment whose contents are not proven,
    /// oldest first, until the visitor has enough.
    ///
    /// @param wanted by the contents of a segment: its parts
    /// @param visitor says whether it wants more
    /// @return whether it wanted more to the end
    boolean visit(Function<Contents, BitSet> wanted, Predicate<byte[]> visitor) {
        Map<Integer, Contents> known = proven();
        for (Segment segment : segments) {
            Optional<List<byte[]>> members = Optional.ofNullable(known.get(segment.number()))
                    .flatMap(contents -> Index.parts(segment, contents, wanted.apply(contents)));
            boolean more = members.isPresent()
                    ? members(segment, members.get(), visitor)
                    : read(segment, segment::open, limit(segment), visitor);
            if (!more) {
                return false;
            }
        }
        return true;
    }

    private boolean members(Segment segment, List<byte[]> members, Predicate<byte[]> visitor) {
        for (byte[] member : members) {
            if (!read(segment, () -> Members.open(member), Long.MAX_VALUE, visitor)) {
                return false;
            }
        }
        return true;
    }

    private synchronized Map<Integer, Contents> proven() {
        if (proven.isEmpty()) {
            proven = Optional.of(index.of(segments, newest));
        }
        return proven.get();
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

    private interface Source {
        InputStream open() throws IOException;
    }

    private void read(Segment segment, Consumer<byte[]> visitor) {
        read(segment, segment::open, limit(segment), payload -> {
            visitor.accept(payload);
            return true;
        });
    }

    private static boolean read(Segment segment, Source source, long limit, Predicate<byte[]> visitor) {
        try (FrameReader frames = new FrameReader(source.open(), limit)) {
            FrameReader.Step step = frames.next();
            for (; step == FrameReader.Step.FRAME; step = frames.next()) {
                if (!visitor.test(frames.payload())) {
                    return false;
                }
            }
            if (step == FrameReader.Step.TORN) {
                throw new LedgerFault(LedgerFault.Code.UNREADABLE, "segment " + segment.number() + " is damaged");
            }
            return true;
        } catch (IOException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "segment " + segment.number() + " cannot be read", e);
        }
    }
}
