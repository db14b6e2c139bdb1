package org.rosterkeep.outbound;

import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.rosterkeep.courier.wire.End;
import org.rosterkeep.courier.wire.Frame;

/// Bytes of a delivery as frames, counted and digested on the way.
final class PayloadStream extends OutputStream {
    private static final int SIZE = 1 << 16;

    private final Consumer<Frame> line;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[SIZE];
    private int size;
    private long length;

    PayloadStream(Consumer<Frame> line) {
        this.line = line;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        int at = from;
        int left = count;
        while (left > 0) {
            int some = Math.min(left, SIZE - size);
            System.arraycopy(bytes, at, buffer, size, some);
            size += some;
            at += some;
            left -= some;
            if (size == SIZE) {
                flush();
            }
        }
    }

    @Override
    public void flush() {
        if (size > 0) {
            digest.update(buffer, 0, size);
            length += size;
            line.accept(new Frame(Frame.Kind.PAYLOAD, Arrays.copyOf(buffer, size)));
            size = 0;
        }
    }

    /// Says that this was all of it.
    void end() {
        flush();
        line.accept(new End(HexFormat.of().formatHex(digest.digest()), length).frame(Frame.Kind.END));
    }
}
