package org.rosterkeep.ledger;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// How a ledger ends, as its files say: without a key, whether anybody writes it or not. It proves nothing.
///
/// @param segments how many files
/// @param bytes of them all
/// @param head the last 32 bytes of the newest, the hash of the last record where nothing was torn; hex
public record LedgerHead(int segments, long bytes, Optional<String> head) {
    public static LedgerHead of(Path directory) {
        List<Segment> segments = Segment.in(directory);
        long bytes = segments.stream().mapToLong(Segment::bytes).sum();
        Optional<String> head = Optional.empty();
        if (!segments.isEmpty() && !segments.getLast().packed()) {
            head = end(segments.getLast().file());
        }
        return new LedgerHead(segments.size(), bytes, head);
    }

    private static Optional<String> end(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() < Chain.HASH) {
                return Optional.empty();
            }
            byte[] hash = new byte[Chain.HASH];
            in.seek(in.length() - Chain.HASH);
            in.readFully(hash);
            return Optional.of(HexFormat.of().formatHex(hash));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
