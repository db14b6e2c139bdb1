package org.rosterkeep.keys;

import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The appliance's own certificate authority, for the time before a customer brings a certificate: made at the
/// first start
/// in one directory, it signs the server's certificate (EC P-256) and signs it anew before it ends or when the names
/// change. Clients trust `ca.pem`.
public final class Authority {
    /// Clocks of clients may be a little behind.
    private static final Duration SKEW = Duration.ofHours(1);

    private static final List<String> ALWAYS = List.of("localhost", "127.0.0.1", "::1");

    private final Path directory;
    private final Set<String> names;
    private final Clock clock;
    private final SecureRandom random;
    private final CertificateLife life = CertificateLife.standard();

    /// @param directory where keys and certificates lie, for the owner alone
    /// @param names host names and addresses beside the local ones
    public Authority(Path directory, Collection<String> names, Clock clock, SecureRandom random) {
        this.directory = directory;
        this.names = new TreeSet<>(ALWAYS);
        this.names.addAll(names);
        this.clock = clock;
        this.random = random;
    }

    /// The identity of this machine's server, made or renewed when that is due. To be asked for at each start,
    /// and daily.
    public ServerIdentity identity() {
        try {
            DurableFile.place(authorityFile());
            Signer authority = authority();
            if (!Files.exists(file("server.pem")) || due(Pem.certificates(file("server.pem")), authority)) {
                certify(authority);
            }
            return ServerIdentity.of(
                    Pem.privateKey(file("server.key")),
                    Pem.certificates(file("server.pem")),
                    Optional.of(authorityFile()),
                    clock.instant());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new KeyFault(KeyFault.Code.CERTIFICATE, "the server's certificate cannot be made", e);
        }
    }

    /// A certificate the customer brings: the chain, the server's own first, and its key.
    ///
    /// @throws KeyFault `CERTIFICATE` when they cannot be used together, now
    public static ServerIdentity given(Path certificates, Path key, Clock clock) {
        return ServerIdentity.of(
                Pem.privateKey(key), Pem.certificates(certificates), Optional.empty(), clock.instant());
    }

    /// This machine's name, as its kernel knows it; asks nobody.
    public static Optional<String> hostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.US_ASCII)
                    .strip();
            return name.matches("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?") ? Optional.of(name) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The certificate clients must trust.
    public Path authorityFile() {
        return file("ca.pem");
    }

    private record Signer(X509Certificate certificate, PrivateKey key) {}

    private Signer authority() throws IOException, GeneralSecurityException, OperatorCreationException {
        if (Files.exists(authorityFile())) {
            X509Certificate certificate = Pem.certificates(authorityFile()).getFirst();
            if (certificate.getNotAfter().toInstant().isAfter(clock.instant().plus(life.server()))) {
                return new Signer(certificate, Pem.privateKey(file("ca.key")));
            }
        }
        KeyPair pair = pair();
        X500Name name =
                new X500Name("CN=Rosterkeep local authority " + HexFormat.of().toHexDigits(random.nextInt()));
        X509v3CertificateBuilder builder = builder(name, name, pair.getPublic(), life.authority());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
        X509Certificate certificate = signed(builder, pair.getPrivate());
        // The key first: a certificate without its key would be trusted and of no use.
        Pem.write(file("ca.key"), "PRIVATE KEY", List.of(pair.getPrivate().getEncoded()));
        Pem.write(authorityFile(), "CERTIFICATE", List.of(certificate.getEncoded()));
        return new Signer(certificate, pair.getPrivate());
    }

    private boolean due(List<X509Certificate> chain, Signer authority) throws GeneralSecurityException {
        X509Certificate server = chain.getFirst();
        Instant now = clock.instant();
        boolean ending = server.getNotAfter().toInstant().isBefore(now.plus(life.renewal()))
                || server.getNotBefore().toInstant().isAfter(now);
        boolean signedByUs = chain.size() == 2 && chain.get(1).equals(authority.certificate);
        return ending
                || !signedByUs
                || !Files.exists(file("server.key"))
                || !namesOf(server).equals(wanted());
    }

    private void certify(Signer authority) throws IOException, GeneralSecurityException, OperatorCreationException {
        KeyPair pair = pair();
        X509v3CertificateBuilder builder = builder(
                X500Name.getInstance(
                        authority.certificate.getSubjectX500Principal().getEncoded()),
                new X500Name("CN=Rosterkeep"),
                pair.getPublic(),
                life.server());
        JcaX509ExtensionUtils extensions = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(names.stream().map(Authority::generalName).toArray(GeneralName[]::new)));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                extensions.createAuthorityKeyIdentifier(authority.certificate.getPublicKey()));
        X509Certificate server = signed(builder, authority.key);
        // The key first: torn apart by a power cut, they do not fit, and the next start certifies anew.
        Files.deleteIfExists(file("server.pem"));
        Pem.write(file("server.key"), "PRIVATE KEY", List.of(pair.getPrivate().getEncoded()));
        Pem.write(file("server.pem"), "CERTIFICATE", List.of(server.getEncoded(), authority.certificate.getEncoded()));
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, PublicKey key, Duration life) {
        Instant now = clock.instant();
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, random).add(BigInteger.ONE),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(life)),
                subject,
                key);
    }

    private X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                        .setSecureRandom(random)
                        .build(key)));
    }

    private KeyPair pair() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }

    private Set<String> wanted() {
        Set<String> wanted = new TreeSet<>();
        names.forEach(name -> wanted.add(canonical(name)));
        return wanted;
    }

    private static Set<String> namesOf(X509Certificate certificate) throws GeneralSecurityException {
        Set<String> found = new TreeSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.forEach(each -> found.add(canonical(String.valueOf(each.get(1)))));
        }
        return found;
    }

    private static GeneralName generalName(String name) {
        return new GeneralName(isAddress(name) ? GeneralName.iPAddress : GeneralName.dNSName, name);
    }

    private static String canonical(String name) {
        return isAddress(name) ? InetAddress.ofLiteral(name).getHostAddress() : name;
    }

    private static boolean isAddress(String name) {
        try {
            InetAddress.ofLiteral(name);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
