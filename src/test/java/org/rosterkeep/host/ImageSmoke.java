package org.rosterkeep.host;

import io.helidon.webserver.WebServer;
import jakarta.json.Json;
import jakarta.ws.rs.client.ClientBuilder;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.sql.DriverManager;
import java.util.Date;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.roaringbitmap.RoaringBitmap;

/// Started by `ImageIT` on the image's own java: every library once, so that a service, a descriptor or a resource
/// that the link lost is found by the build.
public final class ImageSmoke {
    private ImageSmoke() {}

    public static void main(String[] args) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                var statement = connection.createStatement();
                var row = statement.executeQuery("select sqlite_version()")) {
            System.out.println("sqlite " + row.getString(1));
        }

        var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
        var name = new X500Name("CN=smoke");
        var certificate = new JcaX509v3CertificateBuilder(
                        name, BigInteger.ONE, new Date(0), new Date(1_000_000_000_000L), name, keys.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        System.out.println("certificate " + certificate.getSerialNumber());

        System.out.println("bitmap " + RoaringBitmap.bitmapOf(1, 2, 70_000).getCardinality());
        System.out.println("json " + Json.createObjectBuilder().add("a", 1).build());

        try (var ssh = SshClient.setUpDefaultClient()) {
            ssh.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
            ssh.start();
            System.out.println("sftp " + SftpClientFactory.instance().getClass().getSimpleName());
        }

        var server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .featuresDiscoverServices(false)
                .routing(routing -> routing.get("/", (request, response) -> response.send("hello")))
                .build()
                .start();
        try (var client = ClientBuilder.newBuilder()
                // Its writers for pictures and mail want modules that are not in the image.
                .property("jersey.config.disableDefaultProvider", "ALL")
                .build()) {
            System.out.println("jersey "
                    + client.target("http://127.0.0.1:" + server.port())
                            .request()
                            .get(String.class));
        } finally {
            server.stop();
        }
    }
}
