package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Completion")
class ShellWordsTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void scripts() throws Exception {
        script("bash", "rosterkeep");
        script("zsh", "_rosterkeep");
        script("fish", "rosterkeep.fish");
    }

    private void script(String shell, String file) throws Exception {
        var out = new StringWriter();
        var exit = Rosterkeep.commandLine("completion")
                .setOut(new PrintWriter(out))
                .execute("completion", "--shell", shell);
        assertEquals(0, exit);
        Files.writeString(directory.resolve(file), out.toString());
    }

    /// What a shell prints, given a script; skipped, aloud, where there is no such shell.
    private String said(String shell, String... words) throws Exception {
        var program = Stream.of("/usr/bin/", "/bin/", "/usr/local/bin/")
                .map(place -> Path.of(place + shell))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(program.isPresent(), "there is no " + shell + " here: its completion was not tried");
        var command = new java.util.ArrayList<>(List.of(program.get().toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(directory.toFile());
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("XDG_CONFIG_HOME", directory.toString());
        builder.environment().put("TERM", "dumb");
        var process = builder.start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text.strip();
    }

    @Test
    @DisplayName("bash loads it, and finishes a verb")
    void bash() throws Exception {
        var said = said(
                "bash",
                "--norc",
                "-c",
                "set -e; . ./rosterkeep; COMP_WORDS=(rosterkeep back); COMP_CWORD=1; COMP_LINE='rosterkeep back';"
                        + " COMP_POINT=15; _complete_rosterkeep; echo \"${COMPREPLY[@]}\"");
        assertTrue(said.contains("backup"), said);
    }

    @Test
    @DisplayName("zsh finds it on its path of functions, and knows who finishes our words")
    void zsh() throws Exception {
        var said = said(
                "zsh",
                "-f",
                "-c",
                "fpath=($PWD $fpath); autoload -Uz compinit && compinit -u -D; echo $_comps[rosterkeep]; autoload -Uz"
                        + " +X bashcompinit && bashcompinit; source ./rosterkeep; echo $_comps[rosterkeep]");
        var lines = said.lines().toList();
        assertEquals("_rosterkeep", lines.getFirst(), said);
        assertTrue(lines.getLast().contains("_complete_rosterkeep"), said);
    }

    @Test
    @DisplayName("fish finishes verbs, verbs of verbs and options, and says what each means")
    void fish() throws Exception {
        assertTrue(said("fish", "-c", "source rosterkeep.fish; complete -C 'rosterkeep back'")
                .startsWith("backup\t"));
        assertTrue(said("fish", "-c", "source rosterkeep.fish; complete -C 'rosterkeep backup d'")
                .startsWith("drill\t"));
        var options = said("fish", "-c", "source rosterkeep.fish; complete -C 'rosterkeep rule approve x --oper'");
        assertTrue(options.startsWith("--operator\t"), options);
        assertEquals("", said("fish", "-c", "source rosterkeep.fish; complete -C 'rosterkeep backup status'"));
    }
}
