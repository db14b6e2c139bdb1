package org.rosterkeep.vendors;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.rosterkeep.access.Dialect;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.disclosure.Inquiry;
import org.rosterkeep.disclosure.Outcome;
import org.rosterkeep.rules.Reason;

/// A real listener with TLS on any port, one district called `north`, and made-up credentials.
final class Stage implements AutoCloseable {
    static final String ID = "reading-app";
    static final String SECRET = "s3cret:with%and+";
    static final String TOKEN = "token-of-everything";
    static final String TOKEN_CORE = "token-of-core";
    private static final char[] PASSWORD = "changeit".toCharArray();

    final Listener listener;
    final List<RuntimeException> faults = new CopyOnWriteArrayList<>();
    final List<Inquiry> asked = new CopyOnWriteArrayList<>();
    final FakeCredentials credentials = new FakeCredentials();
    private final HttpClient client;
    private final KeyStore identity;
    private final VendorApi api;
    private final SSLContext tls;

    Stage(Door door) {
        this(door, Settings.usual());
    }

    Stage(Door door, Settings settings) {
        try {
            identity = identity();
            Door remembering = inquiry -> {
                asked.add(inquiry);
                return door.ask(inquiry);
            };
            House house = new House.Open(
                    "north", remembering, credentials, () -> Optional.of(Instant.parse("2026-10-05T06:30:00Z")));
            House sealed = new House.Closed("south");
            Houses houses = new Houses() {
                @Override
                public Optional<House> named(String name) {
                    return List.of(house, sealed).stream()
                            .filter(h -> h.name().equals(name))
                            .findFirst();
                }

                @Override
                public Optional<House> only() {
                    return Optional.of(house);
                }
            };
            api = new VendorApi(houses, settings, faults::add);
            listener = another(0);
            tls = trusting(identity);
            client = HttpClient.newBuilder()
                    .sslContext(tls)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Door refusing(Reason reason) {
        return inquiry -> new Outcome.Refused(reason);
    }

    static Door mistaken(Outcome.Mistake mistake) {
        return inquiry -> new Outcome.Mistaken(mistake);
    }

    Listener another(int port) {
        return Listener.open(new Listener.Place(InetAddress.getLoopbackAddress(), port, identity, PASSWORD), api);
    }

    /// The certificate a new connection is shown, whoever signed it.
    byte[] shown() throws IOException {
        try {
            SSLContext any = SSLContext.getInstance("TLS");
            any.init(null, new TrustManager[] {new Credulous()}, null);
            try (SSLSocket socket = (SSLSocket)
                    any.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port())) {
                socket.startHandshake();
                return socket.getSession().getPeerCertificates()[0].getEncoded();
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /// Gives the listener another certificate and returns it.
    byte[] renew() throws IOException {
        try {
            KeyStore fresh = identity();
            listener.renew(new Listener.Place(InetAddress.getLoopbackAddress(), 0, fresh, PASSWORD));
            return fresh.getCertificate("server").getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    void withoutKey() throws IOException, GeneralSecurityException {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, PASSWORD);
        Listener.open(new Listener.Place(InetAddress.getLoopbackAddress(), 0, empty, PASSWORD), api);
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    String origin() {
        return "https://localhost:" + listener.port();
    }

    HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /// A read with the token that may do everything.
    HttpResponse<String> read(String path) {
        return get(path, "Authorization", "Bearer " + TOKEN);
    }

    HttpResponse<String> form(String path, String body, String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return send("POST", path, HttpRequest.BodyPublishers.ofString(body), all);
    }

    HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(origin() + path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(
                    request.method(method, body).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The bytes as they come, compressed if they are.
    HttpResponse<byte[]> bytes(String path, String... headers) {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(origin() + path))
                            .headers(headers)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A TLS connection to write bytes into.
    Socket raw() throws IOException {
        Socket socket = tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /// Sends bytes as they are and reads until the server closes.
    String raw(String request) throws IOException {
        try (Socket socket = raw()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.close();
        listener.close();
    }

    private static KeyStore identity() throws GeneralSecurityException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        var name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    name,
                    BigInteger.ONE,
                    Date.from(now.minusSeconds(60)),
                    Date.from(now.plusSeconds(3600)),
                    name,
                    pair.getPublic());
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"), new GeneralName(GeneralName.iPAddress, "127.0.0.1")
            }));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("server", pair.getPrivate(), PASSWORD, new Certificate[] {certificate});
            return store;
        } catch (org.bouncycastle.operator.OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static SSLContext trusting(KeyStore identity) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("server", identity.getCertificate("server"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /// One client with one secret, and two tokens that exist from the start.
    static final class FakeCredentials implements Credentials {
        final List<Signed> signed = new CopyOnWriteArrayList<>();
        final List<List<String>> scopes = new CopyOnWriteArrayList<>();

        @Override
        public Exchange exchange(String client, String secret, List<String> scopes, String source) {
            this.scopes.add(scopes);
            if (scopes.contains("no-room")) {
                throw new IllegalStateException("the store is full");
            }
            if (!client.equals(ID) || !secret.equals(SECRET)) {
                return new Exchange.Unknown();
            }
            return scopes.contains("nothing-of-mine") ? new Exchange.NoScope() : new Exchange.Issued(TOKEN, 900, "a b");
        }

        @Override
        public Optional<Caller> bearer(String token) {
            Map<String, Set<OAuthScope>> known =
                    Map.of(TOKEN, EnumSet.allOf(OAuthScope.class), TOKEN_CORE, Set.of(OAuthScope.ROSTER_CORE));
            return Optional.ofNullable(known.get(token)).map(FakeCredentials::caller);
        }

        @Override
        public Optional<Caller> signed(Signed request) {
            signed.add(request);
            return request.authorization().contains("oauth_signature=\"good\"")
                    ? Optional.of(caller(EnumSet.allOf(OAuthScope.class)))
                    : Optional.empty();
        }

        private static Caller caller(Set<OAuthScope> rights) {
            return new Caller(
                    ID,
                    EnumSet.allOf(Dialect.class).stream()
                            .flatMap(dialect -> rights.stream().map(right -> new OAuthScope.Addressed(right, dialect)))
                            .collect(Collectors.toSet()));
        }
    }
}
