package org.rosterkeep.courier;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;

/// A connection to an address of the manifest, over which the other side has proven its name: made by address, so that
/// nothing is resolved; asked for by name, and the certificate checked for the name. No proxy, whatever the environment
/// says. Closing it closes what is under it, so that nobody waits for a last word.
final class Connection implements Closeable {
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private final Socket raw;
    private final SSLSocket socket;
    private final String pin;

    private Connection(Socket raw, SSLSocket socket, String pin) {
        this.raw = raw;
        this.socket = socket;
        this.pin = pin;
    }

    /// Tries the addresses one after the other; a certificate that is wrong at one of them ends it.
    static Connection open(
            List<InetSocketAddress> addresses,
            Target target,
            Secret secret,
            Trust trust,
            Duration patience,
            Handle handle) {
        Refused last = new Refused(Code.CONNECT_FAILED, "There is no address to try.");
        for (InetSocketAddress address : addresses) {
            handle.check();
            try {
                return secured(handle.holds(dial(address, patience)), target, secret, trust, patience, "http/1.1");
            } catch (SocketTimeoutException e) {
                last = new Refused(Code.TIMEOUT, "The target did not answer in time.", e);
            } catch (SSLException e) {
                throw refused(e);
            } catch (IOException e) {
                last = new Refused(Code.CONNECT_FAILED, "The target could not be reached.", e);
            }
        }
        handle.check();
        throw last;
    }

    static Socket dial(InetSocketAddress address, Duration patience) throws IOException {
        Socket raw = new Socket(Proxy.NO_PROXY);
        try {
            raw.setTcpNoDelay(true);
            raw.connect(address, (int) patience.toMillis());
            return raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// TLS over a connection on which something was said already, or something else than HTTP will be.
    static Connection over(Socket raw, Target target, Secret secret, Trust trust, Duration patience)
            throws IOException {
        try {
            return secured(raw, target, secret, trust, patience, new String[0]);
        } catch (SSLException e) {
            throw refused(e);
        }
    }

    private static Connection secured(
            Socket raw, Target target, Secret secret, Trust trust, Duration patience, String... protocols)
            throws IOException {
        try {
            raw.setSoTimeout((int) patience.toMillis());
            SSLSocket socket = (SSLSocket) trust.over(raw, target.host(), target.port(), target.pin(), secret);
            var parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
            parameters.setServerNames(List.of(new SNIHostName(target.host())));
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setApplicationProtocols(protocols);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            raw.setSoTimeout((int) SILENCE.toMillis());
            var shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            return new Connection(raw, socket, Trust.pin(shown));
        } catch (IOException | RuntimeException e) {
            raw.close();
            throw e;
        }
    }

    private static Refused refused(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Trust.OtherKey) {
                return new Refused(Code.TLS_PIN, "The target shows another key than the signed text names.", failure);
            }
            if (cause instanceof CertificateException) {
                return new Refused(
                        Code.TLS_CERTIFICATE,
                        "The target's certificate is not for its name, or not to be believed.",
                        failure);
            }
        }
        return new Refused(Code.TLS_FAILED, "The target and the courier found no way to encrypt.", failure);
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    OutputStream out() throws IOException {
        return socket.getOutputStream();
    }

    /// From now on, the longest silence before an answer.
    void patience(Duration silence) throws IOException {
        raw.setSoTimeout((int) silence.toMillis());
    }

    /// SHA-256 of the key that was shown, base64.
    String pin() {
        return pin;
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
