package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertThrows;

import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.commands.Asker;
import org.rosterkeep.commands.Common;
import org.rosterkeep.commands.TrialHome;
import org.rosterkeep.log.Log;

/// A whole appliance in this process, with one district that a passphrase opens, asked over its control socket.
final class OneDistrict implements AutoCloseable {
    static final String NAME = "d";
    static final String PHRASE = "plum orbit canyon velvet";

    private final Home home;
    private final Appliance.Sockets sockets;
    private Appliance appliance;

    /// @param credentials what the service manager hands in
    /// @param keyFile whether it opens by itself, by a key file, instead of by [#PHRASE]
    OneDistrict(Path directory, Optional<Path> credentials, boolean keyFile) throws IOException {
        home = new Home(directory.resolve("h"));
        sockets = new Appliance.Sockets(Optional.empty(), Optional.empty(), credentials);
        new TrialHome(home).prepare(Optional.of(0), true);
        appliance = start();
        var args = new Common.Args().with("name", NAME).with("country", "US").with("regimes", List.of("US-FERPA"));
        ask("district make", keyFile ? args.with("keyFile", true) : args.with("passphrase", PHRASE));
    }

    private Appliance start() {
        var log =
                new Log(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), Clock.systemUTC());
        return Appliance.start(home, Settings.read(home.settings()), log, Clock.systemUTC(), sockets);
    }

    Home home() {
        return home;
    }

    Appliance appliance() {
        return appliance;
    }

    /// Starts it after it was closed.
    void open() {
        appliance = start();
    }

    void again() {
        close();
        open();
    }

    JsonObject ask(String verb, Common.Args args) {
        return new Asker(home, line -> {}).ask(verb, args);
    }

    /// How a verb ends that is refused.
    Exit exit(String verb, Common.Args args) {
        return assertThrows(Trouble.class, () -> ask(verb, args), verb).exit();
    }

    @Override
    public void close() {
        appliance.close();
    }
}
