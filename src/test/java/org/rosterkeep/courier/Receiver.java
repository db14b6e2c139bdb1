package org.rosterkeep.courier;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/// A vendor's HTTPS server that notes everything, and answers as a test wants.
final class Receiver implements AutoCloseable {
    private final SSLServerSocket socket;
    private final Behaviour behaviour;
    final List<Got> got = new CopyOnWriteArrayList<>();
    final List<Socket> open = new CopyOnWriteArrayList<>();

    /// One request.
    ///
    /// @param whole whether the body had its last chunk
    /// @param name the name the client asked for in its first TLS message
    record Got(String line, Map<String, String> headers, byte[] body, boolean whole, String name, String client) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /// What it does with a request.
    interface Behaviour {
        void answer(Got got, OutputStream out) throws Exception;
    }

    static Behaviour says(String head) {
        return (_, out) -> out.write((head.replace("\n", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    static Behaviour ok() {
        return says("HTTP/1.1 202 Accepted\nContent-Length: 0");
    }

    Receiver(SSLContext context, boolean wantsClient, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        socket.setNeedClientAuth(wantsClient);
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                var one = (SSLSocket) socket.accept();
                open.add(one);
                Thread.ofVirtual().start(() -> talk(one));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(SSLSocket one) {
        try (one) {
            one.startHandshake();
            var in = new BufferedInputStream(one.getInputStream());
            var request = read(in, one);
            got.add(request);
            if (request.whole()) {
                behaviour.answer(request, one.getOutputStream());
                one.getOutputStream().flush();
            }
        } catch (Exception e) {
            // The client went away; what it said before is noted.
            open.remove(one);
        }
    }

    private static Got read(InputStream in, SSLSocket one) throws IOException {
        int[] room = {1 << 16};
        var line = HttpAnswer.line(in, room);
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header = HttpAnswer.line(in, room); !header.isEmpty(); header = HttpAnswer.line(in, room)) {
            var pair = header.split(": ", 2);
            headers.merge(pair[0], pair[1], (a, b) -> a + " AND " + b);
        }
        var body = new ByteArrayOutputStream();
        var whole = !headers.containsKey("Transfer-Encoding");
        try (var chunks = new HttpBody(in, true, 0)) {
            if (!whole) {
                chunks.transferTo(body);
                whole = true;
            }
        } catch (IOException brokenOff) {
            whole = false;
        }
        var session = (javax.net.ssl.ExtendedSSLSession) one.getSession();
        var names = session.getRequestedServerNames();
        var client = "";
        try {
            client = session.getPeerPrincipal().getName();
        } catch (javax.net.ssl.SSLPeerUnverifiedException nobody) {
            client = "";
        }
        return new Got(
                line,
                headers,
                body.toByteArray(),
                whole,
                names.isEmpty() ? "" : names.getFirst().toString(),
                client);
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var one : open) {
            one.close();
        }
    }
}
