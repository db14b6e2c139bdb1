package org.rosterkeep.load;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The yardstick: the same web server with the same listener settings, which answers `/NAME` with the bytes of the file
/// NAME. What the appliance needs beyond this is what rules, records, encryption and the ledger cost.
public final class ConstantServer {
    private ConstantServer() {}

    /// @param args the directory of the bodies, and the file to write the port into
    public static void main(String[] args) throws Exception {
        Path bodies = Path.of(args[0]);
        Map<String, byte[]> read = new ConcurrentHashMap<>();
        WebServer server = WebServer.builder()
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(true)
                .host("127.0.0.1")
                .port(0)
                .tls(tls())
                .useNio(false)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .routing(HttpRouting.builder().get("/{name}", (request, response) -> {
                    String name = request.path().pathParameters().get("name");
                    byte[] body = read.computeIfAbsent(name, n -> body(bodies, n));
                    response.header(HeaderNames.CONTENT_TYPE, "application/json")
                            .send(body);
                }))
                .build()
                .start();
        Files.writeString(Path.of(args[1] + ".new"), Integer.toString(server.port()));
        Files.move(Path.of(args[1] + ".new"), Path.of(args[1]));
    }

    private static byte[] body(Path bodies, String name) {
        try {
            return Files.readAllBytes(bodies.resolve(Path.of(name).getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Tls tls() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = generator.generateKeyPair();
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        X509Certificate certificate = new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(86_400)),
                                name,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())));
        return Tls.builder()
                .privateKey(pair.getPrivate())
                .addPrivateKeyCertChain(certificate)
                .build();
    }
}
