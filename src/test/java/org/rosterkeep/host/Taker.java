package org.rosterkeep.host;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A vendor's server that takes deliveries, with nothing but the JDK's own TLS: each body that came whole is a
/// file, its
/// headers beside it. A body that breaks off leaves nothing.
///
/// Words: address, port, PKCS#12 file, its password, directory.
public final class Taker {
    private static final int LINE_MAX = 8192;

    private Taker() {}

    public static void main(String[] words) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        var password = words[3].toCharArray();
        try (var in = Files.newInputStream(Path.of(words[2]))) {
            store.load(in, password);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        var directory = Files.createDirectories(Path.of(words[4]));
        try (var server = tls.getServerSocketFactory().createServerSocket()) {
            server.bind(new InetSocketAddress(InetAddress.getByName(words[0]), Integer.parseInt(words[1])));
            Files.createFile(directory.resolve("listening"));
            for (int number = 1; ; number++) {
                try (var one = server.accept()) {
                    take(one, directory, number);
                } catch (IOException brokenOff) {
                    System.err.println("delivery " + number + " broke off");
                }
            }
        }
    }

    private static void take(Socket one, Path directory, int number) throws IOException {
        var in = new BufferedInputStream(one.getInputStream());
        List<String> head = new ArrayList<>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            head.add(line);
        }
        var body = body(in, head);
        Files.write(directory.resolve(number + ".head"), head);
        var part = directory.resolve(number + ".part");
        Files.write(part, body);
        Files.move(part, directory.resolve(number + ".body"), StandardCopyOption.ATOMIC_MOVE);
        one.getOutputStream()
                .write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        one.getOutputStream().flush();
    }

    private static byte[] body(InputStream in, List<String> head) throws IOException {
        var whole = new ByteArrayOutputStream();
        for (var line : head) {
            var low = line.toLowerCase(Locale.ROOT);
            if (low.startsWith("content-length:")) {
                read(in, Integer.parseInt(low.substring(15).strip()), whole);
            } else if (low.startsWith("transfer-encoding:")) {
                for (int n = size(in); n > 0; n = size(in)) {
                    read(in, n, whole);
                    line(in);
                }
                line(in);
            }
        }
        return whole.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
    }

    private static void read(InputStream in, int bytes, ByteArrayOutputStream to) throws IOException {
        var piece = in.readNBytes(bytes);
        if (piece.length < bytes) {
            throw new EOFException();
        }
        to.write(piece);
    }

    private static String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int one = in.read(); one != '\n'; one = in.read()) {
            if (one < 0 || line.size() > LINE_MAX) {
                throw new EOFException();
            }
            if (one != '\r') {
                line.write(one);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
