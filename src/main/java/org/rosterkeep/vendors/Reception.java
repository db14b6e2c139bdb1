package org.rosterkeep.vendors;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.BadRequestException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.http.HttpLogConfig;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/// Helidon's HTTP/1.1, with every connection watched by the porter. It stands before Helidon's own selector and takes
/// everything that is HTTP/1.1.
final class Reception implements ServerConnectionSelector {
    private final ServerConnectionSelector http;
    private final Porter porter;

    Reception(Limits limits, Porter porter) {
        this.porter = porter;
        this.http = Http1ConnectionSelector.builder()
                .config(Http1Config.builder()
                        .maxPrologueLength(limits.prologueBytes())
                        .maxHeadersSize(limits.headerBytes())
                        .log(HttpLogConfig.builder()
                                .receiveLog(false)
                                .sendLog(false)
                                .build())
                        // Clients in the field send filters with signs that should have been encoded; what must not be
                        // in a query cannot pass the request line's own parsing.
                        .validatePrologue(false)
                        .addReceiveListener(new Ear())
                        .addSendListener(new Mouth())
                        .build())
                .build();
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        // However long it is: Helidon answers too long a request line only if it has not come in one piece.
        return data.indexOf((byte) '\n') < 0 ? Support.SUPPORTED : http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        Visit visit = porter.visit(context.remotePeer().address())
                .orElseThrow(() -> new CloseConnectionException("the connection is overdue"));
        Watched watched = new Watched(context, visit, porter);
        ServerConnection connection = http.connection(watched);
        watched.afterThis(() -> connection.close(false));
        return new Attended(connection, watched);
    }

    /// Hears of request lines and headers.
    private static final class Ear implements Http1ConnectionListener {
        @Override
        public void prologue(ConnectionContext context, HttpPrologue prologue) {
            if (context instanceof Watched watched) {
                watched.visit().requestLine(watched.porter().now());
            }
        }

        @Override
        public void headers(ConnectionContext context, Headers headers) {
            for (Header header : headers) {
                if (header.name().isBlank()) {
                    throw new BadRequestException("a header has no name");
                }
            }
            boolean body = headers.contains(HeaderNames.TRANSFER_ENCODING)
                    || headers.contains(HeaderNames.CONTENT_LENGTH)
                            && !headers.get(HeaderNames.CONTENT_LENGTH)
                                    .get()
                                    .strip()
                                    .equals("0");
            if (context instanceof Watched watched) {
                watched.visit().headersComplete(body, watched.porter().now());
                if (headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
                    watched.last();
                }
            }
        }
    }

    /// Hears what is answered.
    private static final class Mouth implements Http1ConnectionListener {
        @Override
        public void headers(ConnectionContext context, Headers headers) {
            if (context instanceof Watched watched && headers.containsToken(HeaderValues.CONNECTION_CLOSE)) {
                watched.last();
            }
        }
    }

    /// Says goodbye when the connection ends, however it ends.
    private record Attended(ServerConnection connection, Watched watched) implements ServerConnection {
        @Override
        public void handle(Limit limit) throws InterruptedException {
            try {
                connection.handle(limit);
            } finally {
                watched.farewell();
            }
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }
    }
}
