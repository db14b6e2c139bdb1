package org.rosterkeep.keys;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/// Certificates and private keys as text files.
final class Pem {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    static void write(Path file, String type, List<byte[]> contents) throws IOException {
        StringBuilder text = new StringBuilder();
        for (byte[] content : contents) {
            text.append("-----BEGIN ").append(type).append("-----\n");
            text.append(LINES.encodeToString(content)).append('\n');
            text.append("-----END ").append(type).append("-----\n");
        }
        DurableFile.write(file, text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    static List<X509Certificate> certificates(Path file) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            List<X509Certificate> certificates = new ArrayList<>();
            for (var each : factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))) {
                if (each instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new KeyFault(KeyFault.Code.CERTIFICATE, "the certificate file holds no certificate");
            }
            return certificates;
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFault(KeyFault.Code.CERTIFICATE, "the certificate file cannot be read", e);
        }
    }

    /// PKCS#8, or the older forms of OpenSSL; not one that is itself locked with a passphrase.
    static PrivateKey privateKey(Path file) {
        try (PEMParser parser = new PEMParser(new StringReader(Files.readString(file, StandardCharsets.US_ASCII)))) {
            for (Object found = parser.readObject(); found != null; found = parser.readObject()) {
                if (found instanceof PrivateKeyInfo info) {
                    return key(info);
                }
                if (found instanceof PEMKeyPair pair) {
                    return key(pair.getPrivateKeyInfo());
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFault(KeyFault.Code.CERTIFICATE, "the private key's file cannot be read", e);
        }
        throw new KeyFault(
                KeyFault.Code.CERTIFICATE,
                "the private key's file holds no key that is open; give it without a passphrase");
    }

    /// By the JDK's own factory, by number: under its name another provider's key would be called differently from the
    /// certificate's.
    private static PrivateKey key(PrivateKeyInfo info) throws GeneralSecurityException, IOException {
        String algorithm = info.getPrivateKeyAlgorithm().getAlgorithm().getId();
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }
}
