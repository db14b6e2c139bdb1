package org.rosterkeep.appliance;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `rosterkeep status`: what the running appliance says of itself; exit code 6 when it does not run.
@Command(
        name = "status",
        description = "Show how the appliance and its districts are.",
        footer = {"", "Examples:", "  rosterkeep status", "  rosterkeep status --json --home /var/lib/rosterkeep"})
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Override
    public Integer call() {
        return common.call("status", new Common.Args());
    }
}
