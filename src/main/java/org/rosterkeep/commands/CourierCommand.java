package org.rosterkeep.commands;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Build;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.courier.Courier;
import org.rosterkeep.log.Log;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep courier`: the second process, the only one that calls out. It has no home and no store.
@Command(
        name = "courier",
        description = "Run the courier, which sends what the appliance hands it, until it is told to stop (SIGTERM).",
        footer = {
            "",
            "The log goes to stderr, a JSON line per delivery, without a personal value.",
            "It has no home: --home says nothing to it.",
            "Examples:",
            "  rosterkeep courier",
            "  rosterkeep courier --outbound-socket /run/rosterkeep-outbound/courier.sock --workers 8"
        })
final class CourierCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(
            names = "--outbound-socket",
            paramLabel = "FILE",
            defaultValue = "/run/rosterkeep-outbound/courier.sock",
            description = "Where the appliance hands out deliveries (default: ${DEFAULT-VALUE}).")
    private Path socket;

    @Option(
            names = "--manifest",
            paramLabel = "FILE",
            defaultValue = "/run/rosterkeep-egress/manifest.json",
            description = "Which addresses may be reached (default: ${DEFAULT-VALUE}).")
    private Path manifest;

    @Option(
            names = "--operators",
            paramLabel = "FILE",
            defaultValue = "/etc/rosterkeep-courier/operators.json",
            description = "Whose signatures count (default: ${DEFAULT-VALUE}).")
    private Path operators;

    @Option(
            names = "--authorities",
            paramLabel = "FILE",
            defaultValue = "/etc/rosterkeep-courier/authorities.pem",
            description = "Certificates of further authorities, PEM; may be missing (default: ${DEFAULT-VALUE}).")
    private Path authorities;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many deliveries at a time (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(names = "--trial", description = "Nothing keeps it in, and it says so; for a trial only.")
    private boolean trial;

    @Override
    public Integer call() throws InterruptedException {
        if (workers < 1 || workers > 64) {
            throw Trouble.wrongUse(
                    "--workers is a number from 1 to 64.", "It is " + workers + ".", "Write another one.");
        }
        var clock = Clock.systemUTC();
        var log = new Log(new PrintStream(System.err, true, StandardCharsets.UTF_8), clock);
        log.takeOver();
        common.holdStreams();
        log.takeStreams();
        var setting = new Courier.Setting(
                socket, manifest, operators, Optional.of(authorities), workers, trial, Build.number());
        try (var courier = Courier.start(setting, new CourierLog(log), clock)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(courier::close));
            courier.await();
        }
        return Exit.OK.code();
    }
}
