package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    @DisplayName("an absent file is all defaults: this machine only, and no trial")
    void defaults() {
        var settings = Settings.read(Path.of("/nonexistent/rosterkeep.conf"));
        assertEquals("127.0.0.1", settings.address());
        assertEquals(8443, settings.port());
        assertTrue(settings.certificate().isEmpty());
        assertFalse(settings.trial());
    }

    @Test
    @DisplayName("reads what is there, comments and blanks aside")
    void reads() {
        var settings = Settings.parse(
                "f", List.of("# ours", "", " listen-port = 9443 ", "server-names = a.example.org, b.example.org"));
        assertEquals(9443, settings.port());
        assertEquals(List.of("a.example.org", "b.example.org"), settings.names());
    }

    @Test
    @DisplayName("tells all problems at once, and the key that was most likely meant")
    void problems() {
        var trouble = assertThrows(
                Trouble.class,
                () -> Settings.parse(
                        "f",
                        List.of("listen-prot = 1", "listen-port = 70000", "trial = yes", "nonsense", "trial = true")));
        assertEquals(Exit.WRONG_USE, trouble.exit());
        assertTrue(trouble.what().contains("4 problems"), trouble.what());
        assertTrue(trouble.why().contains("line 1: unknown key listen-prot, did you mean listen-port?"), trouble.why());
        assertTrue(trouble.why().contains("line 2: listen-port should be a number from 0 to 65535"), trouble.why());
        assertTrue(trouble.why().contains("line 3"), trouble.why());
        assertTrue(trouble.why().contains("line 4"), trouble.why());
    }

    @Test
    @DisplayName("a certificate without its key, or a key given twice, stops the start")
    void pairs() {
        var file = Path.of("pom.xml").toAbsolutePath();
        var half = assertThrows(Trouble.class, () -> Settings.parse("f", List.of("tls-certificate-file = " + file)));
        assertTrue(half.why().contains("belong together"), half.why());
        var twice =
                assertThrows(Trouble.class, () -> Settings.parse("f", List.of("listen-port = 1", "listen-port = 2")));
        assertTrue(twice.why().contains("given twice"), twice.why());
    }

    @Test
    @DisplayName("the settings file that is printed changes nothing, and says every key in a form that is taken")
    void printed() {
        var lines = java.util.Arrays.stream(Settings.Key.values())
                .flatMap(key -> key.commented().stream())
                .toList();
        assertEquals(Settings.parse("f", List.of()), Settings.parse("f", lines));
        var taken = lines.stream()
                .filter(line -> line.matches("# [a-z-]+ = .+"))
                .map(line -> line.substring(2))
                .toList();
        assertEquals(Settings.parse("f", List.of()), Settings.parse("f", taken));
        assertEquals(2 * Settings.Key.values().length, lines.size());
    }

    @Test
    @DisplayName("the installed appliance's settings are not in its home, where it could change them")
    void installed() {
        assertEquals(Path.of("/etc/rosterkeep/rosterkeep.conf"), new Home(Path.of("/var/lib/rosterkeep")).settings());
        assertEquals(Path.of("/elsewhere/rosterkeep.conf"), new Home(Path.of("/elsewhere")).settings());
    }
}
