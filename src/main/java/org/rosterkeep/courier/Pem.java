package org.rosterkeep.courier;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.rosterkeep.courier.wire.Code;

/// Certificates and keys as texts.
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Pem() {}

    static List<X509Certificate> certificates(String text) {
        try {
            var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
            return CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw unusable(e);
        }
    }

    /// A key in PKCS#8, of whatever kind.
    static PrivateKey key(String text) {
        var found = KEY.matcher(text);
        if (!found.find()) {
            throw unusable(new GeneralSecurityException());
        }
        var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
        for (String kind : List.of("EC", "RSA", "Ed25519")) {
            try {
                return KeyFactory.getInstance(kind).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // Not of this kind, then.
                continue;
            } catch (GeneralSecurityException e) {
                throw unusable(e);
            }
        }
        throw unusable(new GeneralSecurityException());
    }

    /// Without the cause's text: it may repeat the key.
    private static Refused unusable(Exception cause) {
        var refused = new Refused(Code.SECRET_UNUSABLE, "The certificate or the key for this target cannot be used.");
        refused.setStackTrace(cause.getStackTrace());
        return refused;
    }
}
