package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep source`: rosters that are fetched.
@Command(name = "source", description = "Fetch rosters: from a OneRoster service, by SFTP, or out of a folder.")
final class SourceCommands {
    @Mixin
    private Common common;

    @Command(
            name = "example",
            description = "Print a source to start from.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep source example > sis.json",
                "  rosterkeep source put sis.json --operator anna"
            })
    int example(@Mixin Common options) {
        return options.answer(RuleFiles.source());
    }

    @Command(
            name = "put",
            description = "Describe a source, or change one, and sign it; another person has to approve it.",
            footer = {
                "",
                "What belongs in the file shows: rosterkeep source example",
                "Examples:",
                "  rosterkeep source put sis.json --operator anna",
                "  rosterkeep source put - --operator anna --password-file anna.txt < sis.json"
            })
    int put(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("source put", as.in(in.args().with("document", Documents.read(file))));
    }

    @Command(
            name = "approve",
            description = "Approve what another person described; a folder needs it from nobody.",
            footer = {"", "Examples:", "  rosterkeep source show sis", "  rosterkeep source approve sis --operator ben"
            })
    int approve(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "SOURCE") String id) {
        return in.call("source approve", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "list",
            description = "List the sources: what they are, when each was asked last, and how that ended.",
            footer = {"", "Examples:", "  rosterkeep source list", "  rosterkeep source list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("source list", in.args());
    }

    @Command(
            name = "show",
            description = "Show one source, why it failed, and when it is asked again.",
            footer = {"", "Examples:", "  rosterkeep source show sis", "  rosterkeep source show sis --json"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "SOURCE") String id) {
        return in.call("source show", in.args().with("id", id));
    }

    @Command(
            name = "run",
            description = "Ask it now, not at the next time it names.",
            footer = {"", "Examples:", "  rosterkeep source run sis", "  rosterkeep source run sis --full"})
    int run(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "SOURCE") String id,
            @Option(names = "--full", description = "For everything, and not only for what changed.") boolean full) {
        return in.call("source run", as.in(in.args().with("id", id).with("full", full)));
    }

    @Command(
            name = "pause",
            description = "Ask it no more, at once; what is under way is broken off.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep source pause sis",
                "  rosterkeep source pause sis --reason 'the new system is being filled'"
            })
    int pause(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "SOURCE") String id,
            @Option(names = "--reason", description = "Why; goes into the ledger.") Optional<String> reason) {
        return in.call("source pause", as.in(in.args().with("id", id).maybe("reason", reason)));
    }

    @Command(
            name = "resume",
            description = "Ask it again.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep source resume sis --operator anna",
                "  rosterkeep source resume sis --json --operator anna"
            })
    int resume(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "SOURCE") String id) {
        return in.call("source resume", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "retire",
            description = "Ask it never again, and forget its secret; what it brought stays.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep source retire sis",
                "  rosterkeep source retire sis --reason 'another system since August'"
            })
    int retire(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "SOURCE") String id,
            @Option(names = "--reason", description = "Why; goes into the ledger.") Optional<String> reason) {
        return in.call("source retire", as.in(in.args().with("id", id).maybe("reason", reason)));
    }

    @Command(
            name = "secret",
            description = "Keep what the source's owner gave so that it lets us in, or forget it.",
            footer = {
                "",
                "PART is client-id and client-secret (OAuth 2), client-id and consumer-secret (OAuth 1.0a), token,",
                "password, private-key, client-certificate or client-key.",
                "Examples:",
                "  rosterkeep source secret sis client-id --file id.txt --operator anna",
                "  rosterkeep source secret sis --forget --operator anna"
            })
    int secret(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "SOURCE") String id,
            @Parameters(paramLabel = "PART", arity = "0..1") Optional<String> part,
            @Option(names = "--file", paramLabel = "FILE", description = "Where it stands.") Optional<Path> file,
            @Option(names = "--forget", description = "Forget all that was kept.") boolean forget) {
        return in.call(
                "source secret",
                as.in(in.args()
                        .with("id", id)
                        .maybe("part", part)
                        .maybe("text", file.map(Documents::read))
                        .with("forget", forget)));
    }
}
