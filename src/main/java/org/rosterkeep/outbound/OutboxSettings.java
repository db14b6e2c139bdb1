package org.rosterkeep.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/// How deliveries are tried.
///
/// @param firstWait before the second attempt; doubled from then on
/// @param longestWait between two attempts
/// @param attemptsMax after so many it is a dead letter
/// @param deadline from the order to the result
/// @param bytesMax the longest delivery
/// @param deltaOldest a target that was told longer ago is told everything: who left meanwhile may be forgotten
/// @param deadLettersMax kept for each target; the oldest go
public record OutboxSettings(
        Duration firstWait,
        Duration longestWait,
        int attemptsMax,
        Duration deadline,
        long bytesMax,
        Duration deltaOldest,
        int deadLettersMax) {
    /// What the product ships with (`outbox.properties`).
    ///
    /// @param tombstonesKept how long a view remembers who left it
    public static OutboxSettings standard(Duration tombstonesKept) {
        Properties properties = new Properties();
        try (InputStream in = OutboxSettings.class.getResourceAsStream("outbox.properties")) {
            properties.load(Objects.requireNonNull(in, "outbox.properties is part of the program"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new OutboxSettings(
                Duration.ofSeconds(number(properties, "first-wait-seconds")),
                Duration.ofSeconds(number(properties, "longest-wait-seconds")),
                Math.toIntExact(number(properties, "attempts-max")),
                Duration.ofSeconds(number(properties, "deadline-seconds")),
                number(properties, "bytes-max"),
                tombstonesKept,
                Math.toIntExact(number(properties, "dead-letters-max")));
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(Objects.requireNonNull(properties.getProperty(key), key));
    }
}
