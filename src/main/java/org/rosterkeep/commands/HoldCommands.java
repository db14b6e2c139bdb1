package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep hold`.
@Command(name = "hold", description = "Legal holds: nothing of the person is erased.")
final class HoldCommands {
    @Mixin
    private Common common;

    @Command(
            name = "put",
            description = "Put a legal hold on a person, at once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep hold put p00014 --matter 24-CV-1180 --operator anna",
                "  rosterkeep hold put p00014 --matter 24-CV-1180 --operator anna --json"
            })
    int put(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--matter",
                            required = true,
                            paramLabel = "NUMBER",
                            description = "Under which the matter is filed; it names nobody.")
                    String matter) {
        return in.call("hold put", as.in(in.args().with("person", id).with("matter", matter)));
    }

    @Command(
            name = "lift",
            description = "Sign that a legal hold is over; it takes two people.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep hold lift p00014 --operator anna",
                "  rosterkeep hold lift p00014 --operator ben"
            })
    int lift(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("hold lift", as.in(in.args().with("person", id)));
    }

    @Command(
            name = "list",
            description = "List the legal holds, by their matters.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep hold list --operator anna",
                "  rosterkeep hold list --operator anna --json"
            })
    int list(@Mixin InDistrict in, @Mixin As as) {
        return in.call("hold list", as.in(in.args()));
    }
}
