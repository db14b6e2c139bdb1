package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep person consent`. Taking it back is [WithdrawCommand], one step as well.
@Command(
        name = "consent",
        description =
                "Keep a consent of a person, or of everybody in a file, for one rule or for a vendor and a purpose.",
        footer = {
            "",
            "Examples:",
            "  rosterkeep person consent p00014 --rule reading-names --by guardian --identity 'in person' --text"
                    + " v1 --until 2027-07-31 --operator anna",
            "  rosterkeep person consent --file forms.csv --vendor reading-app --purpose library --by guardian"
                    + " --identity 'signed form' --text v1 --until 2027-07-31 --operator anna"
        })
final class ConsentCommand implements Callable<Integer> {
    @Mixin
    private InDistrict in;

    @Mixin
    private As as;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The person's sourcedId.")
    private Optional<String> id = Optional.empty();

    @Option(
            names = "--file",
            paramLabel = "CSV",
            description = "Or everybody in a file: one sourcedId on each line; kept for all of them or for none.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--rule", paramLabel = "ID", description = "For this rule.")
    private Optional<String> rule = Optional.empty();

    @Option(names = "--vendor", paramLabel = "ID", description = "Or for this vendor ...")
    private Optional<String> vendor = Optional.empty();

    @Option(names = "--purpose", paramLabel = "CODE", description = "... and this purpose.")
    private Optional<String> purpose = Optional.empty();

    @Option(
            names = "--by",
            paramLabel = "WHO",
            required = true,
            description = "Who gave it: the person, or who holds their rights.")
    private String by = "";

    @Option(
            names = "--identity",
            paramLabel = "HOW",
            required = true,
            description = "How it was made sure that it was they.")
    private String identity = "";

    @Option(names = "--text", paramLabel = "VERSION", required = true, description = "Which text they were shown.")
    private String text = "";

    @Option(names = "--given", paramLabel = "DAY", description = "When; else now.")
    private Optional<String> given = Optional.empty();

    @Option(names = "--until", paramLabel = "DAY", required = true, description = "When it expires.")
    private String until = "";

    @Override
    public Integer call() {
        var args = PeopleFile.into(in.args(), "who consents", id, file)
                .maybe("rule", rule)
                .maybe("vendor", vendor)
                .maybe("purpose", purpose)
                .with("by", by)
                .with("identity", identity)
                .with("text", text)
                .maybe("given", given)
                .with("until", until);
        return in.call("person consent", as.in(args));
    }
}
