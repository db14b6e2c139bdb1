package org.rosterkeep.appliance;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep guard`: vendors' views that stand still because an import would change too much of them.
@Command(name = "guard", description = "See which vendors' views stand still after an import, and let them go on.")
final class GuardCommands {
    private static final String FREEZE = "freeze";

    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List the views that stand still, and the profiles they are guarded by.",
            footer = {"", "Examples:", "  rosterkeep guard list", "  rosterkeep guard list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("guard list", in.args());
    }

    @Command(
            name = "show",
            description = "Show why a rule's view stands still: how many would come and go.",
            footer = {"", "Examples:", "  rosterkeep guard show reading", "  rosterkeep guard show reading --json"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "RULE") String rule) {
        return in.call("guard show", in.args().with("id", rule));
    }

    @Command(
            name = "release",
            description = "Let views go on to the batch they wait with. Who imported it cannot.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep guard release reading --operator anna",
                "  rosterkeep guard release --vendor readwell --operator anna",
                "  rosterkeep guard release --all --operator anna"
            })
    int release(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "RULE", arity = "0..1") Optional<String> rule,
            @Option(names = "--vendor", paramLabel = "VENDOR", description = "All views of a vendor.")
                    Optional<String> vendor,
            @Option(names = "--all", description = "All views of the district.") boolean all) {
        return in.call(
                "guard release",
                as.in(in.args().maybe("id", rule).maybe("vendor", vendor).with("all", all)));
    }

    @Command(
            name = "profile",
            description = "Choose how much may change at once: term, rollover, or freeze, which holds everything.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep guard profile freeze --vendor readwell",
                "  rosterkeep guard profile rollover --operator anna",
                "  rosterkeep guard profile term --vendor readwell --operator anna"
            })
    int profile(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "PROFILE") String profile,
            @Option(names = "--vendor", paramLabel = "VENDOR", description = "For one vendor, not the whole district.")
                    Optional<String> vendor) {
        return in.call(
                "guard profile",
                as.in(in.args()
                        .with("id", profile)
                        .with(FREEZE, profile.equals(FREEZE))
                        .maybe("vendor", vendor)));
    }
}
