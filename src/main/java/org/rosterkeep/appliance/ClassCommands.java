package org.rosterkeep.appliance;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep class`: a class that reveals something of everybody in it.
@Command(name = "class", description = "Say that a class reveals something of everybody in it.")
final class ClassCommands {
    @Mixin
    private Common common;

    @Command(
            name = "reveal",
            description = "Rules without this element get neither the class nor what belongs to it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep class reveal ID --element special.services --reason 'by its name' --operator anna",
                "  rosterkeep class show ID --operator anna"
            })
    int reveal(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--element", paramLabel = "ID", required = true, description = "The element it reveals.")
                    String element,
            @Option(names = "--reason", required = true, description = "Why; kept with it.") String reason) {
        return in.call(
                "class reveal",
                as.in(in.args().with("id", id).with("element", element).with("reason", reason)));
    }

    @Command(
            name = "conceal",
            description = "It does not reveal that any more.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep class conceal ID 1 --reason 'renamed' --operator anna",
                "  rosterkeep class show ID --operator anna"
            })
    int conceal(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "NUMBER") int number,
            @Option(names = "--reason", required = true, description = "Why; kept with it.") String reason) {
        return in.call(
                "class conceal",
                as.in(in.args().with("id", id).with("number", number).with("reason", reason)));
    }

    @Command(
            name = "show",
            description = "Show what was decided about it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep class show ID --operator anna",
                "  rosterkeep class show ID --operator anna --json"
            })
    int show(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("class show", as.in(in.args().with("id", id)));
    }
}
