package org.rosterkeep.appliance;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The command line's root: a list of nouns and verbs, each a class of its own.
@Command(
        name = "rosterkeep",
        description = "A privacy appliance for school rosters: nothing personal leaves without a permitting rule, and"
                + " nothing leaves unrecorded.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Build.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "Examples:",
            "  rosterkeep try                  a made-up district, two vendors, in a minute",
            "  rosterkeep rule preview -h      help on one verb"
        },
        subcommands = {
            TryCommand.class,
            ServeCommand.class,
            StatusCommand.class,
            DistrictCommands.class,
            IntakeCommands.class,
            AgreementCommands.class,
            VendorCommands.class,
            RuleCommands.class,
            ClientCommands.class,
            OperatorCommands.class,
            LedgerCommands.class,
            KeyCommands.class,
            PathsCommand.class,
            CompletionCommand.class,
            VersionCommand.class
        })
final class Rosterkeep implements Runnable {
    @Spec
    private CommandSpec spec;

    static CommandLine commandLine() {
        return new CommandLine(new Rosterkeep())
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> Main.told(failure, commandLine))
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// Called without a verb: that is wrong use, and the answer is the list of verbs.
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which verb?");
    }

    static void tell(CommandLine commandLine, boolean json, Trouble trouble) {
        if (json) {
            var error = jakarta.json.Json.createObjectBuilder()
                    .add("what", trouble.what())
                    .add("why", trouble.why())
                    .add("todo", trouble.todo());
            var object =
                    jakarta.json.Json.createObjectBuilder().add("error", error).build();
            commandLine.getOut().println(object);
            commandLine.getOut().flush();
            return;
        }
        for (var line : List.of(trouble.what(), trouble.why(), trouble.todo())) {
            commandLine.getErr().println(line);
        }
        commandLine.getErr().flush();
    }
}
