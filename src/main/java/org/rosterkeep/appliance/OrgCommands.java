package org.rosterkeep.appliance;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep org`: a organisation that reveals something of everybody in it.
@Command(name = "org", description = "Say that a organisation reveals something of everybody in it.")
final class OrgCommands {
    @Mixin
    private Common common;

    @Command(
            name = "reveal",
            description = "Rules without this element get neither the organisation nor what belongs to it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep org reveal ID --element special.services --reason 'by its name' --operator anna",
                "  rosterkeep org show ID --operator anna"
            })
    int reveal(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--element", paramLabel = "ID", required = true, description = "The element it reveals.")
                    String element,
            @Option(names = "--reason", required = true, description = "Why; kept with it.") String reason) {
        return in.call(
                "org reveal",
                as.in(in.args().with("id", id).with("element", element).with("reason", reason)));
    }

    @Command(
            name = "conceal",
            description = "It does not reveal that any more.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep org conceal ID 1 --reason 'renamed' --operator anna",
                "  rosterkeep org show ID --operator anna"
            })
    int conceal(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "NUMBER") int number,
            @Option(names = "--reason", required = true, description = "Why; kept with it.") String reason) {
        return in.call(
                "org conceal",
                as.in(in.args().with("id", id).with("number", number).with("reason", reason)));
    }

    @Command(
            name = "show",
            description = "Show what was decided about it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep org show ID --operator anna",
                "  rosterkeep org show ID --operator anna --json"
            })
    int show(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("org show", as.in(in.args().with("id", id)));
    }
}
