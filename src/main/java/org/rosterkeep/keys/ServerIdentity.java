package org.rosterkeep.keys;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What a listener shows to those who connect: a private key and its certificates, in the shape `javax.net.ssl` takes.
///
/// @param keyStore PKCS12, in memory only, with one entry
/// @param password of the key store's entry; it protects nothing outside this process
/// @param authority the certificate a client must trust, when it is our own
/// @param until when the certificate ends
public record ServerIdentity(KeyStore keyStore, char[] password, Optional<Path> authority, Instant until) {
    private static final char[] PASSWORD = "in-memory".toCharArray();

    /// Joins a key and its chain, the server's own certificate first.
    ///
    /// @throws KeyFault `CERTIFICATE` when they do not belong together or the time is not theirs
    static ServerIdentity of(PrivateKey key, List<X509Certificate> chain, Optional<Path> authority, Instant now) {
        X509Certificate own = chain.getFirst();
        if (now.isAfter(own.getNotAfter().toInstant())
                || now.isBefore(own.getNotBefore().toInstant())) {
            throw new KeyFault(KeyFault.Code.CERTIFICATE, "the server's certificate is not valid now");
        }
        try {
            if (!fits(key, own)) {
                throw new KeyFault(KeyFault.Code.CERTIFICATE, "the private key is not the certificate's");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            store.setKeyEntry("server", key, PASSWORD, chain.toArray(Certificate[]::new));
            return new ServerIdentity(
                    store, PASSWORD.clone(), authority, own.getNotAfter().toInstant());
        } catch (GeneralSecurityException | IOException e) {
            throw new KeyFault(KeyFault.Code.CERTIFICATE, "the server's certificate cannot be used", e);
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] probe = certificate.getEncoded();
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(probe);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(probe);
        return signature.verify(signed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerIdentity that
                && keyStore.equals(that.keyStore)
                && Arrays.equals(password, that.password)
                && authority.equals(that.authority)
                && until.equals(that.until);
    }

    @Override
    public int hashCode() {
        return until.hashCode();
    }

    /// Never the key.
    @Override
    public String toString() {
        return "server identity until " + until;
    }
}
