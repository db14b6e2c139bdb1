package org.rosterkeep.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/// Looks after closed segments, on a thread of its own: compresses them, and writes down their contents. Nothing waits
/// for it; until it is done, and when it fails, segments are read as they are.
final class Archivist implements AutoCloseable {
    private final Path directory;
    private final Signer signer;
    private final Index index;
    private final ExecutorService work = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("ledger-packing").factory());
    /// Segments whose contents are being made, or cannot be.
    private final Set<Integer> begun = ConcurrentHashMap.newKeySet();
    private volatile boolean closing;

    Archivist(Path directory, Signer signer) {
        this.directory = directory;
        this.signer = signer;
        this.index = new Index(directory, signer.publicKey(), this::missed);
    }

    Index index() {
        return index;
    }

    /// A segment was closed.
    void closed(int number) {
        work.execute(() -> pack(number));
    }

    /// Does what an earlier run left undone.
    ///
    /// @param newest the segment that is being written
    void catchUp(int newest) {
        Segment.in(directory).stream()
                .filter(segment -> segment.number() < newest)
                .forEach(segment -> {
                    if (!segment.packed()) {
                        closed(segment.number());
                    } else if (!Files.exists(ContentsFile.of(directory, segment.number()))) {
                        missed(segment.number());
                    }
                });
    }

    private void missed(int number) {
        if (!closing && begun.add(number)) {
            try {
                work.execute(() -> describe(number));
            } catch (RejectedExecutionException e) {
                // Closed meanwhile; the next start makes them.
                begun.remove(number);
            }
        }
    }

    private void pack(int number) {
        try {
            Packing.pack(directory, number);
            Index.make(directory, number, signer);
        } catch (IOException e) {
            // The segment stays as it is, whole; the next start tries again.
        }
    }

    private void describe(int number) {
        try {
            if (!closing && Index.make(directory, number, signer)) {
                begun.remove(number);
            }
        } catch (IOException e) {
            // It is read whole, as it is; the next start tries again.
        }
    }

    /// Finishes what is being compressed; contents that are not made yet are left for the next start.
    @Override
    public void close() {
        closing = true;
        work.close();
    }
}
