package org.rosterkeep.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LogTest {
    private static final String CHILD = "Wilhelmina";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Hands clock = new Hands();
    private final Log log = new Log(new PrintStream(bytes, true, StandardCharsets.UTF_8), clock);

    /// A clock whose hands the test moves.
    private static final class Hands extends Clock {
        private Instant now = Instant.parse("2026-11-02T08:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private JsonObject line() {
        try (var reader = Json.createReader(new StringReader(bytes.toString(StandardCharsets.UTF_8)))) {
            return reader.readObject();
        }
    }

    @Test
    @DisplayName("an event is one JSON line: a code of the list and typed facts")
    void facts() {
        log.say(
                Event.IMPORT_ENDED,
                new Fact.Count("records", 12),
                new Fact.Took("ms", Duration.ofMillis(34)),
                new Fact.Code("level", Loudness.INFO),
                new Fact.In("demo"));
        assertEquals(
                "{\"time\":\"2026-11-02T08:00:00Z\",\"level\":\"info\",\"event\":\"import-ended\",\"records\":12,"
                        + "\"ms\":34,\"level\":\"INFO\",\"district\":\"demo\"}\n",
                text());
    }

    @Test
    @DisplayName("a line written for somebody tells the request and an opaque actor, and no line tells a name")
    void traces() {
        var trace = Trace.of(Trace.OWNER);
        trace.run(() -> {
            log.say(Event.IMPORT_ENDED);
            Trace.by("key:0123456789ab");
            log.say(Event.VERB_FAILED, new IllegalStateException());
        });
        var lines = text().split("\n");
        assertTrue(lines[0].contains("\"request\":\"" + trace.request() + "\",\"actor\":\"owner\""), lines[0]);
        assertTrue(lines[1].contains("\"request\":\"" + trace.request() + "\",\"actor\":\"key:0123456789ab\""));
        assertThrows(IllegalArgumentException.class, () -> Trace.of("anna"));
    }

    @Test
    @DisplayName("never prints an exception's message, nor that of its cause")
    void messages() {
        var failure = new IllegalStateException("row of " + CHILD, new NumberFormatException(CHILD));
        var code = log.say(Event.VERB_FAILED, failure);
        assertFalse(text().contains(CHILD));
        assertEquals(code, line().getString("error"));
        assertEquals(
                "java.lang.NumberFormatException",
                line().getJsonArray("causes").getJsonObject(1).getString("class"));
    }

    @Test
    @DisplayName("a failure that is its own cause comes to an end")
    void circles() {
        var first = new IllegalStateException();
        var second = new IllegalArgumentException(first);
        first.initCause(second);
        log.say(Event.VERB_FAILED, first);
        assertEquals(10, line().getJsonArray("causes").size());
    }

    @Test
    @DisplayName("the same fault has the same code whatever its message says; another fault has another")
    void codes() {
        var failures = new IllegalStateException[2];
        for (int i = 0; i < 2; i++) {
            failures[i] = new IllegalStateException(CHILD + i);
        }
        assertEquals(Log.code(failures[0]), Log.code(failures[1]));
        assertNotEquals(Log.code(failures[0]), Log.code(new IllegalArgumentException(CHILD)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.helidon.webserver.http.HttpRouting",
                "org.glassfish.jersey.client.JerseyClient",
                "org.apache.sshd.client.session.ClientSessionImpl",
                "org.sqlite.SQLiteJDBCLoader"
            })
    @DisplayName("of what a library logs its logger's name and the level are left, and nothing else")
    void libraries(String name) {
        try {
            log.takeOver();
            Logger.getLogger(name).log(Level.WARNING, "could not send " + CHILD, new IllegalStateException(CHILD));
            assertEquals(
                    "{\"time\":\"X\",\"level\":\"warning\",\"event\":\"library\",\"logger\":\"" + name + "\"}\n",
                    text().replaceAll("20[0-9TZ:.-]+", "X"));
        } finally {
            LogManager.getLogManager().reset();
        }
    }

    @Test
    @DisplayName("a logger that somebody called after something has no name")
    void loggers() {
        try {
            log.takeOver();
            Logger.getLogger(CHILD).severe("x");
            LoggerFactory.getLogger("org.apache.sshd." + CHILD + " @host").error(CHILD, new IOException(CHILD));
            assertFalse(text().contains(CHILD), text());
            assertEquals(2, text().split("\"logger\":\"other\"", -1).length - 1, text());
        } finally {
            LogManager.getLogManager().reset();
        }
    }

    @Test
    @DisplayName("what is printed past the log is told of, and not repeated")
    void streams() {
        var out = System.out;
        var err = System.err;
        try {
            log.takeStreams();
            new IllegalStateException(CHILD).printStackTrace();
            System.out.println(CHILD);
            assertFalse(text().contains(CHILD));
            assertTrue(text().contains("\"event\":\"library\",\"logger\":\"stderr\""), text());
            assertTrue(text().contains("\"event\":\"library\",\"logger\":\"stdout\""), text());
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    @Test
    @DisplayName("more is told for a quarter of an hour at most, and then the usual again without anybody's doing")
    void louder() {
        log.say(Event.VERB_DONE);
        assertEquals("", text());
        assertEquals(Instant.parse("2026-11-02T08:15:00Z"), log.raise(Loudness.DEBUG, Duration.ofDays(9)));
        log.say(Event.VERB_DONE);
        assertTrue(text().contains("verb-done"));
        clock.now = Instant.parse("2026-11-02T08:14:59Z");
        assertEquals(Loudness.DEBUG, log.loudness());
        bytes.reset();
        clock.now = Instant.parse("2026-11-02T08:15:00Z");
        log.say(Event.VERB_DONE);
        assertEquals("", text());
        assertEquals(Loudness.INFO, log.loudness());
        assertTrue(log.louderUntil().isEmpty());
    }

    @Test
    @DisplayName("a fact is a number, a word of a closed list, a digest, or something that looks like what it is")
    void refused() {
        assertThrows(IllegalArgumentException.class, () -> new Fact.In(CHILD));
        assertThrows(IllegalArgumentException.class, () -> new Fact.In("w@school.example"));
        assertThrows(IllegalArgumentException.class, () -> new Fact.Verb("log Wilhelmina"));
        assertThrows(IllegalArgumentException.class, () -> new Fact.Digest("rule", CHILD));
        assertThrows(IllegalArgumentException.class, () -> new Fact.Place("to", "x?name=" + CHILD, 1));
    }

    @Test
    @DisplayName("the codes and what they mean are the published list")
    void golden() throws IOException {
        var file = Path.of("src/test/resources/golden/events.txt");
        var list = Arrays.stream(Event.values())
                .map(event -> event.code() + " | " + event.loudness().word() + " | " + event.meaning() + "\n")
                .collect(Collectors.joining());
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(file, list);
        }
        assertEquals(Files.readString(file), list, "differs; -Dgolden.write=true writes it anew");
    }
}
