package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;

/// The installed version's own install.sh, at whose terminal the caller goes on.
final class Installer {
    private Installer() {}

    /// @param words for install.sh
    /// @return how it ended: 0 done, 1 failed and as it was before, 3 something is missing, 4 a person said no,
    /// 5 not
    ///     what was released
    static int run(List<String> words) {
        var script = Path.of(System.getProperty("rosterkeep.home", "/opt/rosterkeep/current"), "install.sh");
        if (!Files.isReadable(script)) {
            throw Trouble.notFound(
                    "There is no " + script + ".", "Run install.sh from the release archive instead: sh install.sh -h");
        }
        var command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(words);
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw stopped(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopped(e);
        }
    }

    private static Trouble stopped(Exception why) {
        return new Trouble(
                        Exit.FAILED,
                        "The installer was not waited for.",
                        "It could not be started, or this was interrupted.",
                        "See whether all is well: rosterkeep doctor")
                .because(why);
    }
}
