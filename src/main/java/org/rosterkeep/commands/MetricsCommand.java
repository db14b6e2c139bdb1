package org.rosterkeep.commands;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `rosterkeep metrics`: numbers for Prometheus, as text.
@Command(
        name = "metrics",
        description = "Print numbers for Prometheus: no person, no id, no vendor in them.",
        footer = {
            "",
            "For a node exporter's text file collector, from a timer of your own.",
            "Examples:",
            "  rosterkeep metrics",
            "  rosterkeep metrics > /var/lib/node_exporter/rosterkeep.prom"
        })
final class MetricsCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Override
    public Integer call() {
        return common.call("metrics", new Common.Args());
    }
}
