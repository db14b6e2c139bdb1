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
/// @param rowsHeld how long the rows of a client's newest edition are held for the comparison with its next, when the
///     client asks for nothing
public record EditionSettings(Duration tombstonesKept, Duration rowsHeld) {
    public EditionSettings {
        if (tombstonesKept.isNegative() || rowsHeld.isNegative()) {
            throw new IllegalArgumentException("tombstones are kept, and rows held, for some time or none");
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
        return new EditionSettings(days(properties, "tombstones-kept-days"), days(properties, "rows-held-days"));
    }

    private static Duration days(Properties properties, String name) {
        return Duration.ofDays(Long.parseLong(Objects.requireNonNull(properties.getProperty(name), name)));
    }
}
