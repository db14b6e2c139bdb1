package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.Trial;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;
import org.rosterkeep.oracle.Pull;

/// A furnished trial, running: its verbs over the control socket, its vendors over HTTPS.
final class TrialRun implements AutoCloseable {
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
    private final Log log = new Log(new PrintStream(logged, true, StandardCharsets.UTF_8), Clock.systemUTC());
    private final Home home;
    private final HttpClient http;
    private Appliance appliance;
    private TrialFile trial;
    private boolean errorsWanted;

    /// @param roster the made-up one that comes with the program when empty
    TrialRun(Path directory, Optional<Path> roster, Consumer<String> told) throws IOException {
        home = new Home(directory.resolve("h"));
        new TrialHome(home).prepare(Optional.of(0), false);
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        trial = new Trial(home, told, new SecureRandom(), Clock.systemUTC()).furnish(roster);
        http = Trusting.only(Path.of(trial.caFile()));
    }

    /// All that it has logged.
    String logged() {
        return logged.toString(StandardCharsets.UTF_8);
    }

    Log log() {
        return log;
    }

    /// What happens every hour, at this moment.
    void lookRound(java.time.Instant now) {
        appliance.round().look(now);
    }

    /// The error it is about to log is one the test provokes.
    void errorsAreWanted() {
        errorsWanted = true;
    }

    TrialFile file() {
        return trial;
    }

    Home home() {
        return home;
    }

    HttpClient http() {
        return http;
    }

    /// Starts it again, with something done in between.
    void restart(Runnable meanwhile) {
        appliance.close();
        meanwhile.run();
        appliance = Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC());
        trial = TrialFile.at(
                ask("status", new Common.Args()).getString("baseUrl"),
                trial.caFile(),
                trial.operators(),
                trial.vendors());
    }

    JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    Trouble refused(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args));
    }

    /// With one of the trial's operators signed in.
    Common.Args as(String operator) {
        var one = trial.operators().stream()
                .filter(known -> known.name().equals(operator))
                .findFirst()
                .orElseThrow();
        return new Common.Args().with("operator", one.name()).with("password", one.password());
    }

    /// What the vendors' addresses begin with.
    String origin() {
        return trial.tokenUrl().substring(0, trial.tokenUrl().indexOf("/ims/"));
    }

    /// One of its vendors, with a fresh token.
    Pull vendor(int number) {
        var one = trial.vendors().get(number);
        return Pull.as(origin(), http, one.clientId(), one.clientSecret());
    }

    @Override
    public void close() {
        http.close();
        appliance.close();
        assertFalse(!errorsWanted && logged().contains("\"level\":\"error\""), logged::toString);
    }
}
