package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class VersionCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        return Rosterkeep.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }

    @Test
    @DisplayName("names the build and the Java it runs on")
    void text() {
        assertEquals(0, run("version"));
        assertTrue(out.toString().startsWith("rosterkeep 0.1.0 (Java 25"), out.toString());
    }

    @Test
    @DisplayName("answers a script in JSON")
    void json() {
        assertEquals(0, run("version", "--json"));
        assertTrue(out.toString().startsWith("{\"name\":\"rosterkeep\",\"version\":\"0.1.0\""), out.toString());
    }

    @Test
    @DisplayName("no verb is wrong use: exit code 2 and the list of verbs")
    void noVerb() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("version"), err.toString());
    }

    @Test
    @DisplayName("a verb is known by the same name alone and among the others")
    void oneVerb() {
        for (var name : Rosterkeep.commandLine().getSubcommands().keySet()) {
            var alone = Rosterkeep.commandLine(name).getSubcommands().keySet();
            assertTrue(alone.contains(name), name);
            assertEquals(name.equals("completion"), alone.size() > 1, name);
        }
    }
}
