package org.rosterkeep.commands;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.District;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Settings;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.vault.Snapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep paths`: where everything is kept, and every setting there is.
@Command(
        name = "paths",
        description = "Show where the appliance keeps what, and its settings.",
        footer = {
            "",
            "Examples:",
            "  rosterkeep paths",
            "  rosterkeep paths --settings > rosterkeep.conf",
            "  rosterkeep paths --check rosterkeep.conf"
        })
final class PathsCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--settings", description = "Print a settings file with every key and its default, commented out.")
    private boolean settings;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Say what is wrong with a settings file, as a start would; nothing is started.")
    private Optional<Path> check;

    @Option(
            names = "--formats",
            description = "Print the format of everything stored; a version that cannot read them cannot take over.")
    private boolean formats;

    @Override
    public Integer call() throws IOException {
        if (formats) {
            return common.answer(formats(common.home()));
        }
        if (check.isPresent()) {
            if (!Files.exists(check.get())) {
                throw Trouble.notFound("There is no file " + check.get() + ".", "Check the path given with --check.");
            }
            Settings.read(check.get());
            return common.answer(
                    Answer.of(Json.createObjectBuilder().add("sound", true).build(), "The settings are sound."));
        }
        return common.answer(settings ? settings() : places());
    }

    /// What is there, a line each, in the same order every time: install.sh compares two such answers.
    private static Answer formats(Home home) throws IOException {
        var lines = new ArrayList<String>();
        for (var name : home.names()) {
            var directory = home.district(name);
            Snapshot.formats(directory).forEach((store, format) -> lines.add(name + " " + store + " " + format));
            for (var file : List.of("district.keys", "recovery.kit")) {
                var path = District.keys(directory).resolve(file);
                if (Files.exists(path)) {
                    try (var text = Files.lines(path)) {
                        lines.add(name + " " + file + " " + text.findFirst().orElse("empty"));
                    }
                }
            }
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("formats", Json.createArrayBuilder(lines))
                        .build(),
                lines);
    }

    private static Answer settings() {
        var object = Json.createObjectBuilder();
        var lines = new ArrayList<String>();
        for (var key : Settings.Key.values()) {
            object.add(key.word(), key.standard());
            lines.addAll(key.commented());
        }
        return new Answer(object.build(), lines);
    }

    private Answer places() {
        var home = common.home();
        var rows = new LinkedHashMap<String, String>();
        rows.put("home", home.directory().toString());
        rows.put("settings", home.settings().toString());
        rows.put("districts", home.districts().toString());
        rows.put("tls", home.tls().toString());
        rows.put("socket", home.socket().toString());
        rows.put("log", home.log().toString());
        rows.put("program", System.getProperty("rosterkeep.home", ""));
        var object = Json.createObjectBuilder();
        var lines = new ArrayList<String>();
        rows.forEach((name, value) -> {
            object.add(name, value);
            lines.add(String.format("%-10s %s", name, value));
        });
        return new Answer(object.build(), lines);
    }
}
