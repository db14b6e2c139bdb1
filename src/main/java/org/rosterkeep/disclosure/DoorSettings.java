package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/// How much the door keeps between pages.
///
/// @param cacheBytesMax bytes of listings and outward ids
/// @param runIdle how long a paging run stays with its edition after its last page
/// @param runLongest how long a paging run stays with its edition at most, however steadily it goes on
/// @param runsMax paging runs held open at once
public record DoorSettings(long cacheBytesMax, Duration runIdle, Duration runLongest, int runsMax) {
    /// What the product ships with (`door.properties`).
    public static DoorSettings standard() {
        Properties properties = new Properties();
        try (InputStream in = DoorSettings.class.getResourceAsStream("door.properties")) {
            properties.load(Objects.requireNonNull(in, "door.properties is part of the program"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new DoorSettings(
                number(properties, "cache-bytes-max"),
                Duration.ofMinutes(number(properties, "run-idle-minutes")),
                Duration.ofMinutes(number(properties, "run-longest-minutes")),
                Math.toIntExact(number(properties, "runs-max")));
    }

    private static long number(Properties properties, String key) {
        return Long.parseLong(Objects.requireNonNull(properties.getProperty(key), key));
    }
}
