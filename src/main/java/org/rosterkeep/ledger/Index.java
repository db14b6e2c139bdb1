package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/// The contents of the closed segments, as far as they are proven: signed with the ledger's key, and each one the
/// continuation of the one before in the chain of hashes, up to the segment that is being written. Contents of another
/// ledger, of another segment or of a file of another size are none. Where they are missing, the segment is read whole
/// and they are made again.
final class Index {
    private final LedgerVerifier verifier;
    private final IntConsumer missing;
    private final Path directory;

    /// @param missing is told of segments that have no contents, or not the right ones
    Index(Path directory, byte[] publicKey, IntConsumer missing) {
        this.directory = directory;
        this.verifier = new LedgerVerifier(publicKey, Optional.empty());
        this.missing = missing;
    }

    /// The proven contents, by segment.
    Map<Integer, Contents> of(List<Segment> segments, int newest) {
        Map<Integer, Contents> found = new HashMap<>();
        Optional<byte[]> next = Optional.empty();
        for (Segment segment : segments.reversed()) {
            Optional<Contents> contents =
                    segment.number() < newest && next.isPresent() ? proven(segment, next.get()) : Optional.empty();
            contents.ifPresent(one -> found.put(one.segment(), one));
            next = contents.map(Contents::before).or(() -> head(segment));
            if (contents.isEmpty() && segment.number() < newest) {
                missing.accept(segment.number());
            }
        }
        return found;
    }

    /// @param next the hash that the next segment's first record says it follows
    private Optional<Contents> proven(Segment segment, byte[] next) {
        return ContentsFile.read(directory, segment.number(), verifier)
                .filter(one -> one.size() == segment.bytes())
                .filter(one -> Arrays.equals(one.end(), next));
    }

    private static Optional<byte[]> head(Segment segment) {
        try (FrameReader frames = new FrameReader(segment.open())) {
            return frames.next() == FrameReader.Step.FRAME
                            && RecordText.record(frames.payload()) instanceof LedgerRecord.Checkpoint first
                    ? Optional.of(HexFormat.of().parseHex(first.head()))
                    : Optional.empty();
        } catch (IOException | LedgerFault e) {
            // Damaged: whoever reads it will say so.
            return Optional.empty();
        }
    }

    /// The frames of some parts, each proven to be what its contents were made of.
    ///
    /// @return empty when one is not: then nothing is believed, and the segment is read whole
    static Optional<List<byte[]>> parts(Segment segment, Contents contents, BitSet wanted) {
        List<byte[]> members = new ArrayList<>();
        try (FileChannel file = FileChannel.open(segment.file(), StandardOpenOption.READ)) {
            for (int n = wanted.nextSetBit(0); n >= 0; n = wanted.nextSetBit(n + 1)) {
                Part part = contents.parts().get(n);
                ByteBuffer member = ByteBuffer.allocate(part.length());
                while (member.hasRemaining() && file.read(member, part.offset() + member.position()) > 0) {}
                if (!Arrays.equals(Chain.sha256().digest(member.array()), part.hash())) {
                    return Optional.empty();
                }
                members.add(member.array());
            }
            return Optional.of(members);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Makes the contents of a segment that was packed.
    ///
    /// @return false when it is not packed, or not as it was written
    static boolean make(Path directory, int number, Signer signer) throws IOException {
        Path file = Segment.packed(directory, number);
        var contents =
                Files.exists(file) ? ContentsMaker.of(new Segment(number, file, true)) : Optional.<Contents>empty();
        if (contents.isPresent()) {
            ContentsFile.write(directory, contents.get(), signer);
        }
        return contents.isPresent();
    }
}
