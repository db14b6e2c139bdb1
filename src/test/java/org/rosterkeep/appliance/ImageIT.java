package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.host.ImageSmoke;

/// What only the linked image can show: it starts, it brings everything, and some powers are absent.
class ImageIT {
    private static final Path IMAGE = Path.of(System.getProperty("rosterkeep.image"));

    private record Run(int exit, String out) {}

    private static Run run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var words = new ArrayList<String>(List.of(command));
        words.set(0, IMAGE.resolve("bin").resolve(command[0]).toString());
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out);
    }

    @Test
    @DisplayName("knows its version, and says nothing else")
    void version() throws Exception {
        var run = run(Map.of(), "rosterkeep", "version");
        assertEquals(0, run.exit(), run.out());
        assertTrue(run.out().matches("rosterkeep \\S+ \\(Java 25\\S*\\)\n"), run.out());
    }

    @Test
    @DisplayName("is not steered by the caller's environment")
    void environment() throws Exception {
        var steering = Map.of("JAVA_TOOL_OPTIONS", "-Dx=y", "_JAVA_OPTIONS", "-Xint", "JDK_JAVA_OPTIONS", "-nonsense");
        var run = run(steering, "rosterkeep", "version");
        assertEquals(0, run.exit(), run.out());
        assertFalse(run.out().contains("Picked up"), run.out());
    }

    @Test
    @DisplayName("refuses a heap that is no size: exit code 2")
    void heap() throws Exception {
        assertEquals(
                2,
                run(Map.of("ROSTERKEEP_HEAP", "1g -Dx=y"), "rosterkeep", "version")
                        .exit());
        assertEquals(
                0,
                run(Map.of("ROSTERKEEP_HEAP", "128m"), "rosterkeep", "version").exit());
    }

    @Test
    @DisplayName("wrong use is exit code 2")
    void wrongUse() throws Exception {
        assertEquals(2, run(Map.of(), "rosterkeep", "no-such-verb").exit());
    }

    @Test
    @DisplayName("has no compiler, debugger, attach or instrumentation")
    void absent() throws Exception {
        var modules = run(Map.of(), "java", "--list-modules").out();
        assertTrue(modules.contains("org.rosterkeep"), modules);
        // Not java.rmi: one of its exceptions is named in the SFTP client, which nobody can do without. What makes it
        // dangerous, deserialisation, is off (appliance/jlink.args).
        for (var module :
                List.of("java.compiler", "java.instrument", "jdk.attach", "jdk.compiler", "jdk.jcmd", "jdk.jdwp")) {
            assertFalse(modules.contains(module), module);
        }
    }

    @Test
    @DisplayName("ships SQLite's library unpacked, and its own bill of materials")
    void files() {
        assertTrue(Files.isRegularFile(IMAGE.resolve("lib/app/libsqlitejdbc.so")));
        assertTrue(Files.isRegularFile(IMAGE.resolve("lib/app/sbom.json")));
        assertTrue(Files.isRegularFile(IMAGE.resolve("lib/app/verbs.aot")));
    }

    @Test
    @DisplayName("carries every library whole: SQLite, certificates, bitmaps, JSON, server and client")
    void libraries() throws Exception {
        var run = run(
                Map.of(),
                "java",
                "-Dorg.sqlite.lib.path=" + IMAGE.resolve("lib/app"),
                "-cp",
                "target/test-classes",
                ImageSmoke.class.getName());
        assertEquals(0, run.exit(), run.out());
        for (var line : List.of(
                "sqlite 3.",
                "certificate 1",
                "bitmap 3",
                "json {\"a\":1}",
                "sftp DefaultSftpClientFactory",
                "jersey hello")) {
            assertTrue(run.out().contains(line), run.out());
        }
        assertFalse(run.out().contains("WARNING"), run.out());
    }
}
