package org.rosterkeep.commands;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Appliance;
import org.rosterkeep.appliance.Approved;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Settings;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.appliance.Unsealers;
import org.rosterkeep.log.Log;
import org.rosterkeep.vendors.HandedSockets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep serve`: the appliance itself, in the foreground, until it is told to stop.
@Command(
        name = "serve",
        description = "Run the appliance until it is told to stop (SIGTERM).",
        footer = {
            "",
            "The log goes to stderr, a JSON line per event.",
            "Examples:",
            "  rosterkeep serve",
            "  rosterkeep serve --home /var/lib/rosterkeep"
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(
            names = "--handed-socket",
            description =
                    "Listen at the socket that is descriptor 0, as a service manager hands it in," + " and open none.")
    private boolean handed;

    @Option(
            names = "--outbound-socket",
            paramLabel = "PATH",
            description = "Where the courier asks for what to send (else courier.sock in the home).")
    private Optional<Path> outboundSocket = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        var clock = Clock.systemUTC();
        var log = new Log(new PrintStream(System.err, true, StandardCharsets.UTF_8), clock);
        log.takeOver();
        common.holdStreams();
        log.takeStreams();
        var home = common.home();
        home.make();
        var sockets = new Appliance.Sockets(socket(), outboundSocket, Unsealers.handedOver(System.getenv()));
        var settings = Settings.read(home.settings());
        if (settings.approved()) {
            Approved.restrict();
        }
        try (var appliance = Appliance.start(home, settings, log, clock, sockets)) {
            Thread.currentThread().setName("main");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(appliance::close));
            appliance.await();
        }
        return Exit.OK.code();
    }

    private Optional<ServerSocketChannel> socket() {
        if (!handed) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    HandedSockets.inherited().orElseThrow(() -> noSocket("Descriptor 0 is no such socket.")));
        } catch (IOException e) {
            throw noSocket("Descriptor 0 could not be used (" + e.getClass().getSimpleName() + ").")
                    .because(e);
        }
    }

    private static Trouble noSocket(String why) {
        return Trouble.wrongUse(
                "No listening socket was handed in.",
                why,
                "Start the service by its socket unit, or leave --handed-socket out.");
    }
}
