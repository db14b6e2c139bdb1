package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Appliance;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Launch;
import org.rosterkeep.appliance.Settings;
import org.rosterkeep.appliance.TrialFile;
import org.rosterkeep.log.Log;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep try`: a furnished appliance on this machine, without root and without a trace outside its home.
@Command(
        name = "try",
        description = "Start an appliance with a made-up district and two vendors, to look around in.",
        footer = {
            "",
            "A second run on the same home starts it again as it was.",
            "Examples:",
            "  rosterkeep try --detach",
            "  rosterkeep try --roster export.zip --home /tmp/trial --port 9443"
        })
final class TryCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--port", paramLabel = "N", description = "Where vendors connect (default 8443; 0: any).")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--roster", paramLabel = "FILE", description = "This OneRoster CSV instead of the made-up one.")
    private Optional<Path> roster = Optional.empty();

    @Option(names = "--empty", description = "Nothing but the appliance.")
    private boolean empty;

    @ArgGroup
    private Manner manner = new Manner();

    /// One of three other ways to use it.
    static final class Manner {
        @Option(names = "--detach", description = "Return when it is ready; it goes on in the background.")
        private boolean detach;

        @Option(names = "--stop", description = "Stop a trial that runs in the background.")
        private boolean stop;

        @Option(names = "--clean", description = "Stop it and remove everything it made.")
        private boolean clean;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = common.namedHome().orElseGet(() -> Home.trial(System.getenv(), Home.userHome(System.getenv())));
        var place = new TrialHome(home);
        if (manner.stop) {
            return ended(place.stop() ? "stopped" : "it was not running");
        }
        if (manner.clean) {
            place.clean();
            return ended("removed " + home.directory());
        }
        if (new ControlClient(home).running()) {
            if (port.isPresent() || roster.isPresent() || empty) {
                common.hint("It runs already and stays as it is: --port, --roster and --empty were passed over. End it"
                        + " first, with --stop, or with --clean to begin anew.");
            }
            tell(home);
            return Exit.OK.code();
        }
        place.prepare(port, empty);
        return manner.detach ? detached(place) : attached(place);
    }

    private int ended(String line) {
        return common.answer(
                Answer.of(Json.createObjectBuilder().add("done", line).build(), line));
    }

    private int detached(TrialHome place) throws IOException, InterruptedException {
        common.hint("Rosterkeep starts in " + place.home().directory());
        place.launch();
        try {
            furnish(place.home());
        } catch (IOException | RuntimeException e) {
            place.stop();
            throw e;
        }
        tell(place.home());
        return Exit.OK.code();
    }

    private int attached(TrialHome place) throws IOException, InterruptedException {
        var home = place.home();
        common.hint("Rosterkeep starts in " + home.directory());
        var clock = Clock.systemUTC();
        var log = new Log(
                new PrintStream(Files.newOutputStream(Launch.log(home).toPath()), true, StandardCharsets.UTF_8), clock);
        log.takeOver();
        try (var appliance = Appliance.start(home, Settings.read(home.settings()), log, clock)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(appliance::close));
            furnish(home);
            tell(home);
            common.hint("It runs until you press Ctrl-C. With --detach it would go on in the background.");
            appliance.await();
        }
        return Exit.OK.code();
    }

    private void furnish(Home home) throws IOException {
        if (Files.exists(home.trial())) {
            if (roster.isPresent() || empty) {
                common.hint("This trial was made before and stays as it is: --roster and --empty were passed over. To"
                        + " begin anew, --clean first.");
            }
        } else if (!empty) {
            new Trial(home, common::hint, new SecureRandom(), Clock.systemUTC()).furnish(roster);
        }
    }

    private void tell(Home home) {
        var file = TrialFile.read(home.trial());
        var lines = new ArrayList<String>();
        JsonObject json;
        if (file.isPresent()) {
            var trial = new Trial(home, common::hint, new SecureRandom(), Clock.systemUTC());
            lines.addAll(TrialPrint.lines(home, file.get(), trial::described));
            json = Json.createObjectBuilder()
                    .add("trial", home.trial().toString())
                    .add("baseUrl", file.get().baseUrl())
                    .build();
        } else {
            var status = new Asker(home, common::hint).ask("status", new Common.Args());
            lines.addAll(TrialPrint.empty(home, status.getString("baseUrl"), status.getString("caFile")));
            json = Json.createObjectBuilder()
                    .add("baseUrl", status.getString("baseUrl"))
                    .build();
        }
        common.answer(new Answer(json, List.copyOf(lines)));
    }
}
