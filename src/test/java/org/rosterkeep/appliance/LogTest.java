package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final String CHILD = "Wilhelmina";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Log log = new Log(
            new PrintStream(bytes, true, StandardCharsets.UTF_8),
            Clock.fixed(Instant.parse("2026-11-02T08:00:00Z"), ZoneOffset.UTC));

    private JsonObject line() {
        try (var reader = Json.createReader(new StringReader(bytes.toString(StandardCharsets.UTF_8)))) {
            return reader.readObject();
        }
    }

    @Test
    @DisplayName("an event is one JSON line: constant text and typed facts")
    void facts() {
        log.info(
                "an import ended",
                new Fact.Count("records", 12),
                new Fact.Took("ms", Duration.ofMillis(34)),
                new Fact.Code("exit", Exit.OK),
                new Fact.In(new DistrictName("demo")));
        assertEquals(
                "{\"time\":\"2026-11-02T08:00:00Z\",\"level\":\"info\",\"event\":\"an import ended\",\"records\":12,"
                        + "\"ms\":34,\"exit\":\"OK\",\"district\":\"demo\"}\n",
                bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("never prints an exception's message, nor that of its cause")
    void messages() {
        var failure = new IllegalStateException("row of " + CHILD, new NumberFormatException(CHILD));
        var code = log.error("a verb failed", failure);
        assertFalse(bytes.toString(StandardCharsets.UTF_8).contains(CHILD));
        assertEquals(code, line().getString("error"));
        assertEquals(
                "java.lang.NumberFormatException",
                line().getJsonArray("causes").getJsonObject(1).getString("class"));
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

    @Test
    @DisplayName("what a library logs loses its text, its parameters and its exception's message")
    void libraries() {
        try {
            log.takeOver();
            var failure = new IllegalStateException(CHILD);
            Logger.getLogger("some.library").log(Level.WARNING, "could not send " + CHILD, failure);
            var text = bytes.toString(StandardCharsets.UTF_8);
            assertFalse(text.contains(CHILD), text);
            assertEquals("some.library", line().getString("logger"));
            assertTrue(text.contains("IllegalStateException"), text);
        } finally {
            LogManager.getLogManager().reset();
        }
    }
}
