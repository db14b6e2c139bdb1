package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `rosterkeep rehearsal`: a vendor tries a rule out on made-up people.
@Command(
        name = "rehearsal",
        description = "Let a vendor's own client try a rule out on made-up people, before anything real flows.")
final class RehearsalCommands {
    @Mixin
    private Common common;

    @Command(
            name = "start",
            description = "Make a made-up district in which exactly this rule decides, with a client of its own.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rehearsal start reading-names --operator anna",
                "  rosterkeep rehearsal start reading-names --operator anna --json"
            })
    int start(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("rehearsal start", as.in(in.args().with("id", rule)));
    }

    @Command(
            name = "list",
            description = "List the rehearsals that are on.",
            footer = {"", "Examples:", "  rosterkeep rehearsal list", "  rosterkeep rehearsal list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("rehearsal list", in.args());
    }

    @Command(
            name = "day",
            description = "Go on to the next made-up day: some people leave, some come, some change.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rehearsal day reading-names --operator anna",
                "  rosterkeep rehearsal report reading-names"
            })
    int day(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("rehearsal day", as.in(in.args().with("id", rule)));
    }

    @Command(
            name = "report",
            description = "Say what the vendor's client did, what failed and what it should do instead.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rehearsal report reading-names",
                "  rosterkeep rehearsal report reading-names --json > conformance.json"
            })
    int report(@Mixin InDistrict in, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("rehearsal report", in.args().with("id", rule));
    }

    @Command(
            name = "end",
            description = "End a rehearsal and destroy its made-up district; the last report is kept.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rehearsal end reading-names",
                "  rosterkeep rehearsal report reading-names"
            })
    int end(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("rehearsal end", as.in(in.args().with("id", rule)));
    }
}
