package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.appliance.Build;
import org.rosterkeep.appliance.Diagnosis;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Settings;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.appliance.Units;
import org.rosterkeep.ledger.LedgerFault;
import org.rosterkeep.ledger.LedgerHead;
import org.rosterkeep.support.Bundle;
import org.rosterkeep.support.LogSieve;
import org.rosterkeep.support.Pseudonyms;
import org.rosterkeep.support.Rounded;

/// Fills the sheets of a support bundle. Of what is free text nothing is taken: of a check its id and state, of a
/// setting whether it is set, of a district its place in the list.
final class SupportSheets {
    private static final int LOG_LINES = 5000;
    private static final long LOG_BYTES = 8L << 20;
    /// Settings whose value is a number or a yes.
    private static final Set<Settings.Key> TOLD =
            Set.of(Settings.Key.LISTEN_PORT, Settings.Key.TRIAL, Settings.Key.BACKUP_DAYS, Settings.Key.BACKUP_HOUR);

    private final Home home;
    private final Clock clock;
    private final Pseudonyms pseudonyms = new Pseudonyms();

    SupportSheets(Home home, Clock clock) {
        this.home = home;
        this.clock = clock;
    }

    Bundle bundle() {
        home.names().forEach(name -> pseudonyms.district(name.text()));
        return new Bundle(List.of(
                new Bundle.Sheet("about.json", "versions of the program, its Java and the system", List.of(about())),
                new Bundle.Sheet("doctor.jsonl", "each check's id and state, without its sentence", doctor()),
                new Bundle.Sheet(
                        "settings.json", "numbers and switches; of the rest whether it is set", List.of(settings())),
                new Bundle.Sheet("units.jsonl", "whether the units run, and how they last ended", Units.lines()),
                new Bundle.Sheet(
                        "districts.jsonl", "each district's state, rounded sizes and the ledger's head", districts()),
                new Bundle.Sheet("log.jsonl", "coded lines of the log, written anew; addresses renamed", log())));
    }

    private String about() {
        return Json.createObjectBuilder()
                .add("format", 1)
                .add("made", clock.instant().truncatedTo(ChronoUnit.HOURS).toString())
                .add("version", Build.number())
                .add("java", Runtime.version().toString())
                .add("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .add("kernel", System.getProperty("os.version").replaceAll("[^0-9.].*", ""))
                .add("processors", Runtime.getRuntime().availableProcessors())
                .build()
                .toString();
    }

    private List<String> doctor() {
        List<Diagnosis> found;
        try {
            found = DoctorCommand.look(home, false, false, line -> {});
        } catch (RuntimeException e) {
            return List.of("{\"check\":\"doctor\",\"state\":\"failed\"}");
        }
        return found.stream()
                .map(one -> {
                    var json = Json.createObjectBuilder()
                            .add("check", one.id())
                            .add("state", one.state().word());
                    if (!one.about().isEmpty()) {
                        json.add("district", pseudonyms.district(one.about()));
                    }
                    return json.build().toString();
                })
                .toList();
    }

    private String settings() {
        var json = Json.createObjectBuilder();
        List<String> lines;
        try {
            lines = Files.readAllLines(home.settings(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return json.add("readable", false).build().toString();
        }
        for (var key : Settings.Key.values()) {
            json.add(key.word(), setting(key, lines));
        }
        return json.build().toString();
    }

    private String setting(Settings.Key key, List<String> lines) {
        var value = lines.stream()
                .map(String::strip)
                .filter(line -> line.matches(key.word() + "\\s*=.*"))
                .map(line -> line.substring(line.indexOf('=') + 1).strip())
                .findFirst();
        if (value.isEmpty() || value.get().isEmpty()) {
            return "default";
        }
        if (key == Settings.Key.LISTEN_ADDRESS) {
            return pseudonyms.address(value.get());
        }
        return TOLD.contains(key) && value.get().matches("[0-9]{1,5}|true|false") ? value.get() : "set";
    }

    private List<String> districts() {
        var running = running();
        var lines = new ArrayList<String>();
        for (var name : home.names()) {
            var json = Json.createObjectBuilder().add("district", pseudonyms.district(name.text()));
            var directory = home.district(name);
            json.add("bytes", Rounded.bytes(bytes(directory)));
            ledger(directory.resolve("ledger"), json);
            running.stream()
                    .filter(one -> one.getString("district").equals(name.text()))
                    .findFirst()
                    .ifPresent(one -> told(one, json));
            lines.add(json.build().toString());
        }
        return lines;
    }

    private static void ledger(Path directory, JsonObjectBuilder json) {
        try {
            var head = LedgerHead.of(directory);
            json.add("ledgerSegments", head.segments()).add("ledgerBytes", Rounded.bytes(head.bytes()));
            head.head().ifPresent(hash -> json.add("ledgerHead", hash));
        } catch (LedgerFault e) {
            json.add("ledgerReadable", false);
        }
    }

    private static void told(JsonObject one, JsonObjectBuilder json) {
        json.add("state", one.getString("state"));
        for (var member : List.of("users", "classes", "enrollments", "entries")) {
            if (one.containsKey(member)) {
                json.add(member, Rounded.count(one.getJsonNumber(member).longValue()));
            }
        }
        for (var member : List.of("ledger", "chain", "code")) {
            if (one.getString(member, "").matches("[A-Za-z_-]{1,30}|[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}")) {
                json.add(member, one.getString(member));
            }
        }
    }

    private List<JsonObject> running() {
        try {
            return new Asker(home, line -> {})
                    .ask("status", new Common.Args())
                    .getJsonArray("districts")
                    .getValuesAs(JsonObject.class);
        } catch (Trouble down) {
            return List.of();
        }
    }

    private static long bytes(Path directory) {
        try (var all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile)
                    .mapToLong(SupportSheets::size)
                    .sum();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    /// The journal's, and those of the files that a trial writes.
    private List<String> log() {
        var sieve = new LogSieve(pseudonyms);
        var lines = new ArrayList<>(Units.journal(LOG_LINES));
        for (var name : List.of("rosterkeep.log", "courier.log")) {
            lines.addAll(end(home.log().resolve(name)));
        }
        var taken = lines.stream().map(sieve::line).flatMap(Optional::stream).toList();
        return taken.subList(Math.max(0, taken.size() - LOG_LINES), taken.size());
    }

    private static List<String> end(Path file) {
        try (var in = Files.newByteChannel(file)) {
            in.position(Math.max(0, in.size() - LOG_BYTES));
            var bytes = java.nio.channels.Channels.newInputStream(in).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        } catch (IOException absent) {
            return List.of();
        }
    }
}
