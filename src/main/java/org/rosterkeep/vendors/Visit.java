package org.rosterkeep.vendors;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.SocketChannel;

/// One connection and what it owes: bytes by a time, or the taking of bytes by a time. All times are nanoseconds of a
/// monotonic clock. Written by the connection's thread
/// alone, read by the porter's.
final class Visit {
    /// Where the conversation stands.
    enum Phase {
        /// No byte of a request has come yet.
        SILENT,
        HEADERS,
        BODY,
        /// The request is here; an answer is being made.
        WORK,
        /// The client must take a piece of the answer.
        TAKING,
        /// Between two requests.
        IDLE,
        /// Everything is said on our side; the client may finish its sentence.
        PARTING
    }

    private final Channel socket;
    private final InetAddress address;
    private final Limits limits;
    private volatile Phase phase = Phase.SILENT;
    private volatile long since;
    private volatile long bytes;
    /// Whether the last answer began before the request was known to be read to its end.
    private boolean interrupted;

    Visit(Channel socket, InetAddress address, Limits limits, long now) {
        this.socket = socket;
        this.address = address;
        this.limits = limits;
        this.since = now;
    }

    InetAddress address() {
        return address;
    }

    Phase phase() {
        return phase;
    }

    /// The connection's thread is about to wait for bytes.
    void waiting(long now) {
        if (phase == Phase.WORK) {
            // The last request is answered: what comes now is another one, or the rest of a body nobody wanted.
            enter(Phase.IDLE, now);
        }
    }

    void received(int count, long now) {
        if (phase == Phase.SILENT || phase == Phase.IDLE) {
            enter(Phase.HEADERS, now);
        }
        long before = bytes;
        bytes = before + count;
    }

    /// A request line is complete; several requests may have come in one piece.
    void requestLine(long now) {
        if (phase != Phase.HEADERS) {
            enter(Phase.HEADERS, now);
        }
    }

    void headersComplete(boolean bodyFollows, long now) {
        interrupted = false;
        enter(bodyFollows ? Phase.BODY : Phase.WORK, now);
    }

    void sending(int count, long now) {
        interrupted |= count > 0 && (phase == Phase.HEADERS || phase == Phase.BODY);
        enter(Phase.TAKING, now);
        bytes = count;
    }

    void sent(long now) {
        enter(Phase.WORK, now);
    }

    /// Lets the client finish a sentence that was answered before its end. A socket that is closed with bytes unread is
    /// reset, and the client would lose the answer. What comes is thrown away unread, up to a body's size, and the
    /// porter ends it when it takes longer than headers may.
    void hearOut(long now) {
        if (!interrupted || !(socket instanceof SocketChannel channel)) {
            return;
        }
        enter(Phase.PARTING, now);
        try {
            channel.shutdownOutput();
            ByteBuffer dropped = ByteBuffer.allocate(8_192);
            long heard = 0;
            for (int read = 0; read >= 0 && heard <= limits.bodyBytes(); heard += read) {
                read = channel.read(dropped.clear());
            }
        } catch (IOException e) {
            // The client went first, or the porter lost patience.
        }
    }

    private void enter(Phase next, long now) {
        since = now;
        bytes = 0;
        phase = next;
    }

    /// Whether the client has had its time.
    boolean overdue(long now) {
        long waited = now - since;
        return switch (phase) {
            case SILENT -> waited > limits.silence().toNanos();
            case HEADERS, PARTING -> waited > limits.headers().toNanos();
            case IDLE -> waited > limits.idle().toNanos();
            case WORK -> waited > limits.work().toNanos();
            case TAKING -> waited > limits.stall().toNanos() + nanosFor(bytes);
            case BODY ->
                waited > limits.body().toNanos() || waited > limits.bodyGrace().toNanos() + nanosFor(bytes);
        };
    }

    private long nanosFor(long count) {
        long rate = limits.rateMin();
        return count / rate * 1_000_000_000L + count % rate * 1_000_000_000L / rate;
    }

    /// Whether somebody else has ended it already, as a failed TLS handshake does.
    boolean over() {
        return !socket.isOpen();
    }

    /// Ends the connection under its thread, whatever that is waiting for.
    void end() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed as far as anybody can tell.
        }
    }
}
