package org.rosterkeep.commands;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep support-bundle`: what somebody who helps needs to know, in one file, without anything of anybody.
@Command(
        name = "support-bundle",
        description = "Write a file about this appliance for whoever helps: no person, no name, no secret in it.",
        footer = {
            "",
            "It works whether the appliance runs or not, and says what the file holds before it is written.",
            "Nothing is sent anywhere: look into it (it is a zip of text), then hand it on yourself.",
            "Examples:",
            "  rosterkeep support-bundle --dry-run",
            "  rosterkeep support-bundle /root/rosterkeep-support.zip"
        })
final class SupportCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file to write; nothing is overwritten.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--dry-run", description = "Only say what the file would hold.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (file.isEmpty() && !dryRun) {
            throw Trouble.wrongUse(
                    "Which file is to be written?",
                    "No FILE was given.",
                    "Name one, or see what it would hold: rosterkeep support-bundle --dry-run");
        }
        var bundle = new SupportSheets(common.home(), Clock.systemUTC()).bundle();
        if (dryRun) {
            var array = Json.createArrayBuilder(bundle.contents());
            return common.answer(
                    new Answer(Json.createObjectBuilder().add("contents", array).build(), bundle.contents()));
        }
        common.hint("It will hold:");
        bundle.contents().forEach(line -> common.hint("  " + line));
        var to = file.get();
        try {
            bundle.write(to);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The bundle was not written.",
                            e instanceof FileAlreadyExistsException
                                    ? "There is already a file " + to + "."
                                    : "Writing " + to + " stopped with "
                                            + e.getClass().getSimpleName() + ".",
                            "Name a new file in a folder that this user may write to.")
                    .because(e);
        }
        var lines = new ArrayList<String>();
        lines.add("The bundle is " + to + ". Look into it before you hand it on.");
        return common.answer(new Answer(
                Json.createObjectBuilder()
                        .add("file", to.toString())
                        .add("contents", Json.createArrayBuilder(bundle.contents()))
                        .build(),
                lines));
    }
}
