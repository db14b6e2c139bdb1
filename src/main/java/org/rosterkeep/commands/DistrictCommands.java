package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep district`: the controllers this appliance keeps rosters for, each in a directory of its own.
@Command(
        name = "district",
        description = "Make, list and dispose of districts, and say who they are.",
        subcommands = DistrictCommands.ProfileCommands.class)
final class DistrictCommands {
    @Mixin
    private Common common;

    @Command(
            name = "make",
            description = "Make an empty district with keys of its own.",
            footer = {
                "",
                "Without --key-file a passphrase is asked for, and the district starts sealed every time.",
                "Examples:",
                "  rosterkeep district make springfield --country US --regime US-FERPA",
                "  rosterkeep district make musterstadt --country DE --regime EU --key-file"
            })
    int make(
            @Mixin Common options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--key-file", description = "Keep the key in a file beside it: opens by itself.")
                    boolean keyFile,
            @Option(names = "--country", paramLabel = "CC", required = true, description = "Home country, like US.")
                    String country,
            @Option(
                            names = "--regime",
                            paramLabel = "CODE",
                            required = true,
                            split = ",",
                            description = "Law it lives under (rosterkeep rule schema district). May be given twice.")
                    List<String> regimes,
            @Option(names = "--legal-name", paramLabel = "TEXT", description = "Who answers for the data.")
                    Optional<String> legalName,
            @Option(names = "--private", description = "A private school, not a public authority.")
                    boolean privateSchool,
            @Option(names = "--localised", description = "Nothing may leave the home country.") boolean localised,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Take the passphrase from here; - is stdin.")
                    Optional<Path> passwordFile) {
        var args = new Common.Args()
                .with("name", name)
                .with("keyFile", keyFile)
                .with("country", country)
                .with("regimes", regimes)
                .with("private", privateSchool)
                .with("localised", localised)
                .maybe("legalName", legalName);
        if (!keyFile) {
            args.with("passphrase", Passwords.readNew("New passphrase of the district: ", passwordFile));
        }
        return options.call("district make", args);
    }

    @Command(
            name = "list",
            description = "List the districts and whether they are open.",
            footer = {"", "Examples:", "  rosterkeep district list", "  rosterkeep district list --json"})
    int list(@Mixin Common options) {
        return options.call("district list", new Common.Args());
    }

    @Command(
            name = "dispose",
            description = "Destroy a district's keys and directory. There is no way back.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep district dispose springfield --reason 'contract ended' --yes springfield",
                "  rosterkeep district list"
            })
    int dispose(
            @Mixin Common options,
            @Mixin As as,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--reason", required = true, description = "Why; goes into the appliance's record.")
                    String reason,
            @Option(names = "--yes", paramLabel = "NAME", required = true, description = "The name once more.")
                    String again) {
        return options.call(
                "district dispose",
                as.in(new Common.Args().with("name", name).with("again", again).with("reason", reason)));
    }

    /// `rosterkeep district profile`: who the district is before the law.
    @Command(name = "profile", description = "Say who the district is: its law, its officers, its directory.")
    static final class ProfileCommands {
        @Mixin
        private Common common;

        @Command(
                name = "show",
                description = "Show the district's profile, as it can be put again.",
                footer = {
                    "",
                    "Examples:",
                    "  rosterkeep district profile show",
                    "  rosterkeep district profile show --json > district.json"
                })
        int show(@Mixin InDistrict in) {
            return in.call("district profile show", in.args());
        }

        @Command(
                name = "check",
                description = "Say what would stop under another profile; nothing changes.",
                footer = {
                    "",
                    "Examples:",
                    "  rosterkeep district profile check district.json",
                    "  rosterkeep rule example district"
                })
        int check(@Mixin InDistrict in, @Parameters(paramLabel = "FILE") Path file) {
            return in.call("district profile check", in.args().with("document", Documents.read(file)));
        }

        @Command(
                name = "put",
                description = "Take a profile in place of the present one. What loosens takes a second person.",
                footer = {
                    "",
                    "Examples:",
                    "  rosterkeep district profile put district.json --operator anna",
                    "  rosterkeep district profile put district.json --confirm --operator ben"
                })
        int put(
                @Mixin InDistrict in,
                @Mixin As as,
                @Parameters(paramLabel = "FILE") Path file,
                @Option(names = "--confirm", description = "Yes, stop what was shown.") boolean confirm) {
            return in.call(
                    "district profile put",
                    as.in(in.args().with("document", Documents.read(file)).with("confirm", confirm)));
        }
    }
}
