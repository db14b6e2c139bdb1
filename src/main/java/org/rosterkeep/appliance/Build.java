package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which build this is.
public final class Build {
    private Build() {}

    /// The number the build wrote into the program.
    public static String number() {
        try (var in = Build.class.getResourceAsStream("build.properties")) {
            var properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
