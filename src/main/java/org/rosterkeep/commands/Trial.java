package org.rosterkeep.commands;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.TrialFile;
import org.rosterkeep.appliance.Trouble;

/// Furnishes a running appliance for a newcomer: a district from a made-up roster, two vendors that differ in school,
/// fields and treatment, and everything two people have to do before a vendor gets anything. It does nothing that the
/// command line could not do: each step is one verb.
public final class Trial {
    public static final String DISTRICT = "demo";

    private static final String SAMPLE = "sample-roster.zip";

    private final Home home;
    private final Consumer<String> progress;
    private final SecureRandom random;
    private final Clock clock;
    private final Asker asker;

    public Trial(Home home, Consumer<String> progress, SecureRandom random, Clock clock) {
        this.home = home;
        this.progress = progress;
        this.random = random;
        this.clock = clock;
        this.asker = new Asker(home, line -> progress.accept("    " + line));
    }

    /// Makes everything and writes down what it made.
    public TrialFile furnish(Optional<Path> named) throws IOException {
        var roster = named.isPresent() ? named.get().toAbsolutePath() : sample();
        var schools = Schools.largestFirst(roster);
        if (schools.isEmpty()) {
            throw new Trouble(
                    Exit.FAILED,
                    "The roster names no school.",
                    "No row of its orgs.csv has the type school, so no rule can be written for it.",
                    "Give another --roster, or leave it away to use the made-up one.");
        }
        step("making the district \"" + DISTRICT + "\" with keys of its own");
        ask("district make", TrialDocuments.district(DISTRICT));
        var operators = operators();
        step("importing " + (named.isPresent() ? named.get().getFileName() : "the made-up roster"));
        ask("intake run", args().with("file", roster.toString()));
        if (named.isEmpty()) {
            Files.delete(roster);
        }
        var vendors = new ArrayList<TrialFile.Vendor>();
        for (var sharing : TrialDocuments.sharings(schools, named.isEmpty(), clock.instant())) {
            vendors.add(share(sharing, operators.getFirst(), operators.subList(1, operators.size())));
        }
        var status = asker.ask("status", new Common.Args());
        var file = TrialFile.at(status.getString("baseUrl"), status.getString("caFile"), operators, vendors);
        file.write(home.trial());
        return file;
    }

    private List<TrialFile.Operator> operators() {
        step("making three operators: whoever drafts a rule cannot approve it, and many children take two");
        var operators = List.of(
                new TrialFile.Operator("anna", password(), List.of("administrator", "operator", "privacy-officer")),
                new TrialFile.Operator("ben", password(), List.of("approver", "auditor")),
                new TrialFile.Operator("cleo", password(), List.of("approver")));
        var first = operators.getFirst();
        ask("operator make", made(args(), first));
        operators.stream().skip(1).forEach(one -> ask("operator make", made(as(first), one)));
        return operators;
    }

    private static Common.Args made(Common.Args args, TrialFile.Operator one) {
        return args.with("name", one.name()).with("roles", one.roles()).with("new", one.password());
    }

    private TrialFile.Vendor share(
            TrialDocuments.Sharing sharing, TrialFile.Operator author, List<TrialFile.Operator> approvers) {
        step(sharing.name() + ": vendor, agreement, rule \"" + sharing.rule() + "\"; drafted by " + author.name()
                + ", approved by others");
        ask("vendor put", as(author).with("document", sharing.vendorFile()));
        ask("agreement put", as(author).with("document", sharing.agreementFile()));
        ask("rule draft", as(author).with("document", sharing.ruleFile()));
        ask("rule submit", as(author).with("id", sharing.rule()));
        for (var approver : approvers) {
            if (ask("rule approve", as(approver).with("id", sharing.rule())).getInt("missing") == 0) {
                break;
            }
        }
        var client = ask("client make", as(author).with("id", sharing.client()).with("rule", sharing.rule()));
        return new TrialFile.Vendor(sharing.name(), sharing.client(), client.getString("secret"), sharing.rule());
    }

    /// What each rule says in plain sentences, by vendor.
    List<String> described(TrialFile.Vendor vendor) {
        return asker.ask("rule show", args().with("id", vendor.rule()))
                .getJsonArray("sentences")
                .getValuesAs(jakarta.json.JsonString::getString);
    }

    private JsonObject ask(String verb, Common.Args args) {
        return asker.ask(verb, args);
    }

    private static Common.Args args() {
        return new Common.Args().with("district", DISTRICT);
    }

    private static Common.Args as(TrialFile.Operator operator) {
        return args().with("operator", operator.name()).with("password", operator.password());
    }

    private void step(String line) {
        progress.accept("  " + line);
    }

    private String password() {
        var bytes = new byte[15];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// The made-up roster, as a file an import can read.
    private Path sample() throws IOException {
        var file = home.directory().resolve(SAMPLE);
        try (var in = Trial.class.getResourceAsStream(SAMPLE)) {
            if (in == null) {
                throw new IOException("the made-up roster is not in the program");
            }
            Files.deleteIfExists(file);
            Files.copy(in, file);
        }
        return file;
    }
}
