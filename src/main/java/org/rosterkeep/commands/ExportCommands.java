package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `rosterkeep export`: what the district publishes about its sharing.
@Command(name = "export", description = "Print what the district publishes about whom it shares with.")
final class ExportCommands {
    @Mixin
    private Common common;

    @Command(
            name = "dictionary",
            description = "Print the data dictionary as CSV: who gets which element, why, and on what ground.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep export dictionary > dictionary.csv",
                "  rosterkeep export dictionary --json"
            })
    int dictionary(@Mixin InDistrict in) {
        return in.call("export dictionary", in.args());
    }

    @Command(
            name = "providers",
            description = "Print the list of providers with their agreements as CSV.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep export providers > providers.csv",
                "  rosterkeep agreement show reading-dpa --json"
            })
    int providers(@Mixin InDistrict in) {
        return in.call("export providers", in.args());
    }

    @Command(
            name = "rules",
            description = "Print the rules in force in plain sentences, for a board or for parents.",
            footer = {"", "Examples:", "  rosterkeep export rules > rules.txt", "  rosterkeep export rules --json"})
    int rules(@Mixin InDistrict in) {
        return in.call("export rules", in.args());
    }
}
