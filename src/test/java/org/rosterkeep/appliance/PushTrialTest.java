package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.fixture.MadeUpDistrict;

@DisplayName("A trial that pushes: two processes, and the command line's verbs")
class PushTrialTest {
    private static final String RULE = "reading-push";

    private static void until(BooleanSupplier what) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!what.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it did not come to pass");
            Thread.sleep(50);
        }
    }

    private static JsonObject target(TrialRun run) {
        return run.ask("push list", new Common.Args()).getJsonArray("targets").getJsonObject(0);
    }

    private static void push(TrialRun run, Path roster, Receiver receiver) {
        var reading = TrialDocuments.sharings(
                        Schools.largestFirst(roster), false, Clock.systemUTC().instant())
                .getFirst();
        var rule = PushingDistrict.rule(
                        reading.ruleFile(),
                        "{\"kind\": \"https-json\", \"host\": \"localhost\", \"port\": " + receiver.port()
                                + ", \"path\": \"/in\", \"internal\": true}",
                        "{\"everyMinutes\": 1}")
                .replace("\"" + reading.rule() + "\"", "\"" + RULE + "\"");
        run.ask("rule draft", run.as("anna").with("document", rule));
        run.ask("rule submit", run.as("anna").with("id", RULE));
        if (run.ask("rule approve", run.as("ben").with("id", RULE)).getInt("missing") > 0) {
            run.ask("rule approve", run.as("cleo").with("id", RULE));
        }
    }

    /// By the kernel's word: Java tells no arguments of a process that has many.
    private static Optional<ProcessHandle> courier() {
        return ProcessHandle.current()
                .children()
                .filter(process -> words(process).contains("\0courier\0--trial\0"))
                .findFirst();
    }

    private static String words(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    @DisplayName(
            "the courier is started for it; killed under way it is started again, and the same comes under the same id")
    void killed(@TempDir Path directory) throws Exception {
        var roster = directory.resolve("roster.zip");
        try (var out = Files.newOutputStream(roster)) {
            new MadeUpDistrict(MadeUpDistrict.Shape.of(1500).schools(1).demographics(false)).zip(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (var receiver = new Receiver(directory.resolve("vendor"));
                var run = new TrialRun(directory, Optional.of(roster), line -> {})) {
            Files.copy(receiver.authority(), run.home().authorities());
            assertEquals(Optional.empty(), courier(), "nothing to send, no courier");
            receiver.manner = Receiver.Manner.HANGS;
            push(run, roster, receiver);
            assertTrue(receiver.begun.await(60, TimeUnit.SECONDS));
            assertTrue(run.ask("push list", new Common.Args()).getBoolean("courier"));
            String id = target(run).getJsonObject("delivery").getString("delivery");
            courier().orElseThrow().destroyForcibly();
            until(() -> target(run).getJsonObject("delivery").getString("last").startsWith("line-"));
            assertFalse(target(run).containsKey("told"));

            receiver.manner = Receiver.Manner.TAKES;
            run.ask("push retry", run.as("anna").with("id", RULE));
            var got = receiver.next();
            assertEquals(id, got.key());
            assertFalse(PushingDistrict.json(new String(got.body(), StandardCharsets.UTF_8))
                    .getJsonArray("users")
                    .isEmpty());
            until(() -> target(run).containsKey("told"));

            run.ask("push pause", new Common.Args().with("id", RULE));
            assertTrue(target(run).getBoolean("paused"));
            var one = run.refused("push resume", run.as("anna").with("id", RULE));
            assertEquals(Exit.NEEDS_ANOTHER, one.exit());
            run.ask("push resume", run.as("ben").with("id", RULE));
            assertFalse(target(run).getBoolean("paused"));

            run.ask("rule revoke", new Common.Args().with("id", RULE).with("reason", "the test is over"));
            until(() -> run.ask("push list", new Common.Args())
                    .getJsonArray("targets")
                    .isEmpty());
            until(() -> {
                try (var left = Files.list(run.home().grants())) {
                    return left.findAny().isEmpty();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }
}
