package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep adequacy`: which countries data may go to.
@Command(name = "adequacy", description = "Look through, change and switch off the list of adequate countries.")
final class AdequacyCommands {
    @Mixin
    private Common common;

    @Command(
            name = "show",
            description = "Show the list that counts, or its file.",
            footer = {"", "Examples:", "  rosterkeep adequacy show", "  rosterkeep adequacy show --file > adequacy.json"
            })
    int show(
            @Mixin InDistrict in,
            @Option(names = "--file", description = "Print the file, to be edited and handed in again.") boolean file) {
        return in.call("adequacy show", in.args().with("file", file));
    }

    @Command(
            name = "affected",
            description = "Name the rules that would stop without an entry.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep adequacy affected EXPORTER:COUNTRY",
                "  rosterkeep adequacy affected EXPORTER:COUNTRY --json"
            })
    int affected(@Mixin InDistrict in, @Parameters(paramLabel = "ENTRY") String entry) {
        return in.call("adequacy affected", in.args().with("entry", entry));
    }

    @Command(
            name = "draft",
            description = "Add the next version of the list as a draft.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep adequacy show --file > adequacy.json",
                "  rosterkeep adequacy draft adequacy.json --operator anna"
            })
    int draft(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("adequacy draft", as.in(in.args().with("document", Documents.read(file))));
    }

    @Command(
            name = "submit",
            description = "Put the drafted list before somebody else for approval.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep adequacy submit --operator anna",
                "  rosterkeep adequacy submit --operator anna --json"
            })
    int submit(@Mixin InDistrict in, @Mixin As as) {
        return in.call("adequacy submit", as.in(in.args()));
    }

    @Command(
            name = "approve",
            description = "Approve the list that another person submitted, by signing its hash.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep adequacy approve --operator ben",
                "  rosterkeep adequacy approve --operator ben --json"
            })
    int approve(@Mixin InDistrict in, @Mixin As as) {
        return in.call("adequacy approve", as.in(in.args()));
    }

    @Command(
            name = "disable",
            description = "Switch an entry off at once; without --confirm, only show which rules would stop.",
            footer = {
                "",
                "Switching on again is a new version of the list, by two people.",
                "Examples:",
                "  rosterkeep adequacy disable EXPORTER:COUNTRY",
                "  rosterkeep adequacy disable EXPORTER:COUNTRY --confirm --reason 'the decision was annulled'"
            })
    int disable(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ENTRY") String entry,
            @Option(names = "--confirm", description = "Do it.") boolean confirm,
            @Option(names = "--reason", description = "Why; goes into the ledger.") Optional<String> reason) {
        var args = in.args().with("entry", entry).with("confirm", confirm);
        return in.call(
                "adequacy disable",
                as.in(reason.map(why -> args.with("reason", why)).orElse(args)));
    }
}
