package org.rosterkeep.commands;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.Optional;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.log.Event;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep log`: what the log can say, and how much of it.
@Command(name = "log", description = "The appliance's log: its codes, and how much it tells.")
final class LogCommands {
    @Mixin
    private Common common;

    @Command(
            name = "level",
            description = "Show how much is told, or have more told for at most 15 minutes.",
            footer = {
                "",
                "No level tells anything of a person. It falls back by itself.",
                "Examples:",
                "  rosterkeep log level",
                "  rosterkeep log level debug --minutes 5"
            })
    int level(
            @Mixin Common here,
            @Parameters(paramLabel = "LEVEL", arity = "0..1", description = "info or debug.") Optional<String> level,
            @Option(
                            names = "--minutes",
                            paramLabel = "N",
                            defaultValue = "15",
                            description = "For how long (default: ${DEFAULT-VALUE}, which is the longest).")
                    int minutes) {
        var args = new Common.Args().with("minutes", minutes);
        level.ifPresent(word -> args.with("level", word));
        return here.call("log level", args);
    }

    @Command(
            name = "events",
            description = "List every code that can stand in the log, with its level and what it means.",
            footer = {"", "Examples:", "  rosterkeep log events", "  rosterkeep log events --json"})
    int events(@Mixin Common here) {
        var array = Json.createArrayBuilder();
        var lines = new ArrayList<String>();
        for (var event : Event.values()) {
            array.add(Json.createObjectBuilder()
                    .add("event", event.code())
                    .add("level", event.loudness().word())
                    .add("meaning", event.meaning()));
            lines.add(String.format(
                    "%-24s %-8s %s", event.code(), event.loudness().word(), event.meaning()));
        }
        return here.answer(
                new Answer(Json.createObjectBuilder().add("events", array).build(), lines));
    }
}
