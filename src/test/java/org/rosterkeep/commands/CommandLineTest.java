package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Rosterkeep.commandLine(words)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    private static List<CommandLine> leaves(CommandLine line) {
        var leaves = new ArrayList<CommandLine>();
        for (var sub : line.getSubcommands().values()) {
            if (sub.getSubcommands().isEmpty()) {
                leaves.add(sub);
            } else {
                leaves.addAll(leaves(sub));
            }
        }
        return leaves;
    }

    @Test
    @DisplayName("every verb answers in JSON, explains itself, and shows at least two examples of its own")
    void verbs() {
        var verbs = leaves(Rosterkeep.commandLine());
        assertTrue(verbs.size() > 40, "verbs: " + verbs.size());
        for (var verb : verbs) {
            var spec = verb.getCommandSpec();
            var name = spec.qualifiedName();
            assertTrue(spec.findOption("--json") != null, name);
            assertTrue(spec.findOption("-h") != null, name);
            long examples = Arrays.stream(spec.usageMessage().footer())
                    .filter(line -> line.contains("rosterkeep ") && line.startsWith("  "))
                    .count();
            assertTrue(examples >= 2, name);
        }
    }

    @Test
    @DisplayName("a verb that needs the appliance says that it is not running: exit code 6, in JSON too")
    void notRunning(@TempDir Path home) {
        assertEquals(6, run("rule", "list", "--home", home.toString()));
        assertEquals(3, err.toString().lines().count(), err.toString());
        assertEquals(6, run("rule", "list", "--json", "--home", home.toString()));
        try (var reader = Json.createReader(new StringReader(out.toString()))) {
            assertTrue(reader.readObject().getJsonObject("error").containsKey("todo"));
        }
    }

    @Test
    @DisplayName("wrong use is exit code 2: an unknown verb, a missing argument, an empty password")
    void wrongUse(@TempDir Path directory) throws java.io.IOException {
        assertEquals(2, run("rulle"));
        assertTrue(err.toString().contains("rule"), err.toString());
        assertEquals(2, run("rule", "show"));
        var empty = java.nio.file.Files.createFile(directory.resolve("p"));
        assertEquals(2, run("key", "unseal", "--home", directory.toString(), "--password-file", empty.toString()));
    }

    @Test
    @DisplayName("wrong use of a verb is told in three lines, and in JSON to those who asked for it")
    void wrongUseIsTold() {
        assertEquals(2, run("rule", "show"));
        var lines = err.toString().lines().toList();
        assertEquals(3, lines.size(), err.toString());
        assertEquals("See: rosterkeep rule show -h", lines.getLast());
        assertEquals(2, run("rule", "show", "--json"));
        try (var reader = Json.createReader(new StringReader(out.toString()))) {
            assertTrue(reader.readObject().getJsonObject("error").containsKey("todo"));
        }
    }

    @Test
    @DisplayName("what ships needs no appliance: schemas, examples, paths, completion")
    void shipped() {
        for (var kind : List.of("rule", "agreement", "vendor", "district")) {
            assertEquals(0, run("rule", "schema", kind), err.toString());
            assertEquals(0, run("rule", "example", kind), err.toString());
        }
        assertEquals(0, run("paths", "--settings"));
        assertEquals(0, run("completion"));
        assertTrue(out.toString().contains("_complete_rosterkeep"));
    }
}
