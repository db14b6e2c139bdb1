package org.rosterkeep.commands;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep element`: which data elements an import keeps.
@Command(name = "element", description = "Decide which data elements are kept; the others are dropped unread.")
final class ElementCommands {
    @Mixin
    private Common common;

    @Command(
            name = "list",
            description = "List the data elements, and which are kept.",
            footer = {"", "Examples:", "  rosterkeep element list", "  rosterkeep element list --json"})
    int list(@Mixin InDistrict in) {
        return in.call("element list", in.args());
    }

    @Command(
            name = "keep",
            description = "Keep an element from the next import on. A second person says the same.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep element keep name.middle --reason 'Two children share a name.' --operator anna",
                "  rosterkeep element keep name.middle --reason 'Two children share a name.' --operator ben"
            })
    int keep(
            @Mixin InDistrict in,
            @Mixin As as,
            @Parameters(paramLabel = "ELEMENT") String element,
            @Option(
                            names = "--reason",
                            paramLabel = "TEXT",
                            required = true,
                            description = "Why the district needs it, 10 to 300 characters.")
                    String reason) {
        return in.call("element keep", as.in(in.args().with("id", element).with("reason", reason)));
    }

    @Command(
            name = "leave",
            description = "Drop an element again, from the next import on. One person is enough.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep element leave name.middle --operator anna",
                "  rosterkeep element list"
            })
    int leave(@Mixin InDistrict in, @Mixin As as, @Parameters(paramLabel = "ELEMENT") String element) {
        return in.call("element leave", as.in(in.args().with("id", element)));
    }
}
