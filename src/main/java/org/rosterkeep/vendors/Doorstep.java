package org.rosterkeep.vendors;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Socket options that Helidon applies to each connection it has just accepted, before TLS: the one place to count
/// connections and to turn one away before it costs anything.
final class Doorstep implements SocketOptions {
    private final SocketOptions options;
    private final Porter porter;

    Doorstep(SocketOptions options, Porter porter) {
        this.options = options;
        this.porter = porter;
    }

    @Override
    public void configureSocket(SocketChannel socket) {
        try {
            if (socket.getRemoteAddress() instanceof InetSocketAddress from && !porter.admit(from, socket)) {
                throw new IllegalStateException("too many connections from one address");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        options.configureSocket(socket);
    }

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
