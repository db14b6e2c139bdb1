package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The shell scripts of the product: they run as root on machines that are not ours.
class ScriptsTest {
    private static List<Path> scripts() throws IOException {
        var scripts = new ArrayList<>(List.of(Path.of("install.sh"), Path.of("appliance/rosterkeep")));
        for (var folder : List.of(Path.of("appliance"), Path.of("appliance/host"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".sh")).sorted().forEach(scripts::add);
            }
        }
        return scripts;
    }

    private record Run(int exit, String out) {}

    private static Run run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out);
    }

    @Test
    @DisplayName("shellcheck finds nothing (skipped where there is no shellcheck)")
    void shellcheck() throws Exception {
        assumeTrue(
                Stream.of("/usr/bin/shellcheck", "/usr/local/bin/shellcheck", "/bin/shellcheck")
                        .anyMatch(file -> Files.isExecutable(Path.of(file))),
                "there is no shellcheck here: the scripts were not checked");
        var command = new ArrayList<>(List.of("shellcheck"));
        scripts().forEach(script -> command.add(script.toString()));
        var run = run(command);
        assertEquals(0, run.exit(), run.out());
    }

    @Test
    @DisplayName("each is whole in a plain POSIX shell's eyes")
    void parses() throws Exception {
        for (var script : scripts()) {
            var run = run(List.of("sh", "-n", script.toString()));
            assertEquals(0, run.exit(), script + ": " + run.out());
        }
    }

    @Test
    @DisplayName("an install.sh that was cut off while it was fetched does nothing")
    void cut() throws Exception {
        var text = Files.readString(Path.of("install.sh"));
        assertTrue(text.endsWith("main \"$@\"\n"), "its last line does everything");
        var cut = Files.createTempFile("install", ".sh");
        try {
            for (int part = 1; part < 20; part++) {
                Files.writeString(cut, text.substring(0, text.length() * part / 20));
                var run = run(List.of("sh", cut.toString(), "--help"));
                assertTrue(!run.out().contains("Exit codes"), "after " + part + "/20: " + run.out());
            }
        } finally {
            Files.delete(cut);
        }
    }

    @Test
    @DisplayName("wrong use of install.sh is exit code 2, and says what is wrong")
    void wrongUse() throws Exception {
        for (var words : List.of(
                List.of("--nonsense"),
                List.of("--port", "0"),
                List.of("--try", "--purge"),
                List.of("--test", "--yes"),
                List.of("--digest", "zz"),
                List.of("--bundle", "/nonexistent"),
                List.of("--home", "/tmp", "--yes"))) {
            var command = new ArrayList<>(List.of("sh", "install.sh"));
            command.addAll(words);
            var run = run(command);
            assertEquals(2, run.exit(), words + ": " + run.out());
            assertTrue(run.out().startsWith("install.sh: "), words + ": " + run.out());
        }
    }
}
