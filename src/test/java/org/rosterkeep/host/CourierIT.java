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

/// An intruder in place of the courier, inside its own unit, on a real service manager, with a street to get
/// out to; and
/// the courier itself.
class CourierIT {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/courier-freedoms.txt");
    private static final String ALLOWED = "reaching 10.77.0.2:9443: ALLOWED";
    private static final List<String> FORBIDDEN = List.of(
            "reaching 10.77.0.2:9444",
            "reaching 10.77.0.3:9443",
            "reaching fd77::3:9443",
            "reaching 127.0.0.1:9999",
            "reaching 127.0.0.86:8086",
            "reaching ::1:9999");

    private static Bare.Run run;

    @BeforeAll
    static void boot() throws Exception {
        run = Bare.run("courier.sh", List.of(Bare.IMAGE, Path.of("systemd"), Path.of("target/test-classes")));
        assertEquals(0, run.exit(), run.text());
    }

    @Test
    @DisplayName("root's helper lists the address of the one name that two people signed for")
    void list() {
        var section = run.section("list");
        assertTrue(section.contains("vendor.test:9443  10.77.0.2  one rule, internal"), run.text());
        assertTrue(section.contains("4 10.77.0.2 9443 vendor.test.json"), run.text());
    }

    @Test
    @DisplayName("with every fence up it reaches that address, and what else it may do is a short list")
    void freedoms() throws Exception {
        var section = run.section("every fence");
        assertTrue(section.contains(ALLOWED), run.text());
        var said = section.stream()
                .filter(line -> !line.startsWith("heard") && !line.startsWith("fence: "))
                .toList();
        assertEquals(Files.readString(GOLDEN).strip(), String.join("\n", said).strip(), run.text());
        assertEquals(
                List.of("heard 10.77.0.2:9443 tcp"),
                section.stream()
                        .filter(line -> line.startsWith("heard"))
                        .distinct()
                        .toList(),
                run.text());
    }

    @Test
    @DisplayName("each fence alone, with the other one down, lets it reach no other address")
    void alone() {
        for (var fence : List.of("without the firewall", "without the unit's filter")) {
            var section = run.section(fence);
            assertTrue(section.contains(ALLOWED), fence + ": " + run.text());
            FORBIDDEN.stream()
                    // The unit's own filter knows addresses and no ports.
                    .filter(place -> !fence.equals("without the firewall") || !place.endsWith(":9444"))
                    .forEach(place -> assertTrue(
                            section.contains(place + ": refused"), fence + ", " + place + ": " + run.text()));
        }
    }

    @Test
    @DisplayName("with none of them it gets everywhere: the attempts are real")
    void real() {
        var section = run.section("without any");
        FORBIDDEN.forEach(place -> assertTrue(section.contains(place + ": ALLOWED"), place + ": " + run.text()));
    }

    @Test
    @DisplayName("a transfer under way stalls within a moment after its grant is gone")
    void stalls() {
        var section = run.section("a transfer under way");
        assertTrue(section.contains("running"), run.text());
        var line = section.stream()
                .filter(one -> one.startsWith("stalled"))
                .findFirst()
                .orElseThrow();
        long after = Long.parseLong(line.replaceAll("[^0-9-]", ""));
        assertTrue(after < 2000, run.text());
        assertFalse(section.contains("4 10.77.0.2 9443 vendor.test.json"), run.text());
    }

    @Test
    @DisplayName("the courier itself finds that it is kept in; and that it is not, when nothing does")
    void proof() {
        assertTrue(run.section("the program itself").contains("active"), run.text());
        assertTrue(run.section("the program itself").contains("found KEPT_IN"), run.text());
        assertTrue(run.section("the program itself, and nothing").contains("found GOT_THROUGH"), run.text());
    }

    @Test
    @DisplayName("the service manager's own measure finds little left open")
    void exposure() {
        var words = run.section("exposure").getFirst().split(" ");
        assertEquals("rosterkeep-courier.service", words[0], run.text());
        assertTrue(Double.parseDouble(words[1]) <= 1.5, run.text());
    }
}
