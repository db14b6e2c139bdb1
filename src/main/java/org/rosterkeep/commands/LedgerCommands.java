package org.rosterkeep.commands;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep ledger`: what left, to whom, when, why, and the proof that nobody changed the record.
@Command(name = "ledger", description = "Read, verify and export the record of disclosures.")
final class LedgerCommands {
    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List entries, newest first.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep ledger list --client reading-app --last 50",
                "  rosterkeep ledger list --since 2026-11-01T00:00:00Z --json"
            })
    int list(
            @Mixin InDistrict in,
            @Option(names = "--client", paramLabel = "ID", description = "Only this client.") Optional<String> client,
            @Option(names = "--vendor", paramLabel = "ID", description = "Only this vendor.") Optional<String> vendor,
            @Option(names = "--since", paramLabel = "INSTANT", description = "From here on (ISO 8601).")
                    Optional<String> since,
            @Option(names = "--until", paramLabel = "INSTANT", description = "Up to here (ISO 8601).")
                    Optional<String> until,
            @Option(names = "--last", paramLabel = "N", defaultValue = "20", description = "How many.") int last) {
        if (last < 1) {
            throw Trouble.wrongUse(
                    "--last is not a number of entries.", "It is at least 1.", "Leave it out for the last 20.");
        }
        return in.call(
                "ledger list",
                in.args()
                        .maybe("client", client)
                        .maybe("vendor", vendor)
                        .maybe("since", since)
                        .maybe("until", until)
                        .with("last", last));
    }

    @Command(
            name = "verify",
            description = "Check the chain and the signatures of the ledger, or of an export without the appliance.",
            footer = {"", "Examples:", "  rosterkeep ledger verify", "  rosterkeep ledger verify ledger-export.zip"})
    int verify(
            @Mixin InDistrict in,
            @Parameters(paramLabel = "EXPORT", arity = "0..1", description = "An export; needs no running appliance.")
                    Optional<Path> export,
            @Option(names = "--key", paramLabel = "HEX", description = "The ledger's public key, from the district.")
                    Optional<String> key) {
        return export.isPresent()
                ? in.common().answer(LedgerFiles.verify(export.get(), key))
                : in.call("ledger verify", in.args());
    }

    @Command(
            name = "export",
            description = "Write the whole ledger with its public key into a zip that anybody can verify.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep ledger export ledger-export.zip --operator anna",
                "  rosterkeep ledger verify ledger-export.zip"
            })
    int export(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))) {
            int exit = in.common().call("ledger export", as.in(in.args()), out);
            if (exit != Exit.OK.code()) {
                Files.delete(file);
            }
            return exit;
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The file " + file + " cannot be written.",
                            "Writing stopped with " + e.getClass().getSimpleName() + "; an existing file is never"
                                    + " replaced.",
                            "Name a new file in a directory this user may write to.")
                    .because(e);
        }
    }

    @Command(
            name = "person",
            description = "Say who received what about a person, when, why, and under which rule.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep ledger person p00014 --operator anna",
                "  rosterkeep ledger person p00014 --json --operator anna"
            })
    int person(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "SOURCEDID", description = "The person's id in the source system.") String id) {
        return in.call("ledger person", as.in(in.args().with("person", id)));
    }

    @Command(
            name = "trust-clock",
            description = "Vouch for this machine's clock after it was moved back; releases go on.",
            footer = {"", "Examples:", "  rosterkeep ledger stats", "  rosterkeep ledger trust-clock --operator anna"})
    int trustClock(@Mixin InDistrict in, @Mixin As as) {
        return in.call("ledger trust-clock", as.in(in.args()));
    }

    @Command(
            name = "set-aside",
            description = "Keep a damaged ledger whole, as evidence, and go on with a new one.",
            footer = {
                "",
                "Only for a ledger that is damaged; the new one begins with who did this and why.",
                "Examples:",
                "  rosterkeep ledger verify",
                "  rosterkeep ledger set-aside --reason 'disk failure of 3 November'"
            })
    int setAside(
            @Mixin InDistrict in,
            @Option(names = "--reason", required = true, description = "Why; goes into the new ledger.") String reason,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "The district's passphrase, or the kit's words; - is stdin.")
                    Optional<Path> passphrase,
            @Option(names = "--kit", description = "With the words of the recovery kit.") boolean kit) {
        var args = in.args().with("reason", reason);
        if (kit) {
            args.with("kit", Passwords.read("Words of the recovery kit: ", passphrase));
        } else if (passphrase.isPresent()) {
            args.with("passphrase", Passwords.read("Passphrase: ", passphrase));
        }
        return in.call("ledger set-aside", args);
    }

    @Command(
            name = "stats",
            description = "Show the ledger's size, head and last checkpoint.",
            footer = {"", "Examples:", "  rosterkeep ledger stats", "  rosterkeep ledger stats --json"})
    int stats(@Mixin InDistrict in) {
        return in.call("ledger stats", in.args());
    }
}
