package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep intake`: rosters in.
@Command(name = "intake", description = "Import rosters and look after what an import held back.")
final class IntakeCommands {
    @Mixin
    private Common common;

    @Command(
            name = "run",
            description = "Import a OneRoster CSV 1.1 or 1.2 file (zip) or folder.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep intake run roster.zip --dry-run",
                "  rosterkeep intake run /srv/sis/export",
                "  rosterkeep intake run new-sis.zip --mapping old-to-new.csv --dry-run --operator anna"
            })
    int run(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--dry-run", description = "Show what would change; change nothing.") boolean dryRun,
            @Option(
                            names = "--confirm-removals",
                            description = "Hold no removal back: somebody has looked at the file.")
                    boolean confirm,
            @Option(
                            names = "--mapping",
                            paramLabel = "CSV",
                            description = "The file comes from another source system; which old id became which new one"
                                    + " (columns oldSourcedId, newSourcedId, and entity where not all are users).")
                    Optional<Path> mapping,
            @Option(
                            names = "--create-unmatched",
                            description = "Persons who wait to be recognised, and whom somebody else listed, are new.")
                    boolean createUnmatched) {
        var home = in.common().home();
        try (var delivery = Brought.to(home, file);
                var ids = Brought.maybe(home, mapping)) {
            var args = in.args().with("file", delivery.seen().toString());
            return in.call(
                    "intake run",
                    as.in(args.with("dryRun", dryRun)
                            .maybe("mapping", ids.path())
                            .with("mapped", mapping.isPresent())
                            .with("createUnmatched", createUnmatched)
                            .with("confirmRemovals", confirm)));
        }
    }

    @Command(
            name = "match",
            description = "Propose which records of a new source system are which of the roster's; change nothing.",
            footer = {
                "",
                "The two files it writes, the mapping and the reasons beside it, hold ids of persons.",
                "Examples:",
                "  rosterkeep intake match new-sis.zip --operator anna",
                "  rosterkeep intake match new-sis.zip --out proposed.csv --accept exact --operator anna"
            })
    int match(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(
                            names = "--mapping",
                            paramLabel = "CSV",
                            description = "What is known already; it is taken over, and only the rest is proposed.")
                    Optional<Path> mapping,
            @Option(
                            names = "--accept",
                            paramLabel = "CLASS",
                            defaultValue = "possible",
                            description = "Write down only what is exact, at least likely, or all that is possible.")
                    String accept,
            @Option(names = "--out", paramLabel = "CSV", description = "Write the mapping to this new file.")
                    Optional<Path> out) {
        var home = in.common().home();
        try (var delivery = Brought.to(home, file);
                var ids = Brought.maybe(home, mapping)) {
            var args = as.in(in.args()
                    .with("file", delivery.seen().toString())
                    .maybe("mapping", ids.path())
                    .with("mapped", mapping.isPresent())
                    .with("accept", accept)
                    .with("write", out.isPresent()));
            return out.isPresent() ? write(in, args, out.get()) : in.call("intake match", args);
        }
    }

    private static int write(InDistrict in, Common.Args args, Path file) {
        try (var files = new ProposedFiles(file)) {
            int exit = in.common().call("intake match", args, files);
            if (exit != Exit.OK.code()) {
                files.delete();
            }
            return exit;
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The file " + file + " or the review beside it cannot be written.",
                            "Writing stopped with " + e.getClass().getSimpleName() + "; an existing file is never"
                                    + " replaced.",
                            "Name a new file in a directory this user may write to.")
                    .because(e);
        }
    }

    @Command(
            name = "list",
            description = "List the imports, newest first.",
            footer = {"", "Examples:", "  rosterkeep intake list", "  rosterkeep intake list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("intake list", in.args());
    }

    @Command(
            name = "show",
            description = "Show one import's report: counts, and what was wrong by file, line and column.",
            footer = {"", "Examples:", "  rosterkeep intake show", "  rosterkeep intake show 12 --json"})
    int show(
            @Mixin InDistrict in,
            @Parameters(paramLabel = "IMPORT", arity = "0..1", description = "Its number; the newest if not given.")
                    Optional<String> id) {
        return in.call("intake show", in.args().maybe("id", id));
    }

    @Command(
            name = "held",
            description = "List removals that wait for a person.",
            footer = {"", "Examples:", "  rosterkeep intake held", "  rosterkeep intake held --json"})
    int held(@Mixin InDistrict in) {
        return in.call("intake held", in.args());
    }

    @Command(
            name = "unmatched",
            description = "List persons of a new source system whom nobody has recognised yet.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep intake unmatched --operator anna",
                "  rosterkeep intake unmatched --operator anna --json"
            })
    int unmatched(@Mixin InDistrict in, @Mixin As as) {
        return in.call("intake unmatched", as.in(in.args()));
    }

    @Command(
            name = "release",
            description = "Let held removals happen.",
            footer = {"", "Examples:", "  rosterkeep intake held", "  rosterkeep intake release 12 --operator anna"})
    int release(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "HELD") String id) {
        return in.call("intake release", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "drop",
            description = "Forget held removals: the records stay.",
            footer = {"", "Examples:", "  rosterkeep intake held", "  rosterkeep intake drop 12 --operator anna"})
    int drop(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "HELD") String id) {
        return in.call("intake drop", as.in(in.args().with("id", id)));
    }
}
