package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep vendor`: who may be given data at all.
@Command(name = "vendor", description = "Keep the vendors.")
final class VendorCommands {
    @Mixin
    private Common common;

    @Command(
            name = "put",
            description = "Add or change a vendor from a JSON file.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor put reading.json --operator anna",
                "  rosterkeep rule example vendor"
            })
    int put(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("vendor put", as.in(in.args().with("document", Documents.read(file))));
    }

    @Command(
            name = "list",
            description = "List the vendors.",
            footer = {"", "Examples:", "  rosterkeep vendor list", "  rosterkeep vendor list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("vendor list", in.args());
    }

    @Command(
            name = "show",
            description = "Show a vendor.",
            footer = {"", "Examples:", "  rosterkeep vendor show reading", "  rosterkeep vendor list"})
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "ID") String id) {
        return in.call("vendor show", in.args().with("id", id));
    }

    @Command(
            name = "suspend",
            description = "Stop everything to this vendor at once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor suspend reading --reason 'incident under investigation'",
                "  rosterkeep vendor list"
            })
    int suspend(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("vendor suspend", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "resume",
            description = "Let a suspended vendor's rules work again.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor resume reading --operator anna --reason 'cleared'",
                "  rosterkeep vendor list"
            })
    int resume(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("vendor resume", as.in(in.args()).with("id", id).with("reason", reason));
    }

    @Command(
            name = "hold",
            description = "Hold everything to this vendor because of an incident (F23), at once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor hold reading --reason 'breach reported by the vendor'",
                "  rosterkeep vendor status reading"
            })
    int hold(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("vendor hold", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "debar",
            description = "Exclude this vendor for misuse until a day (F04), at once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor debar reading --until 2031-12-01 --reason 'misuse of records'",
                "  rosterkeep vendor status reading"
            })
    int debar(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--until",
                            paramLabel = "DAY",
                            description = "First day after it; at least as long as the district's packs say.")
                    Optional<String> until,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call(
                "vendor debar",
                as.in(in.args().with("id", id).with("reason", reason).maybe("until", until)));
    }

    @Command(
            name = "change-of-control",
            description = "Stop this vendor until its new owner has accepted the terms (F04), at once.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor change-of-control reading --reason 'sold to another company'",
                "  rosterkeep vendor status reading"
            })
    int changeOfControl(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call(
                "vendor change-of-control", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "lift",
            description = "Lift a hold, a debarment or a change of control; it takes two people.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor lift reading --what hold --operator anna --reason 'incident closed'",
                "  rosterkeep vendor status reading"
            })
    int lift(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--what",
                            required = true,
                            paramLabel = "KIND",
                            description = "hold, debarment or change-of-control.")
                    String what,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call(
                "vendor lift", as.in(in.args().with("id", id).with("what", what).with("reason", reason)));
    }

    @Command(
            name = "terms",
            description = "Record that this vendor has acknowledged a version of the redisclosure terms.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor terms reading --version 1 --by 'Example Officer' --on 2026-09-01 --operator anna",
                "  rosterkeep vendor status reading"
            })
    int terms(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--version", required = true, paramLabel = "N", description = "Which version.") int version,
            @Option(names = "--by", required = true, description = "Who signed for the vendor.") String by,
            @Option(names = "--on", required = true, paramLabel = "DAY", description = "When.") String on) {
        return in.call(
                "vendor terms",
                as.in(in.args()
                        .with("id", id)
                        .with("version", version)
                        .with("by", by)
                        .with("on", on)));
    }

    @Command(
            name = "status",
            description = "Tell what keeps this vendor from everything, if anything does.",
            footer = {"", "Examples:", "  rosterkeep vendor status reading", "  rosterkeep vendor list"})
    int status(@Mixin InDistrict in, @Parameters(paramLabel = "ID") String id) {
        return in.call("vendor status", in.args().with("id", id));
    }

    @Command(
            name = "offboard",
            description = "End all rules and clients of this vendor for ever, and ask it to delete.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor offboard reading --reason 'contract ended'",
                "  rosterkeep vendor status reading"
            })
    int offboard(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("vendor offboard", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "ids",
            description = "Tell in which pseudonym domains this vendor has ids, who shares them, and what uses them.",
            footer = {"", "Examples:", "  rosterkeep vendor ids reading", "  rosterkeep vendor ids reading --json"})
    int ids(@Mixin InDistrict in, @Parameters(paramLabel = "ID") String id) {
        return in.call("vendor ids", in.args().with("id", id));
    }

    @Command(
            name = "forget-ids",
            description = {
                "Destroy the key of a pseudonym domain: nobody can tell any more whom its ids mean.",
                "It takes two people, and cannot be undone. See first: rosterkeep vendor ids"
            },
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor ids reading",
                "  rosterkeep vendor forget-ids reading --operator anna --reason 'it has attested to the deletion'"
            })
    int forgetIds(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--domain", description = "Which domain; the vendor's own if left out.")
                    Optional<String> domain,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call(
                "vendor forget-ids",
                as.in(in.args().with("id", id).with("reason", reason).maybe("domain", domain)));
    }

    @Command(
            name = "exposure",
            description = "Tell what vendors still hold: what they were given less what they attested to have deleted.",
            footer = {"", "Examples:", "  rosterkeep vendor exposure", "  rosterkeep vendor exposure reading --json"})
    int exposure(@Mixin InDistrict in, @Parameters(paramLabel = "ID", arity = "0..1") Optional<String> id) {
        return in.call("vendor exposure", in.args().maybe("id", id));
    }

    @Command(
            name = "direct",
            description = "Ask this vendor to delete, within the days its agreement gives.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor direct reading --agreement reading-dpa --gone --reason left --operator anna",
                "  rosterkeep vendor direct reading --agreement reading-dpa --element contact.email --reason unneeded"
                        + " --operator anna"
            })
    int direct(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--agreement", required = true, paramLabel = "ID", description = "Which agreement asks.")
                    String agreement,
            @Option(names = "--element", paramLabel = "ELEMENT", description = "Only these data elements.")
                    List<String> elements,
            @Option(names = "--gone", description = "Only people the vendor sees no more.") boolean gone,
            @Option(names = "--reason", required = true, description = "Why, in a few words.") String reason) {
        return in.call(
                "vendor direct",
                as.in(in.args()
                        .with("id", id)
                        .with("agreement", agreement)
                        .with("elements", elements == null ? List.of() : elements)
                        .with("gone", gone)
                        .with("reason", reason)));
    }

    @Command(
            name = "directive",
            description = "Print a directive to delete, to be sent to the vendor.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor directive reading --number 1",
                "  rosterkeep vendor exposure reading"
            })
    int directive(
            @Mixin InDistrict in,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--number", required = true, paramLabel = "N", description = "Which one.") int number) {
        return in.call("vendor directive", in.args().with("id", id).with("number", number));
    }

    @Command(
            name = "attest",
            description = "Record that this vendor attests to have deleted something; else it counts as held.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep vendor attest reading --directive 1 --deleted 2026-12-01 --by 'Example Officer' --method"
                        + " 'keys destroyed' --certificate cert.pdf --operator anna",
                "  rosterkeep vendor exposure reading"
            })
    int attest(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id, @Mixin Attested attested) {
        return in.call("vendor attest", as.in(attested.in(in.args().with("id", id))));
    }

    /// What a certificate of deletion says.
    static final class Attested {
        @Option(names = "--directive", paramLabel = "N", description = "The directive it answers.")
        private int directive;

        @Option(
                names = "--deleted",
                required = true,
                paramLabel = "DAY",
                description = "Up to when; what was given later is still held.")
        private String deleted;

        @Option(names = "--by", required = true, description = "Who attests for the vendor.")
        private String by;

        @Option(names = "--method", required = true, description = "How it was destroyed.")
        private String method;

        @Option(names = "--certificate", paramLabel = "FILE", description = "The certificate; its SHA-256 is kept.")
        private Optional<Path> certificate = Optional.empty();

        @Option(names = "--element", paramLabel = "ELEMENT", description = "Only these data elements.")
        private List<String> elements = List.of();

        @Option(names = "--persons", paramLabel = "FILE", description = "Only these people, by the vendor's ids.")
        private Optional<Path> persons = Optional.empty();

        Common.Args in(Common.Args args) {
            return args.with("directive", directive)
                    .with("deleted", deleted)
                    .with("by", by)
                    .with("method", method)
                    .with("elements", elements)
                    .maybe("certificate", certificate.map(Documents::hash))
                    .maybe("persons", persons.map(Documents::read));
        }
    }
}
