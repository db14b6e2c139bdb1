package org.rosterkeep.commands;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep guard`: what waits of vendors' views because an import would change too much of them.
@Command(name = "guard", description = "See what waits of vendors' views after an import, and let it pass.")
final class GuardCommands {
    private static final String FREEZE = "freeze";

    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List what waits, by rule, collection and way, and the profiles that count.",
            footer = {"", "Examples:", "  rosterkeep guard list", "  rosterkeep guard list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("guard list", in.args());
    }

    @Command(
            name = "show",
            description = "Show what of a rule's view waits, and why.",
            footer = {"", "Examples:", "  rosterkeep guard show reading", "  rosterkeep guard show reading --json"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("guard show", in.args().with("id", rule));
    }

    @Command(
            name = "release",
            description = "Let pass what waits. Who imported it cannot; what nobody signed in for takes two.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep guard release reading --operator anna",
                "  rosterkeep guard release --vendor readwell --operator anna",
                "  rosterkeep guard release reading --collection users --removals --operator anna",
                "  rosterkeep guard release --all --operator anna"
            })
    int release(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "RULE", arity = "0..1") Optional<String> rule,
            @Option(names = "--vendor", paramLabel = "VENDOR", description = "All views of a vendor.")
                    Optional<String> vendor,
            @Option(names = "--all", description = "All views of the district.") boolean all,
            @Option(names = "--collection", paramLabel = "COLLECTION", description = "Only of this one, as users.")
                    Optional<String> collection,
            @Option(names = "--removals", description = "Only what would go.") boolean removals,
            @Option(names = "--additions", description = "Only what would come.") boolean additions) {
        return in.call(
                "guard release",
                as.in(in.args()
                        .maybe("id", rule)
                        .maybe("vendor", vendor)
                        .with("all", all)
                        .maybe("collection", collection)
                        .with("removals", removals)
                        .with("additions", additions)));
    }

    @Command(
            name = "profile",
            description =
                    "Show how much may change at once, or choose it: term, rollover, or freeze. What loosens takes two"
                            + " people.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep guard profile",
                "  rosterkeep guard profile freeze --vendor readwell",
                "  rosterkeep guard profile rollover --operator anna",
                "  rosterkeep guard profile term --vendor readwell --operator anna"
            })
    int profile(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "PROFILE", arity = "0..1") Optional<String> profile,
            @Option(names = "--vendor", paramLabel = "VENDOR", description = "For one vendor, not the whole district.")
                    Optional<String> vendor) {
        return in.call(
                "guard profile",
                as.in(in.args()
                        .maybe("id", profile)
                        .with("show", profile.isEmpty())
                        .with(FREEZE, profile.filter(FREEZE::equals).isPresent())
                        .maybe("vendor", vendor)));
    }
}
