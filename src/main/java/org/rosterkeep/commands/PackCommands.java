package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep pack`: the bodies of law a district lives under.
@Command(name = "pack", description = "Turn packs of law on and off, and see what would stop before it stops.")
final class PackCommands {
    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List the packs, and which are on.",
            footer = {"", "Examples:", "  rosterkeep pack list", "  rosterkeep pack list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("pack list", in.args());
    }

    @Command(
            name = "show",
            description = "Show what a pack asks for, with the source of each entry.",
            footer = {"", "Examples:", "  rosterkeep pack show EU", "  rosterkeep pack show EU --json"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "PACK") String pack) {
        return in.call("pack show", in.args().with("id", pack));
    }

    @Command(
            name = "check",
            description = "Say which rules and agreements would stop if a pack were on, and why; nothing changes.",
            footer = {"", "Examples:", "  rosterkeep pack check EU", "  rosterkeep pack check EU --json"})
    int check(@Mixin InDistrict in, @Parameters(paramLabel = "PACK") String pack) {
        return in.call("pack check", in.args().with("id", pack));
    }

    @Command(
            name = "on",
            description = "Turn a pack on. What it stops is shown first, and stops with --confirm.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep pack on EU --operator anna",
                "  rosterkeep pack on EU --confirm --operator anna"
            })
    int on(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "PACK") String pack,
            @Option(names = "--confirm", description = "Yes, stop what was shown.") boolean confirm) {
        return in.call("pack on", as.in(in.args().with("id", pack).with("confirm", confirm)));
    }

    @Command(
            name = "off",
            description = "Turn a pack off. It loosens, so a second person does the same.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep pack off EU --operator anna",
                "  rosterkeep pack off EU --operator ben"
            })
    int off(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "PACK") String pack,
            @Option(names = "--confirm", description = "Yes, stop what was shown.") boolean confirm) {
        return in.call("pack off", as.in(in.args().with("id", pack).with("confirm", confirm)));
    }
}
