package org.rosterkeep.vendors;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// A connection whose every read and write is told to its [Visit].
final class Watched implements ConnectionContext {
    private final ConnectionContext inner;
    private final Visit visit;
    private final Porter porter;
    private final DataReader reader;
    private final DataWriter writer;
    private Runnable afterThis = () -> {};

    Watched(ConnectionContext inner, Visit visit, Porter porter) {
        this.inner = inner;
        this.visit = visit;
        this.porter = porter;
        DataReader original = inner.dataReader();
        this.reader = DataReader.create(() -> read(original));
        this.writer = new Writer(inner.dataWriter());
    }

    Visit visit() {
        return visit;
    }

    Porter porter() {
        return porter;
    }

    /// What to do when the request on its way turns out to be the connection's last.
    void afterThis(Runnable end) {
        afterThis = end;
    }

    /// The request on its way is the last one: one side said `Connection: close`. Helidon writes the header and reads
    /// on, so that bytes behind a malformed body would be taken for a request.
    void last() {
        boolean before = Thread.currentThread().isInterrupted();
        afterThis.run();
        if (!before) {
            // Helidon wakes whoever waits for a request line. That is this very thread, which knows already, and which
            // has an answer to write when the request line was too long.
            Thread.interrupted();
        }
    }

    /// Ends TLS in due form, then the connection under it, which Helidon leaves open when told to use plain sockets.
    void farewell() {
        var address = inner.remotePeer().address();
        try {
            writer.flush();
            visit.sending(0, porter.now());
            inner.serverSocket().close();
            visit.hearOut(porter.now());
        } catch (RuntimeException e) {
            // The client went first.
        } finally {
            porter.goodbye(address, visit);
        }
    }

    private byte[] read(DataReader original) {
        visit.waiting(porter.now());
        original.ensureAvailable();
        byte[] bytes = original.readBytes(original.available());
        visit.received(bytes.length, porter.now());
        return bytes;
    }

    @Override
    public DataReader dataReader() {
        return reader;
    }

    @Override
    public DataWriter dataWriter() {
        return writer;
    }

    @Override
    public ListenerContext listenerContext() {
        return inner.listenerContext();
    }

    @Override
    public ExecutorService executor() {
        return inner.executor();
    }

    @Override
    public Router router() {
        return inner.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
        return inner.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
        return inner.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
        return inner.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
        return inner.localPeer();
    }

    @Override
    public boolean isSecure() {
        return inner.isSecure();
    }

    @Override
    public String socketId() {
        return inner.socketId();
    }

    @Override
    public String childSocketId() {
        return inner.childSocketId();
    }

    private final class Writer implements DataWriter {
        /// `HTTP/1.1 100 Continue` and an empty line: not yet an answer.
        private static final int CONTINUE = 25;

        private final DataWriter to;

        Writer(DataWriter to) {
            this.to = to;
        }

        @Override
        public void write(BufferData... buffers) {
            watched(length(buffers), () -> to.write(buffers));
        }

        @Override
        public void write(BufferData buffer) {
            watched(buffer.available(), () -> to.write(buffer));
        }

        @Override
        public void writeNow(BufferData... buffers) {
            watched(length(buffers), () -> to.writeNow(buffers));
        }

        @Override
        public void writeNow(BufferData buffer) {
            watched(buffer.available(), () -> to.writeNow(buffer));
        }

        @Override
        public void flush() {
            to.flush();
        }

        @Override
        public void close() {
            to.close();
        }

        private void watched(int bytes, Runnable write) {
            if (bytes <= CONTINUE && visit.phase() == Visit.Phase.BODY) {
                write.run();
                return;
            }
            visit.sending(bytes, porter.now());
            write.run();
            visit.sent(porter.now());
        }

        private static int length(BufferData... buffers) {
            int length = 0;
            for (BufferData buffer : buffers) {
                length += buffer.available();
            }
            return length;
        }
    }
}
