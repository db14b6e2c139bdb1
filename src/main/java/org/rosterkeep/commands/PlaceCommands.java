package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `rosterkeep class` and `rosterkeep org`: a class or an organisation that reveals something of everybody in it. Which
/// of the two is the verb's own name.
@Command(description = "Say that a ${COMMAND-NAME} reveals something of everybody in it.")
final class PlaceCommands {
    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Command(
            name = "reveal",
            description = "Rules without this element get neither the ${PARENT-COMMAND-NAME} nor what belongs to it.",
            footer = {
                "",
                "Examples:",
                "  ${PARENT-COMMAND-FULL-NAME} reveal ID --element special.services --reason 'by its name' --operator"
                        + " anna",
                "  ${PARENT-COMMAND-FULL-NAME} show ID --operator anna"
            })
    int reveal(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--element", paramLabel = "ID", required = true, description = "The element it reveals.")
                    String element,
            @Option(names = "--reason", required = true, description = "Why; kept with it.") String reason) {
        return in.call(
                spec.name() + " reveal",
                as.in(in.args().with("id", id).with("element", element).with("reason", reason)));
    }

    @Command(
            name = "conceal",
            description = "It does not reveal that any more.",
            footer = {
                "",
                "Examples:",
                "  ${PARENT-COMMAND-FULL-NAME} conceal ID 1 --reason 'renamed' --operator anna",
                "  ${PARENT-COMMAND-FULL-NAME} show ID --operator anna"
            })
    int conceal(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "NUMBER") int number,
            @Option(names = "--reason", required = true, description = "Why; kept with it.") String reason) {
        return in.call(
                spec.name() + " conceal",
                as.in(in.args().with("id", id).with("number", number).with("reason", reason)));
    }

    @Command(
            name = "show",
            description = "Show what was decided about it.",
            footer = {
                "",
                "Examples:",
                "  ${PARENT-COMMAND-FULL-NAME} show ID --operator anna",
                "  ${PARENT-COMMAND-FULL-NAME} show ID --operator anna --json"
            })
    int show(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call(spec.name() + " show", as.in(in.args().with("id", id)));
    }
}
