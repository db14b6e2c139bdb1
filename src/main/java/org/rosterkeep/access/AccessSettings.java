package org.rosterkeep.access;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/// How long what lets somebody in is good.
///
/// @param changeover how long a client's old secret stays good after a rotation
/// @param session how long an operator stays signed in at most
public record AccessSettings(Duration changeover, Duration session) {
    /// What the product ships with (`access.properties`).
    public static AccessSettings standard() {
        Properties properties = new Properties();
        try (InputStream in = AccessSettings.class.getResourceAsStream("access.properties")) {
            properties.load(Objects.requireNonNull(in, "access.properties is part of the program"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new AccessSettings(
                Duration.ofDays(number(properties, "client-secret-changeover-days")),
                Duration.ofHours(number(properties, "session-longest-hours")));
    }

    private static long number(Properties properties, String name) {
        return Long.parseLong(Objects.requireNonNull(properties.getProperty(name), name));
    }
}
