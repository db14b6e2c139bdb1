package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// An intruder in place of the keep, inside its own unit, on a real service manager.
class ConfinementIT {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/keep-freedoms.txt");
    private static final List<String> WAYS_OUT = List.of(
            "a TCP connection: ALLOWED",
            "a UDP packet: ALLOWED",
            "a name: ALLOWED",
            "the handed socket, connected anew: ALLOWED",
            "the handed socket, sent from: ALLOWED",
            "an accepted connection, connected anew: ALLOWED",
            "an accepted connection, sent from: ALLOWED");

    private static Bare.Run run;

    @BeforeAll
    static void boot() throws Exception {
        run = Bare.run("confinement.sh", List.of(Bare.IMAGE, Path.of("systemd"), Path.of("target/test-classes")));
        assertEquals(0, run.exit(), run.text());
    }

    @Test
    @DisplayName("with every fence up, what it may do is a short list")
    void freedoms() throws Exception {
        var allowed = run.section("every fence").stream()
                .filter(line -> !line.startsWith("heard") && !line.startsWith("fence: "))
                .toList();
        assertEquals(
                Files.readString(GOLDEN).strip(), String.join("\n", allowed).strip(), run.text());
        assertTrue(run.section("every fence").contains("heard outside: nothing"), run.text());
    }

    @Test
    @DisplayName("each fence alone, with another one down, keeps it in")
    void alone() {
        for (var fence :
                List.of("without the system call filter", "without the firewall", "without the empty network")) {
            var section = run.section(fence);
            assertTrue(section.contains("end: reached"), fence + ": " + run.text());
            assertTrue(section.contains("heard outside: nothing"), fence + ": " + run.text());
            WAYS_OUT.forEach(way -> assertFalse(section.contains(way), fence + ", " + way + ": " + run.text()));
        }
    }

    @Test
    @DisplayName("the service manager's own measure finds hardly anything left open")
    void exposure() {
        var words = run.section("exposure").getFirst().split(" ");
        assertEquals("rosterkeep.service", words[0], run.text());
        assertTrue(Double.parseDouble(words[1]) <= 0.5, run.text());
    }

    @Test
    @DisplayName("with none of them it gets out: the attempts are real")
    void real() {
        var section = run.section("without any");
        assertTrue(section.contains("heard outside: YES"), run.text());
        assertTrue(section.contains("the handed socket, connected anew: ALLOWED"), run.text());
        assertTrue(section.contains("a TCP connection: ALLOWED"), run.text());
    }
}
