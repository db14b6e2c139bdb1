package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep erase`.
@Command(name = "erase", description = "Erase one person, everywhere; two people, and no way back.")
final class EraseCommands {
    @Mixin
    private Common common;

    @Command(
            name = "plan",
            description =
                    "Show what an erasure of this person reaches, what stays and why, and what stands against it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep erase plan p00014 --operator anna",
                "  rosterkeep erase plan p00014 --operator anna --json"
            })
    int plan(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("erase plan", as.in(in.args().with("person", id)));
    }

    @Command(
            name = "person",
            description = "Sign that a person is erased. The first signature gives them to nobody; the second erases.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep erase person p00014 --ground asked --request R-2026-014 --operator anna",
                "  rosterkeep erase person p00014 --ground asked --request R-2026-014 --operator ben"
            })
    int person(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--ground",
                            required = true,
                            paramLabel = "WORD",
                            description = "Why: asked, not-needed, consent-withdrawn, objection-upheld, unlawful, law.")
                    String ground,
            @Option(
                            names = "--request",
                            required = true,
                            paramLabel = "NUMBER",
                            description = "Under which the request is filed; kept for good, so it names nobody.")
                    String request) {
        return in.call(
                "erase person",
                as.in(in.args().with("person", id).with("ground", ground).with("request", request)));
    }

    @Command(
            name = "list",
            description = "List the erasures: asked, decided, done.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep erase list --operator anna",
                "  rosterkeep erase list --operator anna --json"
            })
    int list(@Mixin InDistrict in, @Mixin As as) {
        return in.call("erase list", as.in(in.args()));
    }

    @Command(
            name = "certificate",
            description = "Show the certificate of an erasure that is done; it names nobody.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep erase certificate 3 --operator anna",
                "  rosterkeep erase certificate 3 --operator anna --json"
            })
    int certificate(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "NUMBER") int number) {
        return in.call("erase certificate", as.in(in.args().with("number", number)));
    }

    @Command(
            name = "lift",
            description = "Take back an erasure that was only asked for, or let an erased person come back.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep erase lift p00014 --request R-2026-020 --operator anna",
                "  rosterkeep erase lift p00014 --request R-2026-020 --operator anna --json"
            })
    int lift(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--request",
                            required = true,
                            paramLabel = "NUMBER",
                            description = "Under which the reason is filed; it names nobody.")
                    String request) {
        return in.call("erase lift", as.in(in.args().with("person", id).with("request", request)));
    }
}
