package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A machine that opens its district by itself after a start, and what is seen when it cannot.
class UnsealIT {
    @Test
    @DisplayName(
            "a start opens the district by itself; whatever is wrong is a state that one sees, and no loop of starts")
    void life() throws Exception {
        var run = Bare.run("unseal.sh", List.of(Bare.IMAGE, Path.of("systemd")));
        assertEquals(0, run.exit(), run.text());
        assertTrue(run.lines().contains("end: reached"), run.text());
        assertTrue(run.section("second start").contains("ok: the district has opened by itself"), run.text());
        assertEquals(
                List.of(),
                run.lines().stream().filter(line -> line.startsWith("NOT OK")).toList(),
                run.text());
    }
}
