package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Texts that are reviewed like code. `-Dgolden.write=true` writes them anew.
public final class Golden {
    private Golden() {}

    public static void check(String name, String actual) throws IOException {
        Path file = Path.of("src/test/resources/golden", name);
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertEquals(
                Files.readString(file), actual, () -> "differs from " + file + "; -Dgolden.write=true writes it anew");
    }
}
