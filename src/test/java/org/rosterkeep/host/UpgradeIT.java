package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Upgrades that do not go well, on a bare server: whatever happens, one version runs and is whole.
@EnabledIfSystemProperty(
        named = "rosterkeep.long",
        matches = "true",
        disabledReason = "kills an upgrade at every place, a quarter of an hour: -Drosterkeep.long=true")
class UpgradeIT {
    private static Bare.Run run;

    @BeforeAll
    static void boot() throws Exception {
        run = Bare.run("upgrade.sh", List.of(Bare.IMAGE.getParent(), Path.of("src/test/host")));
        assertEquals(0, run.exit(), run.text());
        assertTrue(run.lines().contains("== end"), run.text());
    }

    /// @param least how many things are looked at, so that a script that stops early is no success
    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("an upgrade")
    @CsvSource({
        "ready, 5, has a plan that says what will be done",
        "cut, 14, that is killed at any place ends in the old version or the new one",
        "back, 9, can be taken back while the version before can read the data; else it says what would be lost",
        "no room, 4, without room for a copy changes nothing",
        "unsound, 9, to a version that is not sound goes back by itself or is not begun",
        "a larger heap, 4, gives the unit the memory that the heap needs; or says that there is none",
        "power, 6, that a power cut left half-way is ended by the next start of the machine"
    })
    void section(String title, int least, String promise) {
        var section = run.section(title);
        var not = section.stream().filter(line -> line.startsWith("NOT OK")).toList();
        assertEquals(List.of(), not, promise + "\n" + run.text());
        long held = section.stream().filter(line -> line.startsWith("ok: ")).count();
        assertTrue(held >= least, held + " of " + least + ": " + promise + "\n" + run.text());
    }
}
