package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Trouble;

@DisplayName("What is brought to the confined appliance")
class BroughtTest {
    @TempDir
    private Path directory;

    private static String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    @DisplayName("lies on a tray that it may read and not change, whatever the mode it had; and is gone afterwards")
    void laid() throws Exception {
        var trays = Files.createDirectory(directory.resolve("trays"));
        var export = Files.createDirectory(directory.resolve("export"));
        var file = Files.writeString(export.resolve("users.csv"), "sourcedId");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        try (var brought = Brought.laid(export, trays)) {
            assertTrue(brought.seen().startsWith(trays));
            assertEquals("sourcedId", Files.readString(brought.seen().resolve("users.csv")));
            assertEquals("rw-r-----", mode(brought.seen().resolve("users.csv")));
            assertEquals("rwxr-x---", mode(brought.seen()));
            assertEquals("rwxr-x---", mode(brought.tray()));
        }
        try (var left = Files.list(trays)) {
            assertEquals(0, left.count());
        }
        assertTrue(Files.exists(file));
    }

    @Test
    @DisplayName("is not laid out for an appliance that sees the machine as its user does")
    void unconfined() {
        var home = new Home(directory.resolve("h"));
        var file = directory.resolve("roster.zip");
        try (var brought = Brought.to(home, file)) {
            assertEquals(file, brought.seen());
        }
    }

    @Test
    @DisplayName("leaves nothing behind when it cannot be read")
    void unreadable() throws Exception {
        var trays = Files.createDirectory(directory.resolve("trays"));
        var gone = directory.resolve("gone.zip");
        assertFalse(Files.exists(gone));
        assertThrows(Trouble.class, () -> Brought.laid(gone, trays));
        try (var left = Files.list(trays)) {
            assertEquals(0, left.count());
        }
    }
}
