package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two bare servers without a network, and one appliance's life on them: what an administrator and two officers
/// type, from
/// the bundle to the restore on the second server, with a vendor that asks and a vendor that is sent to in a network of
/// their own.
class StoryIT {
    private static Bare.Run first;
    private static Bare.Run second;

    @BeforeAll
    static void live(@TempDir Path folder) throws Exception {
        var roster = Files.createDirectory(folder.resolve("roster"));
        Delivery.into(roster);
        var probe = Files.createDirectories(folder.resolve("probe/org/rosterkeep/host"));
        Files.copy(Path.of("target/test-classes/org/rosterkeep/host/Taker.class"), probe.resolve("Taker.class"));
        var shares = List.of(Bare.IMAGE.getParent(), Path.of("src/test/host"), roster, folder.resolve("probe"));
        var carried = Files.createDirectory(folder.resolve("carried"));
        first = Bare.carrying(carried, "story.sh", shares);
        second = Bare.carrying(carried, "second.sh", shares);
    }

    /// @param least how many things are looked at, so that a script that stops early is no success
    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("on the first server")
    @CsvSource({
        "installed, 6, two officers and their keys; strangers learn nothing",
        "imported, 3, a delivery from the administrator's own folder",
        "approved, 8, two people make a rule",
        "pulled, 7, a vendor asks and is given what the rule gives and nothing else",
        "pushed, 8, a vendor in another network is sent what the rule gives; the keep itself cannot reach it",
        "kit, 2, what is on paper counts once two of its words were given back",
        "newer, 7, makes a backup and brings a newer version while callers wait and lose nothing",
        "broken, 5, goes back by itself when the newer version is never ready",
        "backed up, 8, a backup on another medium and something that is decided after it",
        "away, 12, leaves the data and says where; a new installation finds them"
    })
    void section(String title, int least, String promise) {
        held(first, title, least, promise);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("on the second server")
    @CsvSource({
        "restored, 9, from the file and the words and the safe; not without the newest erasure ledger",
        "paused, 5, nobody is answered and nothing is sent until a person has looked",
        "accepted, 13, two people have looked: the vendor is given the same less who was restricted after the backup;"
                + " deliveries go on",
        "destroyed, 6, keys first"
    })
    void after(String title, int least, String promise) {
        held(second, title, least, promise);
    }

    private static void held(Bare.Run run, String title, int least, String promise) {
        assertEquals(0, run.exit(), run.text());
        assertTrue(run.lines().contains("== end"), run.text());
        var section = run.section(title);
        var not = section.stream().filter(line -> line.startsWith("NOT OK")).toList();
        assertEquals(List.of(), not, promise + "\n" + run.text());
        long held = section.stream().filter(line -> line.startsWith("ok: ")).count();
        assertTrue(held >= least, held + " of " + least + ": " + promise + "\n" + run.text());
    }
}
