package org.rosterkeep.commands;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command line's root: a list of nouns and verbs, each a class of its own.
@Command(
        name = "rosterkeep",
        description = "A privacy appliance for school rosters: nothing personal leaves without a permitting rule, and"
                + " nothing leaves unrecorded.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Version.class,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "VERB",
        footer = {
            "",
            "Examples:",
            "  rosterkeep try                  a made-up district, two vendors, in a minute",
            "  rosterkeep rule preview -h      help on one verb"
        })
public final class Rosterkeep implements Runnable {
    /// Every verb by its name, in the order of the help.
    private static final Map<String, Class<?>> VERBS = new LinkedHashMap<>();

    static {
        VERBS.put("try", TryCommand.class);
        VERBS.put("serve", ServeCommand.class);
        VERBS.put("courier", CourierCommand.class);
        VERBS.put("egress", EgressCommands.class);
        VERBS.put("status", StatusCommand.class);
        VERBS.put("doctor", DoctorCommand.class);
        VERBS.put("metrics", MetricsCommand.class);
        VERBS.put("log", LogCommands.class);
        VERBS.put("notice", NoticeCommands.class);
        VERBS.put("support-bundle", SupportCommand.class);
        VERBS.put("district", DistrictCommands.class);
        VERBS.put("element", ElementCommands.class);
        VERBS.put("pack", PackCommands.class);
        VERBS.put("intake", IntakeCommands.class);
        VERBS.put("source", SourceCommands.class);
        VERBS.put("agreement", AgreementCommands.class);
        VERBS.put("vendor", VendorCommands.class);
        VERBS.put("rule", RuleCommands.class);
        VERBS.put("push", PushCommands.class);
        VERBS.put("guard", GuardCommands.class);
        VERBS.put("rehearsal", RehearsalCommands.class);
        VERBS.put("adequacy", AdequacyCommands.class);
        VERBS.put("person", PeopleCommands.class);
        VERBS.put("erase", EraseCommands.class);
        VERBS.put("hold", HoldCommands.class);
        VERBS.put("class", PlaceCommands.class);
        VERBS.put("org", PlaceCommands.class);
        VERBS.put("client", ClientCommands.class);
        VERBS.put("operator", OperatorCommands.class);
        VERBS.put("incident", IncidentCommands.class);
        VERBS.put("export", ExportCommands.class);
        VERBS.put("ledger", LedgerCommands.class);
        VERBS.put("key", KeyCommands.class);
        VERBS.put("backup", BackupCommands.class);
        VERBS.put("restore", RestoreCommand.class);
        VERBS.put("upgrade", UpgradeCommand.class);
        VERBS.put("rollback", RollbackCommand.class);
        VERBS.put("paths", PathsCommand.class);
        VERBS.put("completion", CompletionCommand.class);
        VERBS.put("manual", ManualCommand.class);
        VERBS.put("signed", SignedCommand.class);
        VERBS.put("version", VersionCommand.class);
    }

    @Spec
    private CommandSpec spec;

    /// The whole command line, or as much of it as these words can mean: reading the descriptions of all verbs takes
    /// longer than most verbs, and only help, completion and a misspelt verb need all.
    public static CommandLine commandLine(String... words) {
        var root = new CommandLine(new Rosterkeep());
        var verb = words.length == 0 || words[0].equals("completion") ? null : VERBS.get(words[0]);
        VERBS.forEach((name, commands) -> {
            if (verb == null || name.equals(words[0])) {
                root.addSubcommand(name, commands);
            }
        });
        return root.setExecutionExceptionHandler((failure, commandLine, parsed) -> Main.told(failure, commandLine))
                .setParameterExceptionHandler(Rosterkeep::misused)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /// Three lines like every other trouble; the whole help is one word away. Without a verb, the verbs are the help.
    private static int misused(ParameterException misuse, String[] words) {
        var line = misuse.getCommandLine();
        var json = List.of(words).contains("--json");
        var nearest =
                misuse instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.<String>of();
        if (line.getParent() == null && nearest.isEmpty() && !json) {
            line.getErr().println(misuse.getMessage());
            line.usage(line.getErr());
            line.getErr().flush();
        } else {
            var name = line.getCommandSpec().qualifiedName();
            var synopsis = line.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
            var trouble = Trouble.wrongUse(
                    String.valueOf(misuse.getMessage()),
                    nearest.isEmpty() ? "Usage: " + synopsis : "Did you mean: " + String.join(", or ", nearest) + "?",
                    "See: " + name + " -h");
            tell(line, json, trouble);
        }
        return Exit.WRONG_USE.code();
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
