package org.rosterkeep.vendors;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/// A listening socket that somebody else has opened and bound: the service manager, which keeps it while we are
/// restarted. To the server it looks like one that it opened itself; binding it once more changes nothing.
final class HandedSocket extends ServerSocketChannel {
    private final ServerSocketChannel handed;

    HandedSocket(SelectorProvider provider, ServerSocketChannel handed) {
        super(provider);
        this.handed = handed;
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) {
        return this;
    }

    /// What concerns the port (address reuse, above all) was settled by who bound it.
    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
        return this;
    }

    @Override
    public <T> T getOption(SocketOption<T> name) throws IOException {
        return handed.getOption(name);
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return handed.supportedOptions();
    }

    @Override
    public ServerSocket socket() {
        return handed.socket();
    }

    @Override
    public SocketChannel accept() throws IOException {
        return handed.accept();
    }

    @Override
    public SocketAddress getLocalAddress() throws IOException {
        return handed.getLocalAddress();
    }

    @Override
    protected void implCloseSelectableChannel() throws IOException {
        handed.close();
    }

    @Override
    protected void implConfigureBlocking(boolean block) throws IOException {
        handed.configureBlocking(block);
    }
}
