package org.rosterkeep.entitlement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/// How editions age.
///
/// @param tombstonesKept how long a record that left the view is shown as `tobedeleted`
public record EditionSettings(Duration tombstonesKept) {
    public EditionSettings {
        if (tombstonesKept.isNegative()) {
            throw new IllegalArgumentException("tombstones are kept for some time or none");
        }
    }

    /// What the product ships with (`editions.properties`).
    public static EditionSettings standard() {
        Properties properties = new Properties();
        try (InputStream in = EditionSettings.class.getResourceAsStream("editions.properties")) {
            properties.load(Objects.requireNonNull(in, "editions.properties is part of the program"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        String days = Objects.requireNonNull(properties.getProperty("tombstones-kept-days"));
        return new EditionSettings(Duration.ofDays(Long.parseLong(days)));
    }
}
