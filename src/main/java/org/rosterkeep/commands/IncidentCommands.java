package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep incident`: what happened, whom to tell and by when. Nothing is sent by the appliance.
@Command(name = "incident", description = "Record an incident; see whom to tell, by when, and how far it reaches.")
final class IncidentCommands {
    @Mixin
    private Common common;

    @Command(
            name = "open",
            description = "Put an incident on record, notified or not. Name no person in it.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident open --kind confidentiality --summary 'A laptop was stolen.' --operator anna",
                "  rosterkeep incident open --kind integrity --summary 'Wrong grades.' --vendor acme --operator anna"
            })
    int open(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(
                            names = "--kind",
                            paramLabel = "KIND",
                            required = true,
                            description = "What was lost: confidentiality, integrity or availability.")
                    String kind,
            @Option(names = "--summary", paramLabel = "TEXT", required = true, description = "What happened.")
                    String summary,
            @Option(names = "--vendor", paramLabel = "NAME", description = "Where; may be given more than once.")
                    List<String> vendors,
            @Option(names = "--element", paramLabel = "ID", description = "What data; may be given more than once.")
                    List<String> elements,
            @Option(names = "--occurred", paramLabel = "TIME", description = "Since when it went on.")
                    Optional<String> occurred) {
        return in.call(
                "incident open",
                as.in(in.args()
                        .with("kind", kind)
                        .with("summary", summary)
                        .with("vendors", all(vendors))
                        .with("elements", all(elements))
                        .maybe("occurred", occurred)));
    }

    private static List<String> all(List<String> given) {
        return given == null ? List.of() : given;
    }

    @Command(
            name = "reached",
            description = "Say that something clocks count from has happened, and when.",
            footer = {
                "",
                "A time without an offset is the district's; a day alone is its first moment.",
                "",
                "Examples:",
                "  rosterkeep incident reached 2026-001 discovered --at 2026-11-20T16:00 --why 'Told by IT.'"
                        + " --operator anna",
                "  rosterkeep incident reached 2026-001 high-risk --at 2026-11-21 --why 'Addresses.' --operator anna"
            })
    int reached(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(
                            paramLabel = "MILESTONE",
                            description =
                                    "discovered, aware, confirmed, determined, high-risk, significant, identified,"
                                            + " vendor-notice, notice-given, people-told or delay-ended.")
                    String milestone,
            @Option(names = "--at", paramLabel = "TIME", required = true, description = "When it happened.") String at,
            @Option(names = "--why", paramLabel = "TEXT", required = true, description = "How that is known.")
                    String why) {
        return say(
                in,
                as,
                id,
                "reached",
                new Common.Args().with("milestone", milestone).with("at", at).with("why", why));
    }

    @Command(
            name = "count",
            description = "Say how many people are concerned.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident count 2026-001 1204 --how 'rosterkeep incident reach' --operator anna",
                "  rosterkeep incident reach --vendor acme --from 2026-11-01 --operator anna"
            })
    int count(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(paramLabel = "PEOPLE") int people,
            @Option(names = "--how", paramLabel = "TEXT", required = true, description = "How they were counted.")
                    String how) {
        return say(
                in, as, id, "counted", new Common.Args().with("people", people).with("how", how));
    }

    @Command(
            name = "weigh",
            description = "Say how high the risk for people is, and why.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident weigh 2026-001 unlikely --encrypted --keys-safe --why 'Sealed disk.' --operator"
                        + " anna",
                "  rosterkeep incident weigh 2026-001 high --why 'Home addresses of children.' --operator anna"
            })
    int weigh(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(paramLabel = "RISK", description = "unlikely, likely or high.") String risk,
            @Option(names = "--encrypted", description = "What got out was encrypted.") boolean encrypted,
            @Option(names = "--keys-safe", description = "Its keys did not get out.") boolean keysSafe,
            @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The reasons.") String why) {
        return say(
                in,
                as,
                id,
                "weighed",
                new Common.Args()
                        .with("risk", risk)
                        .with("encrypted", encrypted)
                        .with("keysSafe", keysSafe)
                        .with("reasons", why));
    }

    @Command(
            name = "decide",
            description = "Decide that somebody is told, or that they are not, with reasons.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident decide 2026-001 EU:authority:pt72h --not --why 'A risk is unlikely.' --operator"
                        + " anna",
                "  rosterkeep incident clocks 2026-001"
            })
    int decide(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(paramLabel = "DUTY", description = "As incident clocks names it.") String duty,
            @Option(names = "--not", description = "They are not told.") boolean not,
            @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The reasons.") String why) {
        return say(
                in,
                as,
                id,
                "decided",
                new Common.Args().with("duty", duty).with("tell", !not).with("reasons", why));
    }

    @Command(
            name = "told",
            description = "Say that somebody was told, with what was sent.",
            footer = {
                "",
                "Only the file's hash is kept.",
                "",
                "Examples:",
                "  rosterkeep incident told 2026-001 EU:authority:pt72h --at 2026-11-21T09:00 --how portal"
                        + " --evidence notice.pdf --operator anna",
                "  rosterkeep incident clocks 2026-001"
            })
    int told(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(paramLabel = "DUTY", description = "As incident clocks names it.") String duty,
            @Option(names = "--at", paramLabel = "TIME", required = true, description = "When it was sent.") String at,
            @Option(names = "--how", paramLabel = "TEXT", required = true, description = "By letter, e-mail, portal.")
                    String how,
            @Option(names = "--evidence", paramLabel = "FILE", required = true, description = "What was sent.")
                    Path evidence,
            @Option(names = "--late", paramLabel = "TEXT", description = "Why it is late, when it is.")
                    Optional<String> late) {
        return say(
                in,
                as,
                id,
                "told",
                new Common.Args()
                        .with("duty", duty)
                        .with("at", at)
                        .with("how", how)
                        .with("evidence", Documents.hash(evidence))
                        .maybe("late", late));
    }

    @Command(
            name = "delay",
            description = "Say that an authority asked to wait.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident delay 2026-001 US-NY:state-privacy-officer:p10d --authority 'State police'"
                        + " --until 2026-12-20 --why 'Investigation.' --operator anna",
                "  rosterkeep incident clocks 2026-001"
            })
    int delay(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(paramLabel = "DUTY", description = "As incident clocks names it.") String duty,
            @Option(names = "--authority", paramLabel = "NAME", required = true, description = "Who asked.")
                    String authority,
            @Option(names = "--until", paramLabel = "TIME", required = true, description = "Until when.") String until,
            @Option(names = "--why", paramLabel = "TEXT", required = true, description = "The reason given.")
                    String why) {
        return say(
                in,
                as,
                id,
                "delayed",
                new Common.Args()
                        .with("duty", duty)
                        .with("authority", authority)
                        .with("until", until)
                        .with("reason", why));
    }

    @Command(
            name = "note",
            description = "Note what was done about it, or found out.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident note 2026-001 'All clients of acme revoked.' --operator anna",
                "  rosterkeep incident show 2026-001 --operator anna"
            })
    int note(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Parameters(paramLabel = "TEXT") String what) {
        return say(in, as, id, "noted", new Common.Args().with("what", what));
    }

    private static int say(InDistrict in, As as, String id, String step, Common.Args more) {
        var args = in.args().with("id", id).with("step", step).with(more);
        return in.call("incident say", as.in(args));
    }

    @Command(
            name = "close",
            description = "Close an incident, once everybody was told or it was decided that they are not.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident close 2026-001 --lessons 'Disks are sealed now.' --operator anna",
                "  rosterkeep incident list"
            })
    int close(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "INCIDENT") String id,
            @Option(names = "--lessons", paramLabel = "TEXT", required = true, description = "What was learned.")
                    String lessons) {
        return in.call("incident close", as.in(in.args().with("id", id).with("lessons", lessons)));
    }

    @Command(
            name = "show",
            description = "Show all that was said of an incident, and whom to tell.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident show 2026-001 --operator anna",
                "  rosterkeep incident show 2026-001 --json --operator anna"
            })
    int show(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "INCIDENT") String id) {
        return in.call("incident show", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "clocks",
            description = "Show whom every active pack says to tell, what is due first at the top.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident clocks 2026-001",
                "  rosterkeep incident clocks 2026-001 --json"
            })
    int clocks(@Mixin InDistrict in, @Parameters(paramLabel = "INCIDENT") String id) {
        return in.call("incident clocks", in.args().with("id", id));
    }

    @Command(
            name = "list",
            description = "List the incidents, and how many still have to be told.",
            footer = {"", "Examples:", "  rosterkeep incident list", "  rosterkeep incident list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("incident list", in.args());
    }

    @Command(
            name = "reach",
            description = "Count of how many people a vendor was told what, between two moments.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep incident reach --vendor acme --from 2026-11-01 --until 2026-11-20 --operator anna",
                "  rosterkeep incident reach --vendor acme --element contact.email --operator anna"
            })
    int reach(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--vendor", paramLabel = "NAME", required = true, description = "Which vendor.")
                    String vendor,
            @Option(names = "--element", paramLabel = "ID", description = "Only these data elements.")
                    List<String> elements,
            @Option(names = "--from", paramLabel = "TIME", description = "The first moment; else since ever.")
                    Optional<String> from,
            @Option(names = "--until", paramLabel = "TIME", description = "The first moment after it; else now.")
                    Optional<String> until) {
        return in.call(
                "incident reach",
                as.in(in.args()
                        .with("vendor", vendor)
                        .with("elements", all(elements))
                        .maybe("from", from)
                        .maybe("until", until)));
    }
}
