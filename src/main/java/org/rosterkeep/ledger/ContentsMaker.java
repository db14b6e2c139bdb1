package org.rosterkeep.ledger;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a packed segment from end to end and says what it contains. Of a segment whose chain of hashes is broken it
/// says nothing: that one is read whole, by everybody, every time.
final class ContentsMaker {
    private final int number;
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, BitSet> kinds = new HashMap<>();
    private final Map<Contents.Listing, Integer> lists = new LinkedHashMap<>();
    private final Bearings bearings = new Bearings();
    private byte[] before = new byte[0];
    private Optional<Chain> chain = Optional.empty();
    private Instant earliest = Instant.MAX;
    private Instant latest = Instant.MIN;
    private boolean answers;

    private ContentsMaker(int number) {
        this.number = number;
    }

    /// @return empty when the segment is not as it was written
    static Optional<Contents> of(Segment segment) throws IOException {
        byte[] file = Files.readAllBytes(segment.file());
        ContentsMaker maker = new ContentsMaker(segment.number());
        Members members = new Members(file);
        try {
            while (members.more()) {
                byte[] frames = members.next();
                if (!maker.part(frames)) {
                    return Optional.empty();
                }
                maker.close(file, members.offset(), members.length());
            }
        } catch (LedgerFault e) {
            // A record that is none.
            return Optional.empty();
        }
        return maker.chain.map(end -> new Contents(
                maker.number,
                maker.before,
                end.head(),
                file.length,
                maker.parts,
                maker.kinds,
                List.copyOf(maker.lists.keySet()),
                maker.bearings.bytes()));
    }

    private boolean part(byte[] bytes) throws IOException {
        try (FrameReader frames = new FrameReader(new ByteArrayInputStream(bytes))) {
            FrameReader.Step step = frames.next();
            for (; step == FrameReader.Step.FRAME; step = frames.next()) {
                if (!follows(frames)) {
                    return false;
                }
                note(frames.payload());
            }
            return step == FrameReader.Step.END;
        }
    }

    private boolean follows(FrameReader frames) {
        if (chain.isEmpty()) {
            if (!(RecordText.record(frames.payload()) instanceof LedgerRecord.Checkpoint first)) {
                return false;
            }
            before = HexFormat.of().parseHex(first.head());
            chain = Optional.of(new Chain(before));
        }
        return chain.get().follow(frames.payload(), frames.hash());
    }

    private void note(byte[] payload) {
        Stamp stamp = Stamp.of(payload);
        Instant at = Instant.parse(stamp.time());
        earliest = at.isBefore(earliest) ? at : earliest;
        latest = at.isAfter(latest) ? at : latest;
        switch (stamp.kind()) {
            case Draft.CHECKPOINT_KIND -> {}
            case Draft.REFUSAL_KIND -> answers = true;
            case Draft.DISCLOSURE_KIND -> {
                answers = true;
                RecordText.bearing(payload).ifPresent(this::note);
            }
            default -> kinds.computeIfAbsent(stamp.kind(), _ -> new BitSet()).set(parts.size());
        }
    }

    private void note(RecordText.Bearing bearing) {
        var listing = new Contents.Listing(bearing.client(), bearing.rule(), bearing.edition(), bearing.entity());
        int known = lists.computeIfAbsent(listing, _ -> lists.size());
        bearings.add(known, bearing.persons());
    }

    private void close(byte[] file, int offset, int length) {
        var sha = Chain.sha256();
        sha.update(file, offset, length);
        parts.add(new Part(offset, length, sha.digest(), earliest, latest, answers));
        bearings.close();
        earliest = Instant.MAX;
        latest = Instant.MIN;
        answers = false;
    }
}
