package org.rosterkeep.vendors;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/// Takes an answer as it is written: up to a bound it is kept, so that it can be sent with its length in one
/// piece, which
/// costs half as much (performance.md section 3); above that it flows on as it comes, in constant memory.
final class Body extends OutputStream {
    /// Answers up to this many bytes are sent in one piece.
    static final int WHOLE_MAX = 1 << 20;

    private static final int START = 1 << 14;

    private final OverflowTo overflow;
    private byte[] bytes = new byte[START];
    private int length;
    private OutputStream beyond = OutputStream.nullOutputStream();
    private boolean overflowed;

    /// Opens the stream to the client, once it is clear that the answer is a long one.
    interface OverflowTo {
        OutputStream open();
    }

    Body(OverflowTo overflow) {
        this.overflow = overflow;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        if (!overflowed && (long) length + count > WHOLE_MAX) {
            beyond = overflow.open();
            overflowed = true;
            beyond.write(bytes, 0, length);
            bytes = new byte[0];
        }
        if (overflowed) {
            beyond.write(from, offset, count);
            return;
        }
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.clamp((length + (long) count) * 2, START, WHOLE_MAX));
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /// Whether bytes have already gone to the client.
    boolean overflowed() {
        return overflowed;
    }

    /// What was kept; empty once it flowed on.
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return overflowed ? 0 : length;
    }

    /// Ends a long answer. Called only when it is whole: a stream that is not closed tells the client that it is not.
    @Override
    public void close() throws IOException {
        beyond.close();
    }
}
