package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.BeforeUpgrade;
import org.rosterkeep.appliance.Diagnosis;
import org.rosterkeep.appliance.DoctorBounds;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.HomeDoctor;
import org.rosterkeep.appliance.MachineDoctor;
import org.rosterkeep.appliance.ProgramDoctor;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep doctor`: everything that is worth looking at, with what to do about it. Exit code 10 when
/// something is to
/// be looked at, 1 when something is wrong.
@Command(
        name = "doctor",
        description = "Check the machine, the files, the appliance and its districts; say what to do.",
        footer = {
            "",
            "It works whether the appliance runs or not. Exit code 0: all is well; 10: warnings; 1: something is"
                    + " wrong.",
            "Examples:",
            "  rosterkeep doctor",
            "  rosterkeep doctor --full --json"
        })
final class DoctorCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--full", description = "Also read databases and ledgers from end to end.")
    private boolean full;

    @Option(names = "--fix", description = "Put right what can be put right without losing anything.")
    private boolean fix;

    @Option(
            names = "--before-upgrade",
            description = "Try this version on a copy of the data of the one in use; change nothing.")
    private boolean before;

    @Override
    public Integer call() {
        var home = common.home();
        if (before) {
            var tried = new BeforeUpgrade(
                            home, DoctorBounds.shipped(), blocked(new Asker(home, common::hint)), Clock.systemUTC())
                    .look();
            common.answer(answer(tried));
            return exit(tried).code();
        }
        var found = look(home, full, fix, common::hint);
        common.answer(answer(found));
        return exit(found).code();
    }

    /// Everything that can be found out, whether the appliance runs or not.
    static List<Diagnosis> look(Home home, boolean full, boolean fix, Consumer<String> hint) {
        var bounds = DoctorBounds.shipped();
        var found = new ArrayList<>(new HomeDoctor(home, bounds).look(fix));
        var asker = new Asker(home, hint);
        var status = status(asker);
        found.add(service(status));
        var pid = status.map(one -> one.getJsonNumber("pid").longValue());
        found.addAll(new MachineDoctor(Path.of("/"), units(), bounds).look(pid));
        found.addAll(new ProgramDoctor(Path.of("/"), program()).look());
        status.ifPresent(running -> asker.ask("doctor", new Common.Args().with("full", full))
                .getJsonArray("checks")
                .getValuesAs(JsonObject.class)
                .forEach(one -> found.add(Diagnosis.read(one))));
        return found;
    }

    /// The districts that the version in use cannot open.
    private static Set<String> blocked(Asker asker) {
        return status(asker).stream()
                .flatMap(one -> one.getJsonArray("districts").getValuesAs(JsonObject.class).stream())
                .filter(one -> one.getString("state").equals("blocked"))
                .map(one -> one.getString("district"))
                .collect(Collectors.toSet());
    }

    private static Path units() {
        return program().resolve("share").resolve("systemd");
    }

    private static Path program() {
        return Path.of(System.getProperty("rosterkeep.home", "/opt/rosterkeep/current"));
    }

    private static Optional<JsonObject> status(Asker asker) {
        try {
            return Optional.of(asker.ask("status", new Common.Args()));
        } catch (Trouble silent) {
            return Optional.empty();
        }
    }

    private static Diagnosis service(Optional<JsonObject> status) {
        return status.map(one -> one.getBoolean("trial")
                        ? Diagnosis.warning(
                                "service",
                                "It runs as a trial: the operating system does not confine it.",
                                "Never put real people into it.")
                        : Diagnosis.ok("service", "It runs, process " + one.getInt("pid") + "."))
                .orElseGet(() -> Diagnosis.failed(
                        "service",
                        "Nobody answers: the appliance does not run, or this user may not steer it.",
                        "Start it: systemctl start rosterkeep; why it stopped: journalctl -u rosterkeep"));
    }

    private static Answer answer(List<Diagnosis> found) {
        var array = Json.createArrayBuilder();
        found.forEach(one -> array.add(one.json()));
        var lines = new ArrayList<String>();
        for (var one : found) {
            lines.add(String.format("%-11s %-14s %s", one.state().word(), one.id(), subject(one) + one.sentence()));
            if (!one.todo().isEmpty()) {
                lines.add(String.format("%-11s %-14s %s", "", "", one.todo()));
            }
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("state", worst(found).word())
                        .add("checks", array)
                        .build(),
                lines);
    }

    private static String subject(Diagnosis one) {
        return one.about().isEmpty() ? "" : one.about() + ": ";
    }

    private static Diagnosis.State worst(List<Diagnosis> found) {
        return found.stream().map(Diagnosis::state).max(Enum::compareTo).orElse(Diagnosis.State.OK);
    }

    private static Exit exit(List<Diagnosis> found) {
        return switch (worst(found)) {
            case OK, CANNOT_TELL -> Exit.OK;
            case WARNING -> Exit.WARNINGS;
            case FAILED -> Exit.FAILED;
        };
    }
}
