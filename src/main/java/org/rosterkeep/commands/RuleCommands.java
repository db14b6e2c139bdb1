package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep rule`: who may be given what, for what, until when.
@Command(name = "rule", description = "Draft, approve, look through and end sharing rules.")
final class RuleCommands {
    @Mixin
    private Common common;

    @Command(
            name = "schema",
            description = "Print the JSON Schema of rule, agreement or vendor files.",
            footer = {"", "Examples:", "  rosterkeep rule schema", "  rosterkeep rule schema agreement"})
    int schema(
            @Mixin Common options,
            @Parameters(paramLabel = "KIND", defaultValue = "rule", description = "rule, agreement or vendor.")
                    String kind) {
        return options.answer(RuleFiles.schema(kind));
    }

    @Command(
            name = "example",
            description = "Print an example of a rule, agreement or vendor file.",
            footer = {"", "Examples:", "  rosterkeep rule example > rule.json", "  rosterkeep rule example vendor"})
    int example(
            @Mixin Common options,
            @Parameters(paramLabel = "KIND", defaultValue = "rule", description = "rule, agreement or vendor.")
                    String kind) {
        return options.answer(RuleFiles.example(kind));
    }

    @Command(
            name = "draft",
            description = "Add a rule, or its next version, as a draft.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule draft reading.json --operator anna",
                "  rosterkeep rule draft - --operator anna --password-file anna.txt < reading.json"
            })
    int draft(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("rule draft", as.in(in.args().with("document", Documents.read(file))));
    }

    @Command(
            name = "submit",
            description = "Put a draft before somebody else for approval.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule submit reading-names --operator anna",
                "  rosterkeep rule preview reading-names --operator anna"
            })
    int submit(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("rule submit", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "approve",
            description = "Approve what another person submitted, by signing its hash.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule preview reading-names --operator anna",
                "  rosterkeep rule approve reading-names --operator ben"
            })
    int approve(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("rule approve", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "opinion",
            description = "Say, as data protection officer, what you think of a rule; it approves nothing.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule opinion reading-names --favourable --text 'Few fields, a short time.' --operator"
                        + " dora",
                "  rosterkeep rule opinion reading-names --text 'The names are not needed for this.' --operator dora"
            })
    int opinion(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--favourable", description = "You would have it; without this you would not.")
                    boolean favourable,
            @Option(names = "--text", required = true, description = "Why; kept and signed with it.") String text) {
        return in.call(
                "rule opinion",
                as.in(in.args().with("id", id).with("favourable", favourable).with("text", text)));
    }

    @Command(
            name = "release",
            description = "Let a held version take over although it changes much of what the vendor sees.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule show reading-names",
                "  rosterkeep rule release reading-names --reason 'two schools were added on purpose' --operator ben"
            })
    int release(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("rule release", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "preview",
            description =
                    "Show what a rule would give: what stands against it, what would change, what the vendor would"
                            + " miss, and masked samples; recorded in the ledger.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule preview reading-names --operator anna",
                "  rosterkeep rule preview reading-names --operator anna --changes",
                "  rosterkeep rule preview reading-names --operator anna --full --records 20 --collection students"
            })
    int preview(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--records", paramLabel = "N", defaultValue = "5", description = "Records per collection.")
                    int records,
            @Option(names = "--full", description = "Show the records' values instead of masking them.") boolean full,
            @Option(
                            names = "--changes",
                            description = "Show the very records that would come and go, at most 100 each.")
                    boolean changes,
            @Option(names = "--collection", paramLabel = "NAME", description = "Only this collection.")
                    Optional<String> collection,
            @Option(names = "--v1p1", description = "In the form of OneRoster 1.1.") boolean v1p1) {
        return in.call(
                "rule preview",
                as.in(in.args()
                        .with("id", id)
                        .with("records", records)
                        .with("full", full)
                        .with("changes", changes)
                        .with("v1p1", v1p1)
                        .maybe("collection", collection)));
    }

    @Command(
            name = "explain",
            description = "Say whether a client is given a field of a person, and why.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule explain --client reading-app --person p00014 --field user.givenName --operator anna",
                "  rosterkeep rule explain --client reading-app --person p00014 --field user.email --json --operator"
                        + " anna",
                "  rosterkeep rule explain --vendor reading-app --person p00014 --field user.email --at 2026-10-05"
                        + " --operator anna",
                "",
                "With --json a client's answer has: given, verdict (yes, no, unknown), client, field, at, sentence,"
                        + " reasons; floors",
                "(floor, words), scope, edition; rule, version, hash, agreement, basis, author, approvers, approvals"
                        + " (operator, at);",
                "refused (floor, from, until, all, numbers, more): what the appliance refused around then whatever the"
                        + " rule said;",
                "guarded: why the view stood still; left (numbers, older): ledger numbers of the newest answers that"
                        + " had the value,",
                "and how many came before. For --vendor: vendor, answers. Later versions only add members."
            })
    int explain(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--client", paramLabel = "ID", description = "Whose rule decides.") Optional<String> client,
            @Option(names = "--vendor", paramLabel = "ID", description = "Or: every client of this vendor.")
                    Optional<String> vendor,
            @Option(
                            names = "--at",
                            paramLabel = "TIME",
                            description = "As it was then: 2026-10-05T08:30:00Z, 2026-10-05T08:30+02:00,"
                                    + " 2026-10-05T08:30[America/New_York], or a date for its end in UTC.")
                    Optional<String> at,
            @Option(names = "--person", paramLabel = "SOURCEDID", required = true, description = "Whose record.")
                    String person,
            @Option(
                            names = "--field",
                            paramLabel = "ENTITY.FIELD",
                            required = true,
                            description = "Which field, by its name of OneRoster 1.1 or 1.2.")
                    String field) {
        return in.call(
                "rule explain",
                as.in(in.args()
                        .with("client", client.orElse(""))
                        .with("vendor", vendor.orElse(""))
                        .with("at", at.orElse(""))
                        .with("person", person)
                        .with("field", field)));
    }

    @Command(
            name = "suspend",
            description = "Stop a rule at once, for the time being.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule suspend reading-names --reason 'under review'",
                "  rosterkeep rule list"
            })
    int suspend(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("rule suspend", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "resume",
            description = "Let a suspended rule work again: takes two people, one after the other.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule resume reading-names --operator anna",
                "  rosterkeep rule resume reading-names --operator ben"
            })
    int resume(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("rule resume", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "revoke",
            description = "End a rule at once and for good.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule revoke reading-names --reason 'contract ended'",
                "  rosterkeep rule list"
            })
    int revoke(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; goes into the ledger.") String reason) {
        return in.call("rule revoke", as.in(in.args().with("id", id).with("reason", reason)));
    }

    @Command(
            name = "list",
            description = "List the rules and how they stand.",
            footer = {"", "Examples:", "  rosterkeep rule list", "  rosterkeep rule list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("rule list", in.args());
    }

    @Command(
            name = "show",
            description = "Say in plain sentences what a rule gives to whom.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep rule show reading-names",
                "  rosterkeep rule show reading-names --json"
            })
    int show(@Mixin InDistrict in, @Parameters(paramLabel = "ID") String id) {
        return in.call("rule show", in.args().with("id", id));
    }
}
