package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep paths`: where everything is kept, and every setting there is.
@Command(
        name = "paths",
        description = "Show where the appliance keeps what.",
        footer = {"", "Examples:", "  rosterkeep paths", "  rosterkeep paths --settings"})
final class PathsCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Option(names = "--settings", description = "List every key of the settings file with its default.")
    private boolean settings;

    @Override
    public Integer call() {
        var rows = new LinkedHashMap<String, String>();
        if (settings) {
            for (var key : Settings.Key.values()) {
                rows.put(key.word(), key.standard());
            }
        } else {
            var home = common.home();
            rows.put("home", home.directory().toString());
            rows.put("settings", home.settings().toString());
            rows.put("districts", home.districts().toString());
            rows.put("tls", home.tls().toString());
            rows.put("socket", home.socket().toString());
            rows.put("log", home.log().toString());
            rows.put("program", System.getProperty("rosterkeep.home", ""));
        }
        var object = Json.createObjectBuilder();
        var lines = new ArrayList<String>();
        rows.forEach((name, value) -> {
            object.add(name, value);
            lines.add(settings ? name + " = " + value : String.format("%-10s %s", name, value));
        });
        return common.answer(new Answer(object.build(), lines));
    }
}
