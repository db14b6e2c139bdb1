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
            description = "Open a sealed district with its passphrase, or with its recovery kit.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep key unseal --district springfield",
                "  rosterkeep key unseal --kit",
                "  rosterkeep key unseal --password-file - < passphrase.txt"
            })
    int unseal(
            @Mixin InDistrict in,
            @Option(names = "--kit", description = "With the words of the recovery kit instead.") boolean kit,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Take the passphrase, or the words, from here.")
                    Optional<Path> file) {
        return in.call(
                "key unseal",
                kit
                        ? in.args().with("kit", Passwords.read("Words of the recovery kit: ", file))
                        : in.args().with("passphrase", Passwords.read("Passphrase: ", file)));
    }

    @Command(
            name = "kit",
            description = "Make a recovery kit, or confirm it by two of its words.",
            footer = {
                "",
                "The words open the district and its backups when everything else is lost. They are shown once.",
                "Examples:",
                "  rosterkeep key kit --operator anna",
                "  rosterkeep key kit --confirm --operator anna"
            })
    int kit(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--confirm", description = "Prove that it was written down: two words are asked for.")
                    boolean confirm,
            @Option(
                            names = "--words-file",
                            paramLabel = "FILE",
                            description = "Take the two words from here, on one line; - is stdin.")
                    Optional<Path> file) {
        if (!confirm) {
            return in.call("key kit", as.in(in.args()));
        }
        var args = as.in(in.args());
        var words = file.isPresent()
                ? Passwords.read("", file)
                : Passwords.read("The two words that were asked for, with a space between: ", file);
        return in.call("key kit confirm", args.with("words", words));
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
            @Option(names = "--kit", description = "Prove yourself by the recovery kit: the passphrase is lost.")
                    boolean kit,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "The present passphrase, if any, or the kit's words.")
                    Optional<Path> old,
            @Option(names = "--new-password-file", paramLabel = "FILE", description = "The new one.")
                    Optional<Path> fresh) {
        var args = in.args();
        if (kit) {
            args.with("kit", Passwords.read("Words of the recovery kit: ", old));
        } else if (old.isPresent()) {
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
