package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep person`: what was decided about single people. A directory opt-out, an objection, a restriction and a
/// protection are four different things.
@Command(
        name = "person",
        description = "Opt-outs, objections, restrictions, protection and consent of single people.",
        subcommands = {ConsentCommand.class, WithdrawCommand.class})
final class PeopleCommands {
    @Mixin
    private Common common;

    @Command(
            name = "show",
            description = "Show what was decided about one person; recorded in the ledger.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person show p00014 --operator anna",
                "  rosterkeep person show p00014 --operator anna --json"
            })
    int show(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ID") String id) {
        return in.call("person show", as.in(in.args().with("person", id)));
    }

    @Command(
            name = "list",
            description = "List the people about whom something is decided; protected ones only for those named.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person list --operator anna",
                "  rosterkeep person list --what objection --operator anna"
            })
    int list(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(
                            names = "--what",
                            paramLabel = "WORD",
                            description =
                                    "Only these: directory-optout, objection, restriction, protection, consent, ...")
                    Optional<String> what) {
        return in.call("person list", as.in(in.args().maybe("what", what)));
    }

    @Command(
            name = "optout",
            description = "Opt a person, or everybody in a file, out of directory information.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person optout p00014 --operator anna",
                "  rosterkeep person optout --file optouts.csv --until 2027-07-31 --operator anna"
            })
    int optout(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID", arity = "0..1") Optional<String> id,
            @Option(
                            names = "--file",
                            paramLabel = "CSV",
                            description = "One sourcedId on each line; a first line `sourcedId` is passed over.")
                    Optional<Path> file,
            @Option(
                            names = "--until",
                            paramLabel = "DAY",
                            description = "Ends with this day's start; else after the usual time.")
                    Optional<String> until) {
        var args = PeopleFile.into(in.args(), "who opts out", id, file).maybe("until", until);
        return in.call("person optout", as.in(args));
    }

    @Command(
            name = "object",
            description = "Keep an objection: against one vendor, one element, or everybody.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person object p00014 --vendor reading-app --grounds 'by letter of 3 May' --operator anna",
                "  rosterkeep person object p00014 --everybody --grounds 'by letter of 3 May' --operator anna"
            })
    int object(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--vendor", paramLabel = "ID", description = "Against this vendor.")
                    Optional<String> vendor,
            @Option(names = "--element", paramLabel = "ID", description = "Against this data element.")
                    Optional<String> element,
            @Option(names = "--everybody", description = "Against every vendor.") boolean everybody,
            @Option(
                            names = "--grounds",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why, in short; kept in the dossier.")
                    String grounds) {
        return in.call(
                "person object",
                as.in(in.args()
                        .with("person", id)
                        .maybe("vendor", vendor)
                        .maybe("element", element)
                        .with("everybody", everybody)
                        .with("grounds", grounds)));
    }

    @Command(
            name = "uphold",
            description = "Decide that an objection is right. To dismiss it: person lift.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person uphold p00014 1 --reason 'no ground of ours outweighs it' --operator anna",
                "  rosterkeep person show p00014 --operator anna"
            })
    int uphold(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "NUMBER") int number,
            @Option(names = "--reason", required = true, description = "Why; kept in the dossier.") String reason) {
        return in.call(
                "person uphold",
                as.in(in.args().with("person", id).with("number", number).with("reason", reason)));
    }

    @Command(
            name = "restrict",
            description = "Give no vendor anything about a person, until it is lifted.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person restrict p00014 --reason 'accuracy is being checked' --operator anna",
                "  rosterkeep person show p00014 --operator anna"
            })
    int restrict(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; kept in the dossier.") String reason) {
        return in.call("person restrict", as.in(in.args().with("person", id).with("reason", reason)));
    }

    @Command(
            name = "protect",
            description = "Protect a person: in no rule that tells where somebody is, and in no list.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person protect p00014 --reason 'order of 3 May' --named anna --operator anna",
                "  rosterkeep person protect p00014 --reason 'order of 3 May' --named anna --named ben --operator anna"
            })
    int protect(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--reason", required = true, description = "Why; kept in the dossier.") String reason,
            @Option(
                            names = "--named",
                            paramLabel = "OPERATOR",
                            description = "Who may see the person in lists; may be given again.")
                    List<String> named) {
        return in.call(
                "person protect",
                as.in(in.args()
                        .with("person", id)
                        .with("reason", reason)
                        .with("named", named == null ? List.of() : named)));
    }

    @Command(
            name = "contest",
            description = "A value is contested: no vendor is given the field until somebody has decided.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person contest p00014 --field user.email --grounds 'not theirs' --operator anna",
                "  rosterkeep person show p00014 --operator anna"
            })
    int contest(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--field", paramLabel = "ENTITY.FIELD", required = true, description = "Which field.")
                    String field,
            @Option(
                            names = "--grounds",
                            paramLabel = "TEXT",
                            required = true,
                            description = "What is said to be wrong.")
                    String grounds) {
        return in.call(
                "person contest",
                as.in(in.args().with("person", id).with("field", field).with("grounds", grounds)));
    }

    @Command(
            name = "leave",
            description = "A person leaves: given to nobody once the grace is over.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person leave p00014 --on 2027-01-31 --operator anna",
                "  rosterkeep person leave p00014 --grace 10 --operator anna"
            })
    int leave(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--on", paramLabel = "DAY", description = "The day; else now.") Optional<String> on,
            @Option(
                            names = "--grace",
                            paramLabel = "DAYS",
                            description = "How long they are still given; else the usual.")
                    Optional<Integer> grace) {
        var args = in.args().with("person", id).maybe("on", on);
        grace.ifPresent(days -> args.with("grace", days));
        return in.call("person leave", as.in(args));
    }

    @Command(
            name = "exception",
            description = "Ask for an exception to a protection, for one vendor and a few days: takes two people.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person exception p00014 --vendor bus-app --days 3 --reason 'school trip' --operator anna",
                "  rosterkeep person sign p00014 2 --operator ben"
            })
    int exception(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Option(names = "--vendor", paramLabel = "ID", required = true, description = "For this vendor.")
                    String vendor,
            @Option(names = "--days", paramLabel = "N", required = true, description = "How long.") int days,
            @Option(names = "--reason", required = true, description = "Why; kept in the dossier.") String reason) {
        return in.call(
                "person exception",
                as.in(in.args()
                        .with("person", id)
                        .with("vendor", vendor)
                        .with("days", days)
                        .with("reason", reason)));
    }

    @Command(
            name = "sign",
            description = "Sign an exception somebody else asked for.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person sign p00014 2 --operator ben",
                "  rosterkeep person show p00014 --operator ben"
            })
    int sign(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "NUMBER") int number) {
        return in.call("person sign", as.in(in.args().with("person", id).with("number", number)));
    }

    @Command(
            name = "lift",
            description =
                    "End an entry: an opt-out, objection, restriction, consent ...; a protection takes two people.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person lift p00014 1 --reason 'taken back by letter' --operator anna",
                "  rosterkeep person show p00014 --operator anna"
            })
    int lift(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ID") String id,
            @Parameters(paramLabel = "NUMBER") int number,
            @Option(names = "--reason", required = true, description = "Why; kept in the dossier.") String reason) {
        return in.call(
                "person lift",
                as.in(in.args().with("person", id).with("number", number).with("reason", reason)));
    }

    @Command(
            name = "strict",
            description = "Let a directory opt-out count against every vendor that is not essential.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep person strict --operator anna",
                "  rosterkeep person strict --off --operator anna"
            })
    int strict(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--off", description = "Let it count against directory information only.") boolean off) {
        return in.call("person strict", as.in(in.args().with("off", off)));
    }
}
