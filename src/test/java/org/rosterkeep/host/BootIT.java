package org.rosterkeep.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the other tests of this package stand on: a host that nothing beside it gets into.
class BootIT {
    @Test
    @DisplayName(
            "of two hosts at a time each has control groups of its own: a unit's filters and processes are its own")
    void apart(@TempDir Path both) throws Exception {
        Callable<Bare.Run> one = () -> Bare.carrying(both, "apart.sh", List.of(), "one");
        Callable<Bare.Run> two = () -> Bare.carrying(both, "apart.sh", List.of(), "two");
        try (var hosts = Executors.newFixedThreadPool(2)) {
            for (var host : hosts.invokeAll(List.of(one, two))) {
                var run = ended(host::get);
                assertEquals(0, run.exit(), run.text());
                assertEquals(List.of("2"), run.section("up"), "both are up at the same time: " + run.text());
                assertEquals(run.section("own"), run.section("held"), run.text());
            }
        }
    }

    /// A test that is skipped in a thread of its own is skipped.
    private static Bare.Run ended(Callable<Bare.Run> host) throws Exception {
        try {
            return host.call();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw e;
        }
    }
}
