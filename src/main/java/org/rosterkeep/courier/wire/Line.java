package org.rosterkeep.courier.wire;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/// One connection between keep and courier. Any thread may send; one thread at a time listens. Closing it is always
/// allowed, by either side and at any moment, and wakes whoever waits.
public final class Line implements Closeable {
    private static final int HEAD = 5;

    private final ByteChannel channel;
    private final ReentrantLock sending = new ReentrantLock();

    /// @param channel a connected socket that blocks
    public Line(ByteChannel channel) {
        this.channel = channel;
    }

    public void send(Frame frame) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + frame.body().length)
                .put(frame.kind().letter())
                .putInt(frame.body().length)
                .put(frame.body())
                .flip();
        sending.lock();
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new WireFault(WireFault.Code.ENDED, e);
        } finally {
            sending.unlock();
        }
    }

    /// The next frame of the other side; waits for it. A length beyond what its kind allows is refused before anything
    /// is made ready for it.
    public Frame next() {
        ByteBuffer head = filled(HEAD);
        Frame.Kind kind = Frame.Kind.of(head.get()).orElseThrow(() -> new WireFault(WireFault.Code.KIND));
        int length = head.getInt();
        if (length < 0 || length > kind.bytesMax()) {
            throw new WireFault(WireFault.Code.LENGTH);
        }
        return new Frame(kind, filled(length).array());
    }

    private ByteBuffer filled(int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes) < 0) {
                    throw new WireFault(WireFault.Code.ENDED);
                }
            }
        } catch (IOException e) {
            throw new WireFault(WireFault.Code.ENDED, e);
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new WireFault(WireFault.Code.ENDED, e);
        }
    }
}
