package org.rosterkeep.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// One kept connection and the least HTTP/1.1 that is needed: a client of no weight, so that the server is measured.
final class Line implements AutoCloseable {
    private final SSLSocket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String host;
    private final byte[] buffer = new byte[1 << 16];

    /// @param bytes of the body
    record Reply(int status, Map<String, String> headers, long bytes, byte[] body) {}

    Line(URI server) throws IOException, GeneralSecurityException {
        host = server.getAuthority();
        socket = (SSLSocket) context().getSocketFactory().createSocket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        out = socket.getOutputStream();
    }

    /// @param keep whether the body is wanted; else it is counted only
    Reply get(String target, String bearer, boolean keep) throws IOException {
        return send(
                "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer " + bearer + "\r\n\r\n",
                keep);
    }

    Reply post(String target, String basic, String form) throws IOException {
        return send(
                "POST " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Basic " + basic
                        + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length()
                        + "\r\n\r\n" + form,
                true);
    }

    private Reply send(String request, boolean keep) throws IOException {
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        int status = Integer.parseInt(line().split(" ")[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long bytes = 0;
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (int size = chunk(); size > 0; size = chunk()) {
                take(size, keep, body);
                bytes += size;
                line();
            }
            line();
        } else {
            bytes = Long.parseLong(headers.getOrDefault("content-length", "0"));
            take(bytes, keep, body);
        }
        return new Reply(status, headers, bytes, body.toByteArray());
    }

    private int chunk() throws IOException {
        return Integer.parseInt(line().split(";")[0].strip(), 16);
    }

    private void take(long size, boolean keep, OutputStream body) throws IOException {
        for (long left = size; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("the server hung up");
            }
            if (keep) {
                body.write(buffer, 0, count);
            }
            left -= count;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// Trusts everybody: it speaks to the loopback interface and carries made-up people.
    private static SSLContext context() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Everybody()}, new SecureRandom());
        return context;
    }

    private static final class Everybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
