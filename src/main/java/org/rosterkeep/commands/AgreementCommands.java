package org.rosterkeep.commands;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep agreement`: data privacy agreements, the ceilings of the rules.
@Command(name = "agreement", description = "Keep the agreements with vendors.")
final class AgreementCommands {
    @Mixin
    private Common common;

    @Command(
            name = "put",
            description = "Add an agreement, or a new version of one, from a JSON file.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep agreement put reading-dpa.json --operator anna",
                "  rosterkeep rule example agreement"
            })
    int put(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("agreement put", as.in(in.args().with("document", Documents.read(file))));
    }

    @Command(
            name = "list",
            description = "List the agreements.",
            footer = {"", "Examples:", "  rosterkeep agreement list", "  rosterkeep agreement list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("agreement list", in.args());
    }

    @Command(
            name = "show",
            description = "Show an agreement.",
            footer = {"", "Examples:", "  rosterkeep agreement show reading-dpa", "  rosterkeep agreement list"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "ID") String id) {
        return in.call("agreement show", in.args().with("id", id));
    }

    @Command(
            name = "end",
            description = "End an agreement at once, and every rule under it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep agreement end reading-dpa --reason 'terminated by the district'",
                "  rosterkeep agreement list"
            })
    int end(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("agreement end", as.in(in.args().with("id", id).with("reason", reason)));
    }
}
