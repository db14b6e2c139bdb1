package org.rosterkeep.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A bare Debian that is booted for one script (src/test/host/boot).
final class Bare {
    static final Path IMAGE = Path.of(System.getProperty("rosterkeep.image"));

    private static final Path SCRIPTS = Path.of("src/test/host");
    private static final int NOT_HERE = 3;
    private static final int PATIENCE_MINUTES = 20;

    private Bare() {}

    /// What a script printed, and how it ended.
    record Run(int exit, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }

        /// The lines behind `== title` up to the next such line.
        List<String> section(String title) {
            var section = new ArrayList<String>();
            boolean inside = false;
            for (var line : lines) {
                if (line.startsWith("== ")) {
                    inside = line.substring(3).startsWith(title);
                } else if (inside) {
                    section.add(line);
                }
            }
            return section;
        }
    }

    /// Boots a host, runs a script of src/test/host in it; skips the test, aloud, where no host can be booted.
    static Run run(String script, List<Path> shares, String... words) throws IOException, InterruptedException {
        return run(List.of(), script, shares, words);
    }

    /// The same, with a directory that outlives the host and that the script may write to.
    static Run carrying(Path directory, String script, List<Path> shares, String... words)
            throws IOException, InterruptedException {
        return run(List.of("--carry", directory.toAbsolutePath().toString()), script, shares, words);
    }

    private static Run run(List<String> options, String script, List<Path> shares, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(SCRIPTS.resolve("boot").toString()));
        command.addAll(options);
        for (var share : shares) {
            command.addAll(List.of("--share", share.toAbsolutePath().toString()));
        }
        command.addAll(List.of("--seconds", "900", SCRIPTS.resolve(script).toString()));
        command.addAll(List.of(words));
        var out = Files.createTempFile("host", ".log");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
                throw new AssertionError("the host did not end: " + Files.readString(out));
            }
            var run = new Run(process.exitValue(), Files.readAllLines(out, StandardCharsets.UTF_8));
            Assumptions.assumeFalse(run.exit() == NOT_HERE, "no host can be booted here: " + run.text());
            return run;
        } finally {
            Files.delete(out);
        }
    }
}
