package org.rosterkeep.appliance;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line's root: a list of verbs, each a class of its own.
@Command(
        name = "rosterkeep",
        description = "A privacy appliance for school rosters.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Build.class,
        subcommands = {VersionCommand.class})
final class Rosterkeep implements Runnable {
    @Spec
    private CommandSpec spec;

    /// Called without a verb: that is wrong use, and the answer is the list of verbs.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which verb?");
    }
}
