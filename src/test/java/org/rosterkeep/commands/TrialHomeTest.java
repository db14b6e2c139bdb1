package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.appliance.DistrictName;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Settings;
import org.rosterkeep.appliance.TrialFile;
import org.rosterkeep.appliance.Trouble;

class TrialHomeTest {
    @TempDir
    private Path directory;

    private Home home;

    @BeforeEach
    void name() {
        home = new Home(directory.resolve("trial"));
    }

    @Test
    @DisplayName("a new trial listens where it was told to, on this machine only, and says that it is one")
    void fresh() throws IOException {
        new TrialHome(home).prepare(Optional.of(9443), false);
        var settings = Settings.read(home.settings());
        assertTrue(settings.trial());
        assertEquals(9443, settings.port());
        assertEquals("127.0.0.1", settings.address());
    }

    @Test
    @DisplayName("does not touch a home that somebody works with, neither to start nor to clean it")
    void others() throws IOException {
        home.make();
        Files.writeString(home.settings(), "listen-port = 443\n");
        var before = Files.readString(home.settings());
        assertThrows(Trouble.class, () -> new TrialHome(home).prepare(Optional.of(1), false));
        assertThrows(Trouble.class, () -> new TrialHome(home).clean());
        assertEquals(before, Files.readString(home.settings()));
    }

    @Test
    @DisplayName("a trial that was interrupted half-way is begun again")
    void halfWay() throws IOException {
        new TrialHome(home).prepare(Optional.empty(), false);
        var half = home.district(new DistrictName(Trial.DISTRICT));
        Files.createDirectories(half.resolve("keys"));
        new TrialHome(home).prepare(Optional.empty(), false);
        assertFalse(Files.exists(half));
    }

    @Test
    @DisplayName("a trial whose try.json cannot be read is not mistaken for one half-way: nothing of it is removed")
    void unreadable() throws IOException {
        new TrialHome(home).prepare(Optional.empty(), false);
        var district = home.district(new DistrictName(Trial.DISTRICT));
        Files.createDirectories(district.resolve("keys"));
        Files.writeString(home.trial(), "{");
        assertThrows(Trouble.class, () -> new TrialHome(home).prepare(Optional.empty(), false));
        assertTrue(Files.exists(district.resolve("keys")));
    }

    @Test
    @DisplayName("the caller's own directory is the shell's, not the user database's")
    void shell() {
        assertEquals(directory, Home.userHome(Map.of("HOME", directory.toString())));
        assertEquals(Path.of(System.getProperty("user.home")), Home.userHome(Map.of()));
    }

    @Test
    @DisplayName("cleaning removes what a trial made and leaves what somebody put there")
    void clean() throws Exception {
        new TrialHome(home).prepare(Optional.empty(), false);
        Files.createDirectories(home.district(new DistrictName(Trial.DISTRICT)));
        Files.writeString(home.directory().resolve("mine.txt"), "mine");
        new TrialHome(home).clean();
        try (var left = Files.list(home.directory())) {
            assertEquals(List.of(home.directory().resolve("mine.txt")), left.toList());
        }
        Files.delete(home.directory().resolve("mine.txt"));
        new TrialHome(home).prepare(Optional.empty(), false);
        new TrialHome(home).clean();
        assertFalse(Files.exists(home.directory()));
    }

    @Test
    @DisplayName("try.json has exactly the promised keys, is for its owner only, and reads back")
    void file() throws IOException {
        home.make();
        var file = TrialFile.at(
                "https://127.0.0.1:8443",
                "/ca.pem",
                List.of(new TrialFile.Operator("anna", "secret", List.of("administrator"))),
                List.of(new TrialFile.Vendor("V", "v", "s", "r")));
        file.write(home.trial());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.trial())));
        assertEquals(file, TrialFile.read(home.trial()).orElseThrow());
        assertEquals(
                List.of("baseUrl", "caFile", "tokenUrl", "oneroster12", "oneroster11", "operators", "vendors"),
                List.copyOf(file.json().keySet()));
        assertTrue(file.oneroster12().endsWith("/ims/oneroster/rostering/v1p2"));
        assertTrue(file.oneroster11().endsWith("/ims/oneroster/v1p1"));
    }

    @Test
    @DisplayName("the standard home is the named one, else the installed one, else the user's trial")
    void standard() {
        assertEquals(
                Path.of("/srv/rk"),
                Home.standard(Map.of("ROSTERKEEP_HOME", "/srv/rk"), directory).directory());
        assertEquals(
                directory.resolve("state/rosterkeep-try"),
                Home.trial(Map.of("XDG_STATE_HOME", directory.resolve("state").toString()), directory)
                        .directory());
    }
}
