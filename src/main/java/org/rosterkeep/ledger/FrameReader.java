package org.rosterkeep.ledger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads frames one after the other. It checks lengths only; the chain is the caller's.
final class FrameReader implements AutoCloseable {
    enum Step {
        /// [#payload()] and [#hash()] hold the next record.
        FRAME,
        /// Nothing follows.
        END,
        /// What follows is not a whole frame.
        TORN
    }

    private final InputStream in;
    private final long limit;
    private long offset;
    private long next;
    private byte[] payload = new byte[0];
    private byte[] hash = new byte[0];

    /// @param limit bytes to read at most: a segment that is being written is good up to its last sync
    FrameReader(InputStream in, long limit) {
        this.in = in;
        this.limit = limit;
    }

    FrameReader(InputStream in) {
        this(in, Long.MAX_VALUE);
    }

    /// Goes to an offset where a frame is known to begin.
    FrameReader from(long start) throws IOException {
        in.skipNBytes(start);
        offset = start;
        next = start;
        return this;
    }

    Step next() throws IOException {
        offset = next;
        if (offset >= limit) {
            return Step.END;
        }
        byte[] length;
        try {
            length = in.readNBytes(4);
            if (length.length == 0) {
                return Step.END;
            }
            if (length.length < 4) {
                return Step.TORN;
            }
            int size = (length[0] & 0xff) << 24 | (length[1] & 0xff) << 16 | (length[2] & 0xff) << 8 | length[3] & 0xff;
            if (size < 2 || size > Tail.PAYLOAD_MAX) {
                return Step.TORN;
            }
            payload = in.readNBytes(size);
            hash = in.readNBytes(Chain.HASH);
            if (payload.length < size || hash.length < Chain.HASH) {
                return Step.TORN;
            }
            next = offset + Tail.FRAME + size;
            return Step.FRAME;
        } catch (EOFException e) {
            // A compressed file that was cut off.
            return Step.TORN;
        }
    }

    /// Where the frame of the last [#next()] begins, uncompressed.
    long offset() {
        return offset;
    }

    /// Where the frame after it begins.
    long end() {
        return next;
    }

    byte[] payload() {
        return payload;
    }

    byte[] hash() {
        return hash;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
