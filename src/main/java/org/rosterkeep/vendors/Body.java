package org.rosterkeep.vendors;

import java.io.IOException;
import java.io.OutputStream;

/// Takes an answer as it is written: up to a bound it is kept, so that it can be sent with its length in one
/// piece, which
/// costs half as much (performance.md section 3); above that it flows on as it comes, in constant memory.
final class Body extends OutputStream {
    /// Answers up to this many bytes are sent in one piece.
    static final int WHOLE_MAX = 1 << 20;

    private static final int SMALL = 1 << 14;

    private final Trays trays;
    private final OverflowTo overflow;
    private byte[] bytes = new byte[SMALL];
    private int length;
    private OutputStream beyond = OutputStream.nullOutputStream();
    private boolean overflowed;

    /// Opens the stream to the client, once it is clear that the answer is a long one.
    interface OverflowTo {
        OutputStream open();
    }

    Body(Trays trays, OverflowTo overflow) {
        this.trays = trays;
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
            release();
        }
        if (overflowed) {
            beyond.write(from, offset, count);
            return;
        }
        if (length + count > bytes.length) {
            byte[] tray = trays.take();
            System.arraycopy(bytes, 0, tray, 0, length);
            bytes = tray;
        }
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    /// Whether bytes have already gone to the client.
    boolean overflowed() {
        return overflowed;
    }

    /// What was kept, up to [#length()]; good until [#release()].
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

    /// Gives the buffer back. It may be called twice.
    void release() {
        if (bytes.length == WHOLE_MAX) {
            trays.giveBack(bytes);
        }
        bytes = new byte[0];
    }
}
