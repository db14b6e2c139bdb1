package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuthorityTest {
    private static final Instant NOW = Instant.now();

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private ServerIdentity identity(Instant now, String... names) {
        return new Authority(directory, List.of(names), Clock.fixed(now, ZoneOffset.UTC), random).identity();
    }

    private static X509Certificate certificate(ServerIdentity identity) throws GeneralSecurityException {
        return (X509Certificate) identity.keyStore().getCertificate("server");
    }

    /// A TLS 1.3 handshake between a server with this identity and a client that trusts the authority alone.
    private static void shakeHands(ServerIdentity identity, String host) throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(identity.keyStore(), identity.password());
        SSLContext serving = SSLContext.getInstance("TLS");
        serving.init(keys.getKeyManagers(), null, null);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "ca", Pem.certificates(identity.authority().orElseThrow()).getFirst());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext asking = SSLContext.getInstance("TLS");
        asking.init(null, trust.getTrustManagers(), null);
        SSLEngine client = asking.createSSLEngine(host, 443);
        client.setUseClientMode(true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        client.setSSLParameters(parameters);
        SSLEngine server = serving.createSSLEngine();
        server.setUseClientMode(false);
        talk(client, server);
    }

    private static void talk(SSLEngine client, SSLEngine server) throws SSLException {
        ByteBuffer toServer = ByteBuffer.allocate(65_536);
        ByteBuffer toClient = ByteBuffer.allocate(65_536);
        for (int round = 0; round < 50; round++) {
            step(client, toServer, toClient);
            step(server, toClient, toServer);
            if (done(client) && done(server)) {
                return;
            }
        }
        throw new SSLException("the handshake does not end");
    }

    private static boolean done(SSLEngine engine) {
        return engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING
                && !engine.getSession().getProtocol().equals("NONE");
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        ByteBuffer nothing = ByteBuffer.allocate(0);
        ByteBuffer plain = ByteBuffer.allocate(65_536);
        for (int i = 0; i < 10; i++) {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            in.flip();
            if (in.hasRemaining()) {
                engine.unwrap(in, plain);
            }
            in.compact();
            engine.wrap(nothing, out);
        }
    }

    @Test
    @DisplayName("a client that trusts ca.pem connects by each local name, and by the names given")
    void connects() throws GeneralSecurityException, IOException {
        ServerIdentity identity = identity(NOW, "roster.example.org", "192.0.2.7");
        for (String host : List.of("localhost", "127.0.0.1", "::1", "roster.example.org", "192.0.2.7")) {
            shakeHands(identity, host);
        }
        assertThrows(SSLException.class, () -> shakeHands(identity, "elsewhere.example.org"));
    }

    @Test
    @DisplayName("keeps its certificate over a restart, and renews it when thirty days are left")
    void renews() throws GeneralSecurityException, IOException {
        X509Certificate first = certificate(identity(NOW));
        byte[] authority = Files.readAllBytes(directory.resolve("ca.pem"));
        assertEquals(first, certificate(identity(NOW.plus(Duration.ofDays(300)))));
        X509Certificate second = certificate(identity(NOW.plus(Duration.ofDays(368))));
        assertNotEquals(first, second);
        assertArrayEquals(authority, Files.readAllBytes(directory.resolve("ca.pem")));
    }

    @Test
    @DisplayName("certifies anew when the names change, and when the key is lost")
    void newNames() throws GeneralSecurityException, IOException {
        X509Certificate first = certificate(identity(NOW));
        X509Certificate second = certificate(identity(NOW, "roster.example.org"));
        assertNotEquals(first, second);
        assertEquals(second, certificate(identity(NOW, "roster.example.org")));
        Files.delete(directory.resolve("server.key"));
        assertNotEquals(second, certificate(identity(NOW, "roster.example.org")));
    }

    @Test
    @DisplayName("writes keys for the owner alone")
    void ownerOnly() throws IOException {
        identity(NOW);
        for (String name : List.of("ca.key", "server.key")) {
            assertEquals(
                    "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))));
        }
    }

    @Test
    @DisplayName("takes a customer's certificate and key, and refuses what does not fit or is over")
    void given() throws IOException {
        identity(NOW);
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        assertTrue(Authority.given(certificate, key, clock).until().isAfter(NOW));
        for (Path wrong : List.of(directory.resolve("ca.key"), certificate, directory.resolve("none"))) {
            assertEquals(
                    KeyFault.Code.CERTIFICATE,
                    assertThrows(KeyFault.class, () -> Authority.given(certificate, wrong, clock))
                            .code());
        }
        Clock later = Clock.fixed(NOW.plus(Duration.ofDays(500)), ZoneOffset.UTC);
        assertEquals(
                KeyFault.Code.CERTIFICATE,
                assertThrows(KeyFault.class, () -> Authority.given(certificate, key, later))
                        .code());
    }
}
