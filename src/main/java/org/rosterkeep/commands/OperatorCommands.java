package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep operator`: the people who draft, submit and approve.
@Command(name = "operator", description = "Keep the people who run a district.", subcommands = AnchorCommand.class)
final class OperatorCommands {
    @Mixin
    private Common common;

    @Command(
            name = "make",
            description = "Make an operator with a password and a signing key.",
            footer = {
                "",
                "The machine's owner makes the first administrator, who makes the others.",
                "Roles: administrator, privacy-officer, approver, auditor, operator, vendor-manager.",
                "Examples:",
                "  rosterkeep operator make anna --role administrator --role privacy-officer",
                "  rosterkeep operator make ben --role approver --password-file ben.txt --operator anna"
            })
    int make(
            @Mixin InDistrict in,
            @Mixin As.Beside as,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            required = true,
                            split = ",",
                            description = "What they may do.")
                    List<String> roles,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Take the new password from here; - is stdin. Else it is asked for.")
                    Optional<Path> passwordFile) {
        var password = Passwords.readNew("New password of " + name + ": ", passwordFile);
        return in.call(
                "operator make",
                as.in(in.args().with("name", name).with("roles", roles).with("new", password)));
    }

    @Command(
            name = "list",
            description = "List the operators and their roles.",
            footer = {"", "Examples:", "  rosterkeep operator list", "  rosterkeep operator list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("operator list", in.args());
    }

    @Command(
            name = "retire",
            description = "Let nobody in under this name any more, at once; what was signed stays signed.",
            footer = {"", "Examples:", "  rosterkeep operator retire anna", "  rosterkeep operator list"})
    int retire(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "NAME") String name) {
        return in.call("operator retire", as.in(in.args().with("name", name)));
    }

    @Command(
            name = "reset",
            description = "Give somebody who forgot it a new password, and a new signing key with it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep operator reset ben --operator anna",
                "  rosterkeep operator reset ben --operator anna --password-file ben.txt"
            })
    int reset(
            @Mixin InDistrict in,
            @Mixin As.Beside as,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--password-file", paramLabel = "FILE", description = "The new password; - is stdin.")
                    Optional<Path> passwordFile) {
        return in.call(
                "operator reset",
                as.in(in.args().with("name", name).with("new", Passwords.readNew("New password: ", passwordFile))));
    }
}
