package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Properties;
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

    /// The number the build wrote into the program.
    static final class Build implements IVersionProvider {
        Build() {}

        @Override
        public String[] getVersion() {
            return new String[] {"rosterkeep " + number()};
        }

        static String number() {
            try (var in = Build.class.getResourceAsStream("build.properties")) {
                var properties = new Properties();
                properties.load(in);
                return properties.getProperty("version");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
