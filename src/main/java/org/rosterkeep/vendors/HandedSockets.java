package org.rosterkeep.vendors;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import sun.nio.ch.DefaultSelectorProvider;

/// The JDK's own provider of channels, but for one thing: the next listening socket that is opened after a
/// [#hand] is the one that was handed. Helidon 4.5 opens its listening socket itself and takes none, and this is the
/// one seam the JDK leaves; the process it is for may neither open nor connect an internet socket.
///
/// The JDK finds it as a service, so there is one in a process, and what is handed has to be static.
public final class HandedSockets extends SelectorProvider {
    private static final AtomicReference<@Nullable ServerSocketChannel> HANDED = new AtomicReference<>();

    private final SelectorProvider jdk = DefaultSelectorProvider.get();

    /// The listening socket this process was started with, as descriptor 0; empty when it is none.
    ///
    /// @throws IOException when the descriptor is a socket but of no kind the JDK knows
    public static Optional<ServerSocketChannel> inherited() throws IOException {
        return System.inheritedChannel() instanceof ServerSocketChannel socket ? Optional.of(socket) : Optional.empty();
    }

    /// Whoever opens the next listening internet socket gets this one.
    static void hand(ServerSocketChannel socket) {
        HANDED.set(socket);
    }

    /// Takes back what nobody asked for.
    static void withdraw() {
        HANDED.set(null);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() throws IOException {
        ServerSocketChannel handed = HANDED.getAndSet(null);
        return handed == null ? jdk.openServerSocketChannel() : new HandedSocket(this, handed);
    }

    @Override
    public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
        return jdk.openServerSocketChannel(family);
    }

    @Override
    public DatagramChannel openDatagramChannel() throws IOException {
        return jdk.openDatagramChannel();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
        return jdk.openDatagramChannel(family);
    }

    @Override
    public Pipe openPipe() throws IOException {
        return jdk.openPipe();
    }

    @Override
    public AbstractSelector openSelector() throws IOException {
        return jdk.openSelector();
    }

    @Override
    public SocketChannel openSocketChannel() throws IOException {
        return jdk.openSocketChannel();
    }

    @Override
    public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
        return jdk.openSocketChannel(family);
    }

    @Override
    public @Nullable Channel inheritedChannel() throws IOException {
        return jdk.inheritedChannel();
    }
}
