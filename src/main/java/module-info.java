/// The list of powers. One module that exports nothing: no library may reflect into it, and what it may use of the
/// JDK and of others is readable here, a reason behind each line.
module org.rosterkeep {
    // The store of encrypted blocks, through JDBC. The second line is the driver; found as a service.
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    // Certificates, Argon2id and key formats.
    requires org.bouncycastle.provider;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.util;

    // The server, and who may do what at each route.
    requires io.helidon.webserver;
    requires io.helidon.webserver.security;
    requires io.helidon.security;
    requires io.helidon.http.encoding.gzip;

    // The courier's HTTP client: it calls out, so only `courier` may touch it. The last two are what Jersey forgets to
    // ask
    // for itself.
    requires jakarta.ws.rs;
    requires org.glassfish.jersey.core.client;
    requires org.glassfish.jersey.core.common;
    requires jakarta.xml.bind;
    requires jakarta.activation;

    // The courier's SFTP client: the same holds for it. Two modules because it comes in two jars.
    requires org.apache.sshd.osgi;
    requires org.apache.sshd.sftp;

    // JSON of settings, rules and the control socket; the second line is the implementation, found as a service.
    requires jakarta.json;
    requires org.eclipse.parsson;

    // Reading CSV.
    requires de.siegmar.fastcsv;

    // Sets of ordinals.
    requires roaringbitmap;

    // The command line.
    requires info.picocli;

    // Logging goes to the JDK's logger: the one formatter that never prints a message is ours.
    requires java.logging;

    // Tokens that hold a key (PKCS#11), asked from the command line.
    requires jdk.crypto.cryptoki;

    // Who is calling on the local control socket (the peer's uid).
    requires jdk.net;

    // The listening socket that the service manager hands in; the JDK finds it as a service.
    provides java.nio.channels.spi.SelectorProvider with
            org.rosterkeep.vendors.HandedSockets;

    // Seen by the compiler and its checks only; not in the image.
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;

    // picocli fills fields of the command classes by reflection. Nobody else may.
    opens org.rosterkeep.commands to
            info.picocli;
}
