package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.CourierLog;
import org.rosterkeep.courier.Courier;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Log;
import org.rosterkeep.log.Loudness;
import org.rosterkeep.oracle.Pull;

/// Somebody tries to get a value into the log: through every way in, with the log at its loudest.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class LogBreakInTest {
    private static final String CANARY = "zqwilhelminaqz";

    private TrialRun trial;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        trial = new TrialRun(directory, Optional.empty(), line -> {});
        trial.errorsAreWanted();
    }

    @AfterAll
    void close() {
        trial.close();
    }

    /// Every line is an object with an event of the list, and none has the canary, nor one of these.
    private static void clean(String log, Iterable<String> more) {
        var known = Arrays.stream(Event.values()).map(Event::code).toList();
        for (var line : log.lines().toList()) {
            try (var reader = Json.createReader(new StringReader(line))) {
                JsonObject json = reader.readObject();
                assertTrue(known.contains(json.getString("event")), line);
                assertTrue(json.containsKey("time") && json.containsKey("level"), line);
            } catch (JsonException e) {
                throw new AssertionError("not JSON: " + line, e);
            }
        }
        assertFalse(log.toLowerCase(Locale.ROOT).contains(CANARY), log);
        more.forEach(value -> assertFalse(log.contains(value), value));
    }

    private void http(String method, String path, String body, Map<String, String> headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(trial.origin() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        trial.http().send(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private void control(String line) throws IOException {
        try (var channel =
                SocketChannel.open(UnixDomainSocketAddress.of(trial.home().socket()))) {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
            var answer = ByteBuffer.allocate(1 << 16);
            while (channel.read(answer) >= 0) {
                answer.clear();
            }
        }
    }

    @Test
    @DisplayName("no value gets into the log through HTTP, the control socket, an import or what goes wrong in them")
    void keep(@TempDir Path directory) throws Exception {
        trial.ask("log level", new Common.Args().with("level", "debug"));
        http("GET", "/ims/oneroster/v1p1/users/" + CANARY + "?filter=givenName='" + CANARY + "'", "", Map.of());
        http("GET", "/" + CANARY + "/ims/oneroster/v1p1/users", "", Map.of("Authorization", "Bearer " + CANARY));
        http("POST", "/ims/oneroster/v1p1/users", CANARY, Map.of("Content-Type", CANARY, "X-Name", CANARY));
        http("DELETE", "/" + CANARY, "", Map.of("User-Agent", CANARY));
        URI token = URI.create(trial.file().tokenUrl());
        http(
                "POST",
                token.getPath(),
                "grant_type=client_credentials&client_id=" + CANARY + "&client_secret=" + CANARY,
                Map.of("Content-Type", "application/x-www-form-urlencoded"));

        control("{\"verb\": \"" + CANARY + "\", \"args\": {}}");
        control(CANARY);
        control("{\"verb\": \"rule show\", \"args\": {\"id\": \"" + CANARY + "\", \"district\": \"" + CANARY + "\"}}");
        control("{\"verb\": \"person show\", \"args\": {\"operator\": \"" + CANARY + "\", \"password\": \"" + CANARY
                + "\", \"id\": \"" + CANARY + "\"}}");
        // A list of something that is no text is a fault nobody had foreseen.
        control("{\"verb\": \"operator make\", \"args\": {\"name\": \"" + CANARY + "\", \"new\": \"" + CANARY
                + "-long-enough\", \"roles\": [{\"" + CANARY + "\": 1}], \"operator\": \""
                + trial.file().operators().getFirst().name() + "\", \"password\": \""
                + trial.file().operators().getFirst().password() + "\"}}");
        assertTrue(trial.logged().contains("\"event\":\"verb-failed\""), trial.logged());
        assertTrue(trial.logged().contains("\"actor\":\"key:"), trial.logged());

        var folder = Files.createDirectory(directory.resolve(CANARY));
        Files.writeString(
                folder.resolve("users.csv"),
                "sourcedId,status,dateLastModified,enabledUser,givenName," + CANARY + "\n" + CANARY + ",x," + CANARY
                        + ",true,\"" + CANARY + "\n");
        Files.writeString(folder.resolve("manifest.csv"), "propertyName,value\n" + CANARY + ",\0" + CANARY + "\n");
        assertThrows(Trouble.class, () -> trial.ask("intake run", new Common.Args().with("file", folder.toString())));

        var values = new TreeSet<String>();
        var users = trial.vendor(0).get(Pull.V1P2 + "/students?limit=100").body();
        try (var reader = Json.createReader(new StringReader(users))) {
            reader.readObject()
                    .getJsonArray("users")
                    .getValuesAs(JsonObject.class)
                    .forEach(user -> {
                        values.add(user.getString("sourcedId"));
                        values.add(user.getString("familyName"));
                    });
        }
        values.removeIf(value -> value.length() < 5);
        trial.file().operators().forEach(one -> values.addAll(List.of(one.password(), "\"" + one.name() + "\"")));
        trial.file().vendors().forEach(one -> values.add(one.clientSecret()));
        assertTrue(values.size() > 20, values::toString);
        assertTrue(trial.logged().contains("\"event\":\"verb-done\""), trial.logged());
        clean(trial.logged(), values);
        trial.ask("log level", new Common.Args().with("level", "info"));
        assertEquals(Loudness.INFO, trial.log().loudness());
    }

    @Test
    @DisplayName("no value gets into the courier's log out of an order, its papers or a line that is none")
    void courier(@TempDir Path directory) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var log = new Log(new PrintStream(bytes, true, StandardCharsets.UTF_8), Clock.systemUTC());
        log.raise(Loudness.DEBUG, Duration.ofMinutes(5));
        var socket = directory.resolve("c.sock");
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var setting = new Courier.Setting(
                    socket, directory.resolve(CANARY), directory.resolve(CANARY), Optional.empty(), 1, true, "0");
            try (var _ = Courier.start(setting, new CourierLog(log), Clock.systemUTC())) {
                try (var line = new Line(server.accept())) {
                    assertEquals(Frame.Kind.HELLO, line.next().kind());
                    assertEquals(Frame.Kind.NEXT, line.next().kind());
                    line.send(order().frame());
                    assertEquals(Frame.Kind.REFUSE, line.next().kind());
                }
                try (var line = new Line(server.accept())) {
                    line.next();
                    line.send(
                            new Frame(Frame.Kind.ORDER, ("{\"" + CANARY + "\": 1}").getBytes(StandardCharsets.UTF_8)));
                    assertEquals(Frame.Kind.NEXT, line.next().kind());
                    assertThrows(RuntimeException.class, line::next);
                }
            }
        }
        var text = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("order-refused") && text.contains("keep-not-understood"), text);
        clean(text, List.of());
    }

    private static Order order() {
        return new Order(
                CANARY + "-delivery",
                Way.HTTPS_JSON,
                new Target(
                        CANARY + ".invalid",
                        443,
                        "/" + CANARY,
                        "US",
                        false,
                        Optional.empty(),
                        Optional.of(CANARY),
                        Optional.empty()),
                Optional.empty(),
                Map.of(),
                new Secret(Map.of(Secret.Part.TOKEN, CANARY, Secret.Part.CLIENT_KEY, CANARY)),
                new Papers(CANARY, "{\"id\":\"" + CANARY + "\"}", List.of(), Map.of()),
                Map.of(),
                10,
                10);
    }
}
