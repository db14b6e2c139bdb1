package org.rosterkeep.courier;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.rosterkeep.courier.wire.Target;

/// One request and its answer over one connection, and how far it came. The body goes in chunks; the last
/// chunk, by which
/// the other side knows that it has all, is sent only after somebody said so with [#whole()].
final class Exchange {
    private static final Duration ANSWER = Duration.ofSeconds(90);
    private static final Duration EARLY_ANSWER = Duration.ofSeconds(2);

    private final Connection connection;
    private final Target target;
    private boolean whole;
    private boolean handedOver;

    Exchange(Connection connection, Target target) {
        this.connection = connection;
        this.target = target;
    }

    /// What was written so far is all of it.
    void whole() {
        whole = true;
    }

    /// Whether the other side may have it whole.
    boolean handedOver() {
        return handedOver;
    }

    OutputStream begin(String method, Map<String, String> headers, boolean body) throws IOException {
        OutputStream out = new BufferedOutputStream(connection.out());
        var head = new StringBuilder(method).append(' ').append(target.path()).append(" HTTP/1.1\r\nHost: ");
        head.append(target.host());
        if (target.port() != 443) {
            head.append(':').append(target.port());
        }
        headers.forEach(
                (name, value) -> head.append("\r\n").append(name).append(": ").append(value));
        head.append("\r\nConnection: close")
                .append(body ? "\r\nTransfer-Encoding: chunked" : "")
                .append("\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!body) {
            handedOver = true;
            out.flush();
        }
        return body ? new Chunks(out) : out;
    }

    /// The answer; also the one that a server gives in the middle of a body it does not want.
    HttpAnswer answer(boolean early) throws IOException {
        connection.patience(early ? EARLY_ANSWER : ANSWER);
        return HttpAnswer.read(connection.in());
    }

    private final class Chunks extends OutputStream {
        private final OutputStream out;
        private boolean closed;

        Chunks(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length > 0) {
                out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes, from, length);
                out.write('\r');
                out.write('\n');
                out.flush();
            }
        }

        /// Without the word that it is whole there is no last chunk, and the connection breaks off.
        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            if (!whole) {
                connection.close();
                return;
            }
            handedOver = true;
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
    }
}
