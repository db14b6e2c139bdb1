package org.rosterkeep.commands;

import org.rosterkeep.appliance.Build;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `rosterkeep version`: which build this is, and which Java it carries.
@Command(
        name = "version",
        description = "Show which build this is.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  rosterkeep version", "  rosterkeep version --json"})
final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Answer as JSON.")
    private boolean json;

    @Override
    public void run() {
        var java = Runtime.version().toString();
        // Both values are ours and need no escaping.
        var text = json
                ? "{\"name\":\"rosterkeep\",\"version\":\"" + Build.number() + "\",\"java\":\"" + java + "\"}"
                : "rosterkeep " + Build.number() + " (Java " + java + ")";
        var out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    /// For `--version`.
    static final class Version implements IVersionProvider {
        Version() {}

        @Override
        public String[] getVersion() {
            return new String[] {"rosterkeep " + Build.number()};
        }
    }
}
