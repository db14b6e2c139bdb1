package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.vault.Snapshot;

@DisplayName("Before an upgrade")
class BeforeUpgradeTest {
    @TempDir
    private Path directory;

    private static Diagnosis tried(Home home, Set<String> blocked) {
        return new BeforeUpgrade(home, DoctorBounds.shipped(), blocked, Clock.systemUTC())
                .look().stream()
                        .filter(one -> one.id().startsWith("upgrade-"))
                        .findFirst()
                        .orElseThrow();
    }

    /// Every file of a district with its bytes; the shared-memory file of a database changes by being looked at.
    private static Map<String, String> files(Path district) throws Exception {
        var found = new TreeMap<String, String>();
        try (var all = Files.walk(district)) {
            for (var file : all.filter(Files::isRegularFile).toList()) {
                if (!file.toString().endsWith("-shm")) {
                    found.put(
                            district.relativize(file).toString(),
                            java.util.HexFormat.of()
                                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                                            .digest(Files.readAllBytes(file))));
                }
            }
        }
        return found;
    }

    @Test
    @DisplayName("a version tries itself on a copy while the one in use runs, and changes nothing")
    void sound() throws Exception {
        try (var run = new TrialRun(directory, Optional.empty(), line -> {})) {
            var home = run.home();
            var district = home.district(home.names().getFirst());
            var before = files(district);
            var found = tried(home, Set.of());
            assertEquals(Diagnosis.State.OK, found.state(), found.sentence());
            assertTrue(found.sentence().matches(".* [1-9][0-9,]* ledger entries.*"), found.sentence());
            assertEquals(before, files(district));
            assertFalse(Files.exists(home.directory().resolve("upgrade-trial")));
        }
    }

    @Test
    @DisplayName("it says that it cannot open a store of a newer format, or a ledger that is broken; unless nobody can")
    void cannot() throws Exception {
        Home home;
        try (var run = new TrialRun(directory, Optional.empty(), line -> {})) {
            home = run.home();
        }
        var name = home.names().getFirst();
        var district = home.district(name);
        assertEquals(1, Snapshot.formats(district).get("roster.db"));
        try (var sql = DriverManager.getConnection("jdbc:sqlite:" + district.resolve("roster.db"));
                var statement = sql.createStatement()) {
            statement.executeUpdate("INSERT INTO migration (number) VALUES (9999)");
        }
        assertEquals(9999, Snapshot.formats(district).get("roster.db"));
        var newer = tried(home, Set.of());
        assertEquals(Diagnosis.State.FAILED, newer.state());
        assertTrue(newer.sentence().contains("NEWER_FORMAT"), newer.sentence());
        assertEquals(Diagnosis.State.WARNING, tried(home, Set.of(name.text())).state());
    }
}
