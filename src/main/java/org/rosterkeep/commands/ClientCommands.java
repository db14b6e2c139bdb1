package org.rosterkeep.commands;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep client`: the credentials vendors present. One credential, one rule, one purpose.
@Command(name = "client", description = "Keep the credentials of vendors.")
final class ClientCommands {
    @Mixin
    private Common common;

    @Command(
            name = "make",
            description = "Make a client for a rule; its secret is shown once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep client make reading-app --rule reading-names --operator anna",
                "  rosterkeep client make reading-app --rule reading-names --json --operator anna"
            })
    int make(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--rule", paramLabel = "RULE", required = true, description = "The rule it acts under.")
                    String rule,
            @Option(names = "--vendor", paramLabel = "VENDOR", description = "Its vendor, if the rule is yet to come.")
                    Optional<String> vendor) {
        return in.call(
                "client make", as.in(in.args().with("id", id).with("rule", rule).maybe("vendor", vendor)));
    }

    @Command(
            name = "list",
            description = "List the clients.",
            footer = {"", "Examples:", "  rosterkeep client list", "  rosterkeep client list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("client list", in.args());
    }

    @Command(
            name = "rotate",
            description = "Give a client a second secret; the old one stays valid until it is retired.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep client rotate reading-app --operator anna",
                "  rosterkeep client rotate reading-app --retire-old"
            })
    int rotate(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--retire-old", description = "No new secret: the older of the two ends now.")
                    boolean retire) {
        return in.call("client rotate", as.in(in.args().with("id", id).with("retire", retire)));
    }

    @Command(
            name = "revoke",
            description = "End a client and its tokens at once.",
            footer = {"", "Examples:", "  rosterkeep client revoke reading-app", "  rosterkeep client list"})
    int revoke(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("client revoke", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "oauth1",
            description = "Let a client sign with OAuth 1.0a instead of fetching tokens, or forbid it again.",
            footer = {
                "",
                "Only for OneRoster 1.1 clients that know nothing else; off by default. Turning it on shows a secret.",
                "Examples:",
                "  rosterkeep client oauth1 old-library on --operator anna",
                "  rosterkeep client oauth1 old-library off"
            })
    int oauth1(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(index = "0", paramLabel = "ID") String id,
            @Parameters(index = "1", paramLabel = "on|off") OnOff state) {
        return in.call("client oauth1", as.in(in.args().with("id", id).with("on", state == OnOff.ON)));
    }

    enum OnOff {
        ON,
        OFF
    }
}
