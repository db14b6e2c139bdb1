package org.rosterkeep.appliance;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep key`: what opens a district.
@Command(name = "key", description = "Unseal a district, and change its keys.")
final class KeyCommands {
    @Mixin
    private Common common;

    @Command(
            name = "status",
            description = "Show how the district is unsealed and how old its key is.",
            footer = {"", "Examples:", "  rosterkeep key status", "  rosterkeep key status --json"})
    int status(@Mixin InDistrict in) {
        return in.call("key status", in.args());
    }

    @Command(
            name = "unseal",
            description = "Open a sealed district with its passphrase.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep key unseal --district springfield",
                "  rosterkeep key unseal --password-file - < passphrase.txt"
            })
    int unseal(@Mixin InDistrict in, @Option(names = "--password-file", paramLabel = "FILE") Optional<Path> file) {
        return in.call("key unseal", in.args().with("passphrase", Passwords.read("Passphrase: ", file)));
    }

    @Command(
            name = "passphrase",
            description = "Change the passphrase, or move from a key file to a passphrase.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep key passphrase",
                "  rosterkeep key passphrase --new-password-file new.txt --password-file old.txt"
            })
    int passphrase(
            @Mixin InDistrict in,
            @Mixin As.Beside as,
            @Option(names = "--password-file", paramLabel = "FILE", description = "The present passphrase, if any.")
                    Optional<Path> old,
            @Option(names = "--new-password-file", paramLabel = "FILE", description = "The new one.")
                    Optional<Path> fresh) {
        var args = in.args();
        if (old.isPresent()) {
            args.with("old", Passwords.read("Present passphrase: ", old));
        }
        return in.call("key passphrase", as.in(args.with("new", Passwords.readNew("New passphrase: ", fresh))));
    }

    @Command(
            name = "rotate",
            description = "Begin a new district key and encrypt everything anew with it, bit by bit.",
            footer = {"", "Examples:", "  rosterkeep key rotate --operator anna", "  rosterkeep key status"})
    int rotate(@Mixin InDistrict in, @Mixin As as) {
        return in.call("key rotate", as.in(in.args()));
    }
}
