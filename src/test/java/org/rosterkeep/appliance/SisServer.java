package org.rosterkeep.appliance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.rosterkeep.keys.Authority;

/// A small student information system that speaks OneRoster 1.2 over TLS, pages as a test wants, and fails on request.
final class SisServer implements AutoCloseable {
    static final String HOST = "sis.example.org";
    static final String BASE = "/ims/oneroster/rostering/v1p2";

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Path authority;
    private final Map<String, TreeMap<String, JsonObject>> collections = new TreeMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger tokens = new AtomicInteger();
    volatile Paging paging = Paging.LINKS;
    volatile int most = 3;
    volatile Fault fault = exchange -> false;
    volatile String authorization = "";

    /// How it says that there is more.
    enum Paging {
        LINKS,
        TOTAL,
        /// Neither: whoever asks has to ask on.
        NOTHING
    }

    /// Answers instead of the server, when it says so.
    interface Fault {
        boolean answers(HttpExchange exchange) throws IOException;
    }

    SisServer(Path directory) throws IOException, GeneralSecurityException {
        var identity = new Authority(directory, List.of(HOST), Clock.systemUTC(), new SecureRandom()).identity();
        authority = identity.authority().orElseThrow();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(identity.keyStore(), identity.password());
        var tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.setExecutor(threads);
        server.createContext("/token", this::token);
        server.createContext(BASE, this::page);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Path authority() {
        return authority;
    }

    void put(String collection, JsonObject record) {
        collections.computeIfAbsent(collection, any -> new TreeMap<>()).put(record.getString("sourcedId"), record);
    }

    void remove(String collection, String id) {
        collections.get(collection).remove(id);
    }

    private void token(HttpExchange exchange) throws IOException {
        if (fault.answers(exchange)) {
            return;
        }
        tokens.incrementAndGet();
        answer(exchange, 200, "application/json", "{\"access_token\":\"t0ken\",\"expires_in\":3600}");
    }

    private void page(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (fault.answers(exchange)) {
            return;
        }
        String name = exchange.getRequestURI().getPath().substring(BASE.length() + 1);
        var query = query(exchange);
        int offset = Integer.parseInt(query.getOrDefault("offset", "0"));
        int limit = Math.min(most, Integer.parseInt(query.getOrDefault("limit", "100")));
        var all =
                new ArrayList<>(collections.getOrDefault(name, new TreeMap<>()).values());
        Optional.ofNullable(query.get("filter"))
                .map(SisServer::since)
                .ifPresent(since -> all.removeIf(
                        one -> Instant.parse(one.getString("dateLastModified")).isBefore(since)));
        all.removeIf(
                one -> !query.containsKey("filter") && one.getString("status").equals("tobedeleted"));
        var array = Json.createArrayBuilder();
        all.stream().skip(offset).limit(limit).forEach(array::add);
        if (paging == Paging.LINKS) {
            String url = "https://" + HOST + ":" + port() + BASE + "/" + name;
            String filter = Optional.ofNullable(exchange.getRequestURI().getRawQuery())
                    .filter(text -> text.contains("filter="))
                    .map(text -> "&"
                            + Arrays.stream(text.split("&"))
                                    .filter(pair -> pair.startsWith("filter="))
                                    .findFirst()
                                    .orElseThrow())
                    .orElse("");
            var links = new ArrayList<String>();
            links.add("<" + url + "?limit=" + limit + "&offset=0" + filter + ">; rel=\"first\"");
            if (offset + limit < all.size()) {
                links.add("<" + url + "?limit=" + limit + "&offset=" + (offset + limit) + filter + ">; rel=\"next\"");
            }
            exchange.getResponseHeaders().set("Link", String.join(", ", links));
        }
        if (paging != Paging.NOTHING) {
            exchange.getResponseHeaders().set("X-Total-Count", Integer.toString(all.size()));
        }
        answer(
                exchange,
                200,
                "application/json;charset=UTF-8",
                Json.createObjectBuilder().add(name, array).build().toString());
    }

    private static Instant since(String filter) {
        return Instant.parse(filter.replaceAll(".*'(.*)'", "$1"));
    }

    private static Map<String, String> query(HttpExchange exchange) {
        return Optional.ofNullable(exchange.getRequestURI().getRawQuery()).stream()
                .flatMap(text -> Arrays.stream(text.split("&")))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8), (a, b) -> a));
    }

    static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /// A school with one class, and so many pupils in it.
    void school(int pupils, Instant changed) {
        put(
                "orgs",
                record("school-1", changed)
                        .add("name", "Made-up School")
                        .add("type", "school")
                        .build());
        put(
                "academicSessions",
                record("term-1", changed)
                        .add("title", "Term")
                        .add("type", "term")
                        .add("startDate", "2026-08-01")
                        .add("endDate", "2027-07-31")
                        .add("schoolYear", "2027")
                        .build());
        put(
                "courses",
                record("course-1", changed)
                        .add("title", "Course")
                        .add("org", ref("school-1"))
                        .build());
        put(
                "classes",
                record("class-1", changed)
                        .add("title", "Class, with \"quotes\"")
                        .add("classType", "scheduled")
                        .add("course", ref("course-1"))
                        .add("school", ref("school-1"))
                        .add("terms", Json.createArrayBuilder().add(ref("term-1")))
                        .build());
        for (int n = 0; n < pupils; n++) {
            pupil(n, changed);
        }
    }

    void pupil(int n, Instant changed) {
        put("users", user("pupil-" + n, changed, "active"));
        put(
                "enrollments",
                record("enrollment-" + n, changed)
                        .add("class", ref("class-1"))
                        .add("school", ref("school-1"))
                        .add("user", ref("pupil-" + n))
                        .add("role", "student")
                        .add("primary", "false")
                        .build());
    }

    static JsonObject user(String id, Instant changed, String status) {
        return Json.createObjectBuilder(record(id, changed).build())
                .add("status", status)
                .add("enabledUser", "true")
                .add("username", id)
                .add("givenName", "Canary")
                .add("familyName", "Made-Up " + id)
                .add("grades", Json.createArrayBuilder().add("03"))
                .add(
                        "roles",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("roleType", "primary")
                                        .add("role", "student")
                                        .add("org", ref("school-1"))))
                .build();
    }

    static jakarta.json.JsonObjectBuilder record(String id, Instant changed) {
        return Json.createObjectBuilder()
                .add("sourcedId", id)
                .add("status", "active")
                .add("dateLastModified", changed.toString());
    }

    static JsonObject ref(String id) {
        return Json.createObjectBuilder()
                .add("href", "https://" + HOST + "/" + id)
                .add("sourcedId", id)
                .add("type", "any")
                .build();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
