package org.rosterkeep.appliance;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Override
    public Integer call() throws InterruptedException {
        var clock = Clock.systemUTC();
        var log = new Log(new PrintStream(System.err, true, StandardCharsets.UTF_8), clock);
        log.takeOver();
        var home = common.home();
        home.make();
        try (var appliance = Appliance.start(home, Settings.read(home.settings()), log, clock)) {
            Thread.currentThread().setName("main");
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(appliance::close));
            appliance.await();
        }
        return Exit.OK.code();
    }
}
