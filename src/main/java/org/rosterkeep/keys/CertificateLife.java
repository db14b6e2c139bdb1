package org.rosterkeep.keys;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/// How long certificates are good.
///
/// @param authority that of the appliance's own authority
/// @param server those it makes
/// @param renewal how long before its end one is made anew
record CertificateLife(Duration authority, Duration server, Duration renewal) {
    /// What the product ships with (`certificates.properties`).
    static CertificateLife standard() {
        Properties properties = new Properties();
        try (InputStream in = CertificateLife.class.getResourceAsStream("certificates.properties")) {
            properties.load(Objects.requireNonNull(in, "certificates.properties is part of the program"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new CertificateLife(
                Duration.ofDays(number(properties, "authority-days")),
                Duration.ofDays(number(properties, "server-days")),
                Duration.ofDays(number(properties, "renewal-days")));
    }

    private static long number(Properties properties, String name) {
        return Long.parseLong(Objects.requireNonNull(properties.getProperty(name), name));
    }
}
