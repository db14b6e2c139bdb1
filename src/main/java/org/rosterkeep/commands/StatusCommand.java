package org.rosterkeep.commands;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep status`: what the running appliance says of itself; exit code 6 when it does not run.
@Command(
        name = "status",
        description = "Show how the appliance and its districts are.",
        footer = {"", "Examples:", "  rosterkeep status", "  rosterkeep status --wait 60 --home /var/lib/rosterkeep"})
final class StatusCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(200);

    @Mixin
    private Common common;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Wait this long for one that is starting; it answers when vendors are let in.")
    private Optional<Long> wait;

    @Override
    public Integer call() throws InterruptedException {
        if (wait.isPresent()) {
            await(Duration.ofSeconds(wait.get()));
        }
        return common.call("status", new Common.Args());
    }

    private void await(Duration most) throws InterruptedException {
        var client = new ControlClient(common.home());
        long end = System.nanoTime() + most.toNanos();
        while (!client.running() && System.nanoTime() < end) {
            Thread.sleep(PAUSE);
        }
    }
}
