package org.rosterkeep.commands;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep rollback`: the version before the last upgrade again.
@Command(
        name = "rollback",
        description = "Put the version before the last upgrade in its place again; as root.",
        footer = {
            "",
            "What was written since stays, as long as that version can read it; else it says what would be lost, and"
                    + " does",
            "nothing. It is tried on a copy first and looked at with nobody let in, as an upgrade is.",
            "Examples:",
            "  rosterkeep rollback",
            "  rosterkeep rollback --yes"
        })
final class RollbackCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        return Installer.run(yes ? List.of("--rollback", "--yes") : List.of("--rollback"));
    }
}
