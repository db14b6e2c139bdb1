package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep person withdraw`: one step, as giving is; no number to look up and no reason to state.
@Command(
        name = "withdraw",
        description = "Take back the consent of a person, or of everybody in a file; at once, and by anybody here.",
        footer = {
            "",
            "Examples:",
            "  rosterkeep person withdraw p00014 --rule reading-names --operator anna",
            "  rosterkeep person withdraw --file letters.csv --all --operator anna"
        })
final class WithdrawCommand implements Callable<Integer> {
    @Mixin
    private InDistrict in;

    @Mixin
    private As as;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The person's sourcedId.")
    private Optional<String> id = Optional.empty();

    @Option(names = "--file", paramLabel = "CSV", description = "Or everybody in a file: one sourcedId on each line.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--rule", paramLabel = "ID", description = "All that lets this rule give them.")
    private Optional<String> rule = Optional.empty();

    @Option(names = "--vendor", paramLabel = "ID", description = "Or all that was given to this vendor ...")
    private Optional<String> vendor = Optional.empty();

    @Option(names = "--purpose", paramLabel = "CODE", description = "... for this purpose.")
    private Optional<String> purpose = Optional.empty();

    @Option(names = "--all", description = "Or every consent there is.")
    private boolean all;

    @Override
    public Integer call() {
        var args = PeopleFile.into(in.args(), "whose consent is taken back", id, file)
                .maybe("rule", rule)
                .maybe("vendor", vendor)
                .maybe("purpose", purpose)
                .with("all", all);
        return in.call("person withdraw", as.in(args));
    }
}
