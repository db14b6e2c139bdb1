package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A bare server without a network, from the first look at the bundle to the certificate of destruction.
class InstallIT {
    private static Bare.Run run;

    @BeforeAll
    static void boot() throws Exception {
        run = Bare.run("install.sh", List.of(Path.of("target"), Path.of("src/test/host")));
        assertEquals(0, run.exit(), run.text());
        assertTrue(run.lines().contains("== end"), run.text());
    }

    /// @param least how many things are looked at, so that a script that stops early is no success
    @ParameterizedTest(name = "{0}: {2}")
    @DisplayName("install.sh")
    @CsvSource({
        "a look, 20, looks at machine and bundle and changes nothing; what is not the released bundle is exit code 5",
        "installed, 14, installs what a server needs without a network or a JDK and is ready when it ends",
        "again, 11, changes nothing the second time; mends what is missing; takes another port; refuses what cannot"
                + " start",
        "another, 10, refuses what somebody else signed and what is older; takes a certificate of one's own",
        "shells, 4, completes words in the shells",
        "away, 13, leaves the data and says where; a new installation finds them",
        "destroyed, 10, destroys the keys first and certifies it; only for who knows the name of the district",
        "without a service manager, 2, explains and ends with exit code 3"
    })
    void section(String title, int least, String promise) {
        var section = run.section(title);
        var not = section.stream().filter(line -> line.startsWith("NOT OK")).toList();
        assertEquals(List.of(), not, promise + "\n" + run.text());
        long held = section.stream().filter(line -> line.startsWith("ok: ")).count();
        assertTrue(held >= least, held + " of " + least + ": " + promise + "\n" + run.text());
    }
}
