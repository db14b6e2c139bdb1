package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep key way`: the ways in which a district is unsealed.
@Command(name = "way", description = "List, add and remove the ways in which a district is unsealed.")
final class WayCommands {
    @Mixin
    private Common common;

    /// What can be added by a word; the others have verbs of their own.
    enum Method {
        passphrase,
        file
    }

    @Command(
            name = "list",
            description = "List the ways; each is enough by itself.",
            footer = {"", "Examples:", "  rosterkeep key way list", "  rosterkeep key way list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("key way list", in.args());
    }

    @Command(
            name = "add",
            description = "Add a passphrase or a key file. No data is touched.",
            footer = {
                "",
                "Others are added by: rosterkeep key seal-to-host, rosterkeep key shares, rosterkeep key"
                        + " seal-to-token.",
                "Examples:",
                "  rosterkeep key way add passphrase --operator anna",
                "  rosterkeep key way add file --operator anna"
            })
    int add(
            @Mixin InDistrict in,
            @Mixin As.Beside as,
            @Parameters(paramLabel = "METHOD", description = "${COMPLETION-CANDIDATES}") Method method,
            @Option(
                            names = "--new-password-file",
                            paramLabel = "FILE",
                            description = "Take the new passphrase from here; - is stdin.")
                    Optional<Path> fresh) {
        var args = in.args().with("method", method.name());
        if (method == Method.passphrase) {
            args.with("new", Passwords.readNew("New passphrase: ", fresh));
        }
        return in.call("key way add", as.in(args));
    }

    @Command(
            name = "remove",
            description = "Take a way away. The last one stays.",
            footer = {
                "",
                "Copies of the old key file, as in backups, still open by it until the key is rotated.",
                "Examples:",
                "  rosterkeep key way list",
                "  rosterkeep key way remove 7K2MPA --operator anna"
            })
    int remove(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "WAY", description = "Its id, as rosterkeep key way list says.") String way) {
        return in.call("key way remove", as.in(in.args().with("way", way)));
    }
}
