package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
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

    @Override
    public Integer call() {
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
