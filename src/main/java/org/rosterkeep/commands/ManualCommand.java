package org.rosterkeep.commands;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Build;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `rosterkeep manual`: the pages that `man rosterkeep` shows, and `man rosterkeep-rule`.
@Command(
        name = "manual",
        description = "Write the manual's pages into a folder.",
        footer = {
            "",
            "Examples:",
            "  rosterkeep manual /usr/local/share/man/man1",
            "  rosterkeep manual . && man ./rosterkeep-rule.1"
        })
final class ManualCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "DIR", description = "Where to; it is made when there is none.")
    private Path directory;

    @Override
    public Integer call() {
        var pages = ManPages.of(Rosterkeep.commandLine(), Build.number());
        try {
            Files.createDirectories(directory);
            for (var page : pages.entrySet()) {
                Files.writeString(directory.resolve(page.getKey()), page.getValue());
            }
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The manual could not be written.",
                            "Writing into " + directory + " stopped with "
                                    + e.getClass().getSimpleName() + ".",
                            "Name a folder that this user may write to.")
                    .because(e);
        }
        return common.answer(Answer.of(
                Json.createObjectBuilder().add("pages", pages.size()).build(),
                pages.size() + " pages are in " + directory));
    }
}
