package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep push`: what is sent to vendors that do not ask.
@Command(name = "push", description = "See what is sent to vendors that do not ask, stop it, and try again.")
final class PushCommands {
    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List the push targets: how far each was told, what is on its way, what was given up.",
            footer = {"", "Examples:", "  rosterkeep push list", "  rosterkeep push list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("push list", in.args());
    }

    @Command(
            name = "show",
            description = "Show one target, and the deliveries that nobody tries any more.",
            footer = {"", "Examples:", "  rosterkeep push show reading", "  rosterkeep push show reading --json"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("push show", in.args().with("id", rule));
    }

    @Command(
            name = "pause",
            description = "Send nothing more, at once; what is under way is broken off.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep push pause reading",
                "  rosterkeep push pause --vendor readwell",
                "  rosterkeep push pause --all --reason 'incident 7'"
            })
    int pause(
            @Mixin InDistrict in,
            @Mixin As as,
            @Mixin Which which,
            @Option(names = "--reason", description = "Why; goes into the ledger.") Optional<String> reason) {
        return in.call("push pause", as.in(which.in(in.args()).maybe("reason", reason)));
    }

    @Command(
            name = "resume",
            description = "Let it go on: takes two people, one after the other.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep push resume reading --operator anna",
                "  rosterkeep push resume --all --operator ben"
            })
    int resume(@Mixin InDistrict in, @Mixin As as, @Mixin Which which) {
        return in.call("push resume", as.in(which.in(in.args())));
    }

    @Command(
            name = "retry",
            description = "Try now what failed, and what was given up.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep push retry reading --operator anna",
                "  rosterkeep push show reading"
            })
    int retry(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("push retry", as.in(in.args().with("id", rule)));
    }

    @Command(
            name = "now",
            description = "Look now whether there is something to send, not at the next time the rule names.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep push now reading --operator anna",
                "  rosterkeep push now reading --json --operator anna"
            })
    int now(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("push now", as.in(in.args().with("id", rule)));
    }

    @Command(
            name = "secret",
            description = "Keep what the vendor gave so that its target lets deliveries in, or forget it.",
            footer = {
                "",
                "PART is token, password, private-key, client-certificate or client-key.",
                "Examples:",
                "  rosterkeep push secret reading token --file token.txt --operator anna",
                "  rosterkeep push secret reading --forget --operator anna"
            })
    int secret(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "RULE") String rule,
            @Parameters(paramLabel = "PART", arity = "0..1") Optional<String> part,
            @Option(names = "--file", paramLabel = "FILE", description = "Where it stands.") Optional<Path> file,
            @Option(names = "--forget", description = "Forget all that was kept.") boolean forget) {
        return in.call(
                "push secret",
                as.in(in.args()
                        .with("id", rule)
                        .maybe("part", part)
                        .maybe("text", file.map(Documents::read))
                        .with("forget", forget)));
    }

    /// One target, a vendor's, or all.
    static final class Which {
        @Parameters(paramLabel = "RULE", arity = "0..1", description = "That of one rule.")
        private Optional<String> rule = Optional.empty();

        @Option(names = "--vendor", paramLabel = "VENDOR", description = "All of a vendor.")
        private Optional<String> vendor = Optional.empty();

        @Option(names = "--all", description = "All of the district.")
        private boolean all;

        Common.Args in(Common.Args args) {
            return args.maybe("id", rule).maybe("vendor", vendor).with("all", all);
        }
    }
}
