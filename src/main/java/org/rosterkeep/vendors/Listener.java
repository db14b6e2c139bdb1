package org.rosterkeep.vendors;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.http.encoding.gzip.GzipEncoding;
import io.helidon.http.media.MediaContext;
import io.helidon.webserver.WebServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// One HTTPS listener with limits. TLS 1.2 and 1.3, HTTP/1.1.
public final class Listener implements AutoCloseable {
    private static final long ROUND_NANOS = 250_000_000L;

    private final WebServer server;
    private final Porter porter;

    private Listener(WebServer server, Porter porter) {
        this.server = server;
        this.porter = porter;
    }

    /// Where to listen and what to show.
    ///
    /// @param port 0 for any
    /// @param identity a key store with one private key and its certificate chain
    /// @param password of that entry
    public record Place(InetAddress address, int port, KeyStore identity, char[] password) {}

    /// Starts to listen; returns when connections are accepted.
    ///
    /// @throws ListenerFault when the port is taken or the key store has no usable key
    public static Listener open(Place place, VendorApi api) {
        return opened(place, api);
    }

    /// Listens at a socket that is bound already, whatever address and port the place names.
    ///
    /// @param socket see [HandedSockets#inherited]
    /// @throws ListenerFault as above; also when this program cannot take a socket over
    public static Listener open(ServerSocketChannel socket, Place place, VendorApi api) {
        if (!(SelectorProvider.provider() instanceof HandedSockets)) {
            throw new ListenerFault(ListenerFault.Code.PORT_UNUSABLE);
        }
        HandedSockets.hand(socket);
        try {
            return opened(place, api);
        } finally {
            HandedSockets.withdraw();
        }
    }

    private static Listener opened(Place place, VendorApi api) {
        Limits limits = api.settings().limits();
        Porter porter = new Porter(limits, System::nanoTime, ROUND_NANOS);
        WebServer server = WebServer.builder()
                // Nothing opens a route just by being on the path (platform.md section 5).
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .bindAddress(new InetSocketAddress(place.address(), place.port()))
                .tls(tls(place))
                .useNio(false)
                .connectionOptions(
                        new Doorstep(SocketOptions.builder().tcpNoDelay(true).build(), porter))
                .addConnectionSelector(new Reception(limits, porter))
                .maxTcpConnections(limits.connections())
                .maxPayloadSize(limits.bodyBytes())
                .idleConnectionTimeout(limits.idle().plus(limits.headers()))
                .shutdownGracePeriod(limits.grace())
                .shutdownHook(false)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .addContentEncoding(GzipEncoding.create())
                        .build())
                .mediaContext(MediaContext.builder()
                        .mediaSupportsDiscoverServices(false)
                        .registerDefaults(true)
                        .build())
                .directHandlers(api.directHandlers())
                .routing(api.routing())
                .build();
        server.start();
        if (!server.isRunning()) {
            // The server keeps the reason to itself; with a fixed configuration only the port is left.
            throw new ListenerFault(ListenerFault.Code.PORT_UNUSABLE);
        }
        porter.start();
        return new Listener(server, porter);
    }

    public int port() {
        return server.port();
    }

    /// Connections at this moment.
    public int connections() {
        return porter.present();
    }

    /// Shows another certificate to whoever connects from now on.
    public void renew(Place place) {
        server.reloadTls(tls(place));
    }

    /// Lets requests on their way finish, within the grace, and ends every connection.
    @Override
    public void close() {
        server.stop();
        porter.close();
    }

    private static Tls tls(Place place) {
        try {
            for (String alias : Collections.list(place.identity().aliases())) {
                if (place.identity().getKey(alias, place.password()) instanceof PrivateKey key) {
                    return Tls.builder()
                            .privateKey(key)
                            .privateKeyCertChain(chain(place.identity().getCertificateChain(alias)))
                            .build();
                }
            }
        } catch (GeneralSecurityException e) {
            throw new ListenerFault(ListenerFault.Code.IDENTITY_UNUSABLE, e);
        }
        throw new ListenerFault(ListenerFault.Code.IDENTITY_UNUSABLE);
    }

    private static List<X509Certificate> chain(Certificate[] certificates) {
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate x509) {
                chain.add(x509);
            }
        }
        return chain;
    }
}
