package org.rosterkeep.appliance;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep vendor`: who may be given data at all.
@Command(name = "vendor", description = "Keep the vendors.")
final class VendorCommands {
    @Mixin
    private Common common;

    @Command(
            name = "put",
            description = "Add or change a vendor from a JSON file.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor put reading.json --operator anna",
                "  rosterkeep rule example vendor"
            })
    int put(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("vendor put", as.in(in.args().with("document", Documents.read(file))));
    }

    @Command(
            name = "list",
            description = "List the vendors.",
            footer = {"", "Examples:", "  rosterkeep vendor list", "  rosterkeep vendor list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("vendor list", in.args());
    }

    @Command(
            name = "show",
            description = "Show a vendor.",
            footer = {"", "Examples:", "  rosterkeep vendor show reading", "  rosterkeep vendor list"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "ID") String id) {
        return in.call("vendor show", in.args().with("id", id));
    }

    @Command(
            name = "suspend",
            description = "Stop everything to this vendor at once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor suspend reading --reason 'incident under investigation'",
                "  rosterkeep vendor list"
            })
    int suspend(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("vendor suspend", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "resume",
            description = "Let a suspended vendor's rules work again.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor resume reading --operator anna --reason 'cleared'",
                "  rosterkeep vendor list"
            })
    int resume(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("vendor resume", as.in(in.args()).with("id", id).with("reason", reason));
    }
}
