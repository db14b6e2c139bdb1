package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.appliance.DistrictName;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.HomeLock;
import org.rosterkeep.appliance.Launch;
import org.rosterkeep.appliance.Settings;
import org.rosterkeep.appliance.TrialFile;
import org.rosterkeep.appliance.Trouble;

/// The directory of a trial: made, started, stopped and removed as a whole, and never confused with a home that
/// somebody
/// works with.
public record TrialHome(Home home) {
    private static final int PORT = 8443;
    private static final long START_MILLIS_MAX = 60_000;
    private static final long STOP_MILLIS_MAX = 30_000;

    /// Makes the home ready to be started. A trial that was interrupted half-way is begun again.
    public void prepare(Optional<Integer> port, boolean empty) throws IOException {
        var there = Files.exists(home.settings());
        if (there && !Settings.read(home.settings()).trial()
                || !there && !home.names().isEmpty()) {
            throw new Trouble(
                    Exit.REFUSED,
                    "The home " + home.directory() + " is not a trial.",
                    "Somebody made it for something else, and a trial could spoil it.",
                    "Name another directory with --home.");
        }
        if (Files.exists(home.trial()) && TrialFile.read(home.trial()).isEmpty()) {
            throw new Trouble(
                    Exit.FAILED,
                    "The trial in " + home.directory() + " cannot be told from a broken one.",
                    "Its try.json is there, but cannot be read.",
                    "Put that file right, or begin anew: rosterkeep try --clean --home " + home.directory());
        }
        home.make();
        if (!there || port.isPresent()) {
            var text = "# Made by rosterkeep try. Every key: rosterkeep paths --settings\ntrial = true\nlisten-port = "
                    + port.orElse(PORT) + "\n";
            Files.writeString(home.settings(), text);
        }
        var half = home.district(new DistrictName(Trial.DISTRICT));
        if (!empty && Files.exists(half) && !Files.exists(home.trial())) {
            try (var lock = HomeLock.take(home)) {
                Home.remove(half);
                Home.remove(home.rehearsals(new DistrictName(Trial.DISTRICT)));
            }
        }
    }

    /// Starts the appliance in the background and returns when it answers.
    void launch() throws IOException, InterruptedException {
        var log = Launch.log(home);
        long before = log.length();
        var process = Launch.serve(home);
        var client = new ControlClient(home);
        long until = System.nanoTime() + START_MILLIS_MAX * 1_000_000;
        while (!client.running()) {
            if (!process.isAlive() || System.nanoTime() > until) {
                process.destroy();
                throw new Trouble(
                        Exit.FAILED,
                        "The appliance did not start.",
                        reason(log.toPath(), before),
                        "The whole log is in " + log + ".");
            }
            Thread.sleep(20);
        }
    }

    /// What the process said of itself before it gave up: the sentences of a [Trouble] are plain lines in its log.
    private static String reason(Path log, long from) throws IOException {
        var bytes = Files.readAllBytes(log);
        var text = new String(
                bytes,
                (int) Math.min(from, bytes.length),
                (int) Math.max(0, bytes.length - from),
                java.nio.charset.StandardCharsets.UTF_8);
        var lines = text.lines().filter(line -> !line.startsWith("{")).toList();
        return lines.isEmpty() ? "It said nothing." : String.join(" ", lines);
    }

    /// Stops it and waits until it is down; false when it was not running.
    boolean stop() throws InterruptedException {
        var client = new ControlClient(home);
        if (!client.running()) {
            return false;
        }
        var asker = new Asker(home, line -> {});
        long pid = asker.ask("status", new Common.Args()).getJsonNumber("pid").longValue();
        asker.ask("stop", new Common.Args());
        long until = System.nanoTime() + STOP_MILLIS_MAX * 1_000_000;
        while (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)
                && pid != ProcessHandle.current().pid()) {
            if (System.nanoTime() > until) {
                throw new Trouble(
                        Exit.FAILED,
                        "The appliance does not stop.",
                        "It was asked to and is still running as process " + pid + ".",
                        "Wait a little, or end the process.");
            }
            Thread.sleep(20);
        }
        return true;
    }

    /// Stops it and removes what a trial makes, and the home itself when nothing else is in it.
    void clean() throws IOException, InterruptedException {
        if (!Files.isDirectory(home.directory())) {
            return;
        }
        if (!Files.exists(home.settings()) || !Settings.read(home.settings()).trial()) {
            throw new Trouble(
                    Exit.REFUSED,
                    "The home " + home.directory() + " is not a trial.",
                    "Only what a trial made is removed, and no trial made this.",
                    "Name the trial's directory with --home.");
        }
        stop();
        var demo = new DistrictName(Trial.DISTRICT);
        Home.remove(home.district(demo));
        Home.remove(home.rehearsals(demo));
        Files.deleteIfExists(home.trial());
        Files.deleteIfExists(home.nameless());
        if (home.names().isEmpty()) {
            for (var path : List.of(
                    home.districts(),
                    home.rehearsals(),
                    home.tls(),
                    home.run(),
                    home.log(),
                    home.grants(),
                    home.operators(),
                    home.egress(),
                    home.authorities(),
                    home.courierSocket(),
                    home.settings())) {
                Home.remove(path);
            }
            if (isEmpty(home.directory())) {
                Files.delete(home.directory());
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var all = Files.list(directory)) {
            return all.findAny().isEmpty();
        }
    }
}
