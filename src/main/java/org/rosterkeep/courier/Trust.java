package org.rosterkeep.courier;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Secret;

/// Whom to believe on the other side. Without a pin, an authority must vouch for the certificate: one of those the Java
/// runtime brings, or one of the operator's file. With a pin, which two people signed, the key itself must be that one,
/// and no authority is asked. In both cases the certificate must be for the name, and of today.
final class Trust {
    private final KeyStore roots;

    private Trust(KeyStore roots) {
        this.roots = roots;
    }

    /// @param more certificates of further authorities, PEM; may be missing
    static Trust with(Optional<Path> more) {
        try {
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            roots.load(null, null);
            int n = 0;
            for (X509Certificate one : usual()) {
                roots.setCertificateEntry("usual-" + n++, one);
            }
            if (more.isPresent() && Files.exists(more.get())) {
                for (X509Certificate one : Pem.certificates(Files.readString(more.get(), StandardCharsets.US_ASCII))) {
                    roots.setCertificateEntry("more-" + n++, one);
                }
            }
            return new Trust(roots);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<X509Certificate> usual() throws GeneralSecurityException {
        for (TrustManager one : managers(null)) {
            if (one instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }

    private static TrustManager[] managers(@org.jspecify.annotations.Nullable KeyStore roots)
            throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(roots);
        return factory.getTrustManagers();
    }

    SSLContext context(Optional<String> pin, Secret secret) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManager[] believed = pin.isPresent() ? new TrustManager[] {new Pinned(pin.get())} : managers(roots);
            context.init(own(secret), believed, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new Refused(Code.SECRET_UNUSABLE, "The certificate or the key for this target cannot be used.", e);
        }
    }

    private static KeyManager[] own(Secret secret) throws GeneralSecurityException {
        Optional<String> certificate = secret.part(Secret.Part.CLIENT_CERTIFICATE);
        if (certificate.isEmpty()) {
            return new KeyManager[0];
        }
        PrivateKey key = Pem.key(secret.part(Secret.Part.CLIENT_KEY).orElse(""));
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            var chain = Pem.certificates(certificate.get());
            store.setKeyEntry("own", key, new char[0], chain.toArray(X509Certificate[]::new));
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, new char[0]);
            return factory.getKeyManagers();
        } catch (IOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    /// SHA-256 of the key in a certificate, base64.
    static String pin(X509Certificate certificate) {
        return Base64.getEncoder()
                .encodeToString(Grant.sha256().digest(certificate.getPublicKey().getEncoded()));
    }

    /// The other side has another key than the one that was signed.
    static final class OtherKey extends CertificateException {
        OtherKey() {
            super("another key");
        }
    }

    /// Not the extended kind on purpose: of a plain one the JDK itself checks the name and the algorithms in addition.
    private static final class Pinned implements X509TrustManager {
        private final String pin;

        Pinned(String pin) {
            this.pin = pin;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            chain[0].checkValidity();
            byte[] shown = pin(chain[0]).getBytes(StandardCharsets.US_ASCII);
            String padded = pin.endsWith("=") ? pin : pin + "=";
            if (!MessageDigest.isEqual(shown, padded.getBytes(StandardCharsets.US_ASCII))) {
                throw new OtherKey();
            }
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw new CertificateException("nobody calls here");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /// A TLS socket over one that is connected.
    java.net.Socket over(Socket raw, String name, int port, Optional<String> pin, Secret secret) throws IOException {
        return context(pin, secret).getSocketFactory().createSocket(raw, name, port, true);
    }
}
