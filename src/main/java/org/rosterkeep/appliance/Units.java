package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What systemd knows of our units, asked with its own programs, for a few seconds at most. Without systemd: nothing.
public final class Units {
    private static final List<String> NAMES = List.of(
            "rosterkeep.service",
            "rosterkeep.socket",
            "rosterkeep-courier.service",
            "rosterkeep-egress.service",
            "rosterkeep-egress.path",
            "rosterkeep-egress.timer",
            "rosterkeep-canary.socket");
    private static final List<String> PROPERTIES =
            List.of("LoadState", "ActiveState", "SubState", "Result", "NRestarts", "ExecMainStatus");
    private static final long PATIENCE_SECONDS = 10;

    private Units() {}

    public static List<String> lines() {
        var lines = new ArrayList<String>();
        for (var unit : NAMES) {
            var json = Json.createObjectBuilder().add("unit", unit);
            var told = told(List.of("systemctl", "show", unit, "--property=" + String.join(",", PROPERTIES)));
            for (var line : told) {
                var pair = line.split("=", 2);
                if (pair.length == 2 && PROPERTIES.contains(pair[0]) && pair[1].matches("[a-z0-9-]{1,30}")) {
                    json.add(pair[0], pair[1]);
                }
            }
            if (!told.isEmpty()) {
                lines.add(json.build().toString());
            }
        }
        return lines.isEmpty() ? List.of("{\"systemd\":false}") : lines;
    }

    /// The newest lines of the journal of both processes.
    public static List<String> journal(int lines) {
        return told(List.of(
                "journalctl",
                "--no-pager",
                "--quiet",
                "--output=cat",
                "--lines=" + lines,
                "--unit=rosterkeep.service",
                "--unit=rosterkeep-courier.service"));
    }

    private static List<String> told(List<String> words) {
        try {
            var process = new ProcessBuilder(words)
                    .redirectInput(new File("/dev/null"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Thread.ofVirtual().start(() -> endIt(process));
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? text.lines().toList()
                    : List.of();
        } catch (IOException absent) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static void endIt(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
