package org.rosterkeep.appliance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.rosterkeep.keys.Authority;

/// A vendor's server that takes deliveries, with TLS and manners of a test's choosing.
final class Receiver implements AutoCloseable {
    static final String HOST = "sync.example.org";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path authority;
    final BlockingQueue<Taken> taken = new LinkedBlockingQueue<>();
    final AtomicInteger elsewhere = new AtomicInteger();
    final CountDownLatch begun = new CountDownLatch(1);
    volatile Manner manner = Manner.TAKES;

    /// How it behaves.
    enum Manner {
        TAKES,
        FAILS,
        BUSY,
        REDIRECTS,
        REFUSES,
        /// Reads a little and then nothing more, and does not answer.
        HANGS
    }

    /// A request that came to its end.
    record Taken(String key, String type, byte[] body) {}

    Receiver(Path directory) throws IOException, GeneralSecurityException {
        var identity = new Authority(directory, List.of(HOST), Clock.systemUTC(), new SecureRandom()).identity();
        authority = identity.authority().orElseThrow();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keyStore(), identity.password());
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/in", this::take);
        server.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, 200);
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// The certificate of the authority that vouches for it.
    Path authority() {
        return authority;
    }

    private void take(HttpExchange exchange) throws IOException {
        if (manner == Manner.HANGS) {
            exchange.getRequestBody().readNBytes(1000);
            begun.countDown();
            try {
                Thread.sleep(TimeUnit.MINUTES.toMillis(2));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        taken.add(new Taken(headers.getFirst("Idempotency-Key"), headers.getFirst("Content-Type"), body));
        switch (manner) {
            case FAILS -> answer(exchange, 500);
            case REFUSES -> answer(exchange, 422);
            case BUSY -> {
                exchange.getResponseHeaders().set("Retry-After", "7200");
                answer(exchange, 429);
            }
            case REDIRECTS -> {
                exchange.getResponseHeaders().set("Location", "https://" + HOST + ":" + port() + "/elsewhere");
                answer(exchange, 307);
            }
            case TAKES, HANGS -> answer(exchange, 202);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    Taken next() throws InterruptedException {
        var next = taken.poll(40, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing arrived");
        }
        return next;
    }

    boolean nothing() throws InterruptedException {
        return taken.poll(1500, TimeUnit.MILLISECONDS) == null;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
