package org.rosterkeep.commands;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep notice`: who is told when something gets worse, and by what way.
@Command(name = "notice", description = "Who is told when something gets worse: mail servers and webhooks.")
final class NoticeCommands {
    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List the channels, and what could not be told yet.",
            footer = {"", "Examples:", "  rosterkeep notice list", "  rosterkeep notice list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("notice list", in.args());
    }

    @Command(
            name = "put",
            description = "Ask for a channel; another person has to approve it.",
            footer = {
                "",
                "FILE is JSON: id, kind (smtp or webhook), host, port, country, until; for mail also sender,"
                        + " recipients",
                "(a list) and tls (starttls or implicit); perhaps user, path, internal, pin. A file of the same id",
                "takes the place of the one before, which ends at once.",
                "Examples:",
                "  rosterkeep notice put office-mail.json --operator anna",
                "  rosterkeep notice approve office-mail --operator ben"
            })
    int put(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "FILE") Path file) {
        return in.call("notice put", as.in(in.args().with("file", Documents.read(file))));
    }

    @Command(
            name = "approve",
            description = "Approve a channel somebody else asked for.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep notice list --json",
                "  rosterkeep notice approve office-mail --operator ben"
            })
    int approve(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "CHANNEL") String id) {
        return in.call("notice approve", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "stop",
            description = "End a channel, at once and for good; its secret is forgotten.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep notice stop office-mail",
                "  rosterkeep notice stop office-mail --operator anna"
            })
    int stop(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "CHANNEL") String id) {
        return in.call("notice stop", as.in(in.args().with("id", id)));
    }

    @Command(
            name = "secret",
            description = "Keep what the mail server or the webhook wants to see.",
            footer = {
                "",
                "PART is password (with the user of the file), token, client-certificate or client-key.",
                "Examples:",
                "  rosterkeep notice secret office-mail password --file secret.txt --operator anna",
                "  rosterkeep notice test"
            })
    int secret(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "CHANNEL") String id,
            @Parameters(paramLabel = "PART") String part,
            @Option(names = "--file", paramLabel = "FILE", required = true, description = "Where it stands.")
                    Path file) {
        return in.call(
                "notice secret",
                as.in(in.args().with("id", id).with("part", part).with("text", Documents.read(file))));
    }

    @Command(
            name = "test",
            description = "Send a test by every channel in force.",
            footer = {"", "Examples:", "  rosterkeep notice test", "  rosterkeep notice list"})
    int test(@Mixin InDistrict in) {
        return in.call("notice test", in.args());
    }

    @Command(
            name = "digest",
            description = "Show the last week on a page: what left, to whom, under which rule, what was refused.",
            footer = {
                "",
                "Numbers, and no people. It is mailed once a week by every mail channel.",
                "Examples:",
                "  rosterkeep notice digest",
                "  rosterkeep notice digest --json"
            })
    int digest(@Mixin InDistrict in) {
        return in.call("notice digest", in.args());
    }
}
