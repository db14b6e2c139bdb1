package org.rosterkeep.courier;

import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.rosterkeep.courier.wire.Secret;

/// An authority of a test's own, and what it vouches for.
final class Certificates {
    private static final X500Name NAME = new X500Name("CN=An authority");

    private final KeyPair keys = pair();
    private final X509Certificate own;

    Certificates() throws Exception {
        own = issue(NAME, keys, "", Instant.now().plus(Duration.ofDays(9)));
    }

    /// A key and the certificate for a name.
    record Identity(KeyPair keys, X509Certificate certificate) {
        String pin() {
            return Trust.pin(certificate);
        }

        String pem() {
            return Certificates.pem("CERTIFICATE", encoded());
        }

        private byte[] encoded() {
            try {
                return certificate.getEncoded();
            } catch (java.security.cert.CertificateException e) {
                throw new AssertionError(e);
            }
        }

        Secret secret() {
            return new Secret(Map.of(
                    Secret.Part.CLIENT_CERTIFICATE,
                    pem(),
                    Secret.Part.CLIENT_KEY,
                    Certificates.pem("PRIVATE KEY", keys.getPrivate().getEncoded())));
        }
    }

    Identity identity(String host) throws Exception {
        return identity(host, Instant.now().plus(Duration.ofDays(9)));
    }

    Identity identity(String host, Instant until) throws Exception {
        var mine = pair();
        return new Identity(mine, issue(new X500Name("CN=" + host), mine, host, until));
    }

    private X509Certificate issue(X500Name subject, KeyPair of, String host, Instant until) throws Exception {
        var builder = new JcaX509v3CertificateBuilder(
                NAME,
                new BigInteger(64, new SecureRandom()),
                Date.from(until.minus(Duration.ofDays(30))),
                Date.from(until),
                subject,
                of.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(host.isEmpty()));
        if (!host.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
        }
        var signed = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
        return new JcaX509CertificateConverter().getCertificate(signed);
    }

    private static KeyPair pair() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    /// The authority's certificate, as an operator would put it down for the courier.
    Path file(Path directory) throws Exception {
        return Files.writeString(directory.resolve("authorities.pem"), pem("CERTIFICATE", own.getEncoded()));
    }

    static String pem(String what, byte[] bytes) {
        var text = new StringWriter();
        text.append("-----BEGIN ").append(what).append("-----\n");
        text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes));
        return text.append("\n-----END ").append(what).append("-----\n").toString();
    }

    /// What a server with this identity listens with; it knows the clients of this authority.
    SSLContext server(Identity identity) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own", identity.keys().getPrivate(), new char[0], new X509Certificate[] {identity.certificate()});
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        var known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("authority", own);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
