package org.rosterkeep.commands;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completion script for fish, out of the command tree: a line for each verb and each option, with what it means.
record FishWords(CommandSpec root) {
    /// `__rosterkeep_at VERBS`: exactly these were typed so far; `__rosterkeep_in VERBS`: it began with these.
    private static final List<String> HEAD = List.of(
            "# Completion of rosterkeep for fish.",
            "function __rosterkeep_words",
            "    set -l words (commandline -opc)",
            "    set -e words[1]",
            "    string match -v -- '-*' $words",
            "end",
            "function __rosterkeep_at",
            "    set -l words (__rosterkeep_words)",
            "    test \"$words\" = \"$argv\"",
            "end",
            "function __rosterkeep_in",
            "    set -l words (__rosterkeep_words)",
            "    test (count $words) -ge (count $argv); and test \"$words[1..\"(count $argv)\"]\" = \"$argv\"",
            "end");

    List<String> lines() {
        var lines = new ArrayList<>(HEAD);
        verbs(root, "", lines);
        return lines;
    }

    private static void verbs(CommandSpec spec, String typed, List<String> lines) {
        for (var sub : spec.subcommands().entrySet()) {
            var below = sub.getValue().getCommandSpec();
            var way = (typed + " " + sub.getKey()).strip();
            lines.add("complete -c rosterkeep -f -n '__rosterkeep_at" + (typed.isEmpty() ? "" : " " + typed) + "' -a "
                    + sub.getKey() + meaning(below.usageMessage().description()));
            for (var option : below.options()) {
                if (!option.hidden()) {
                    lines.add("complete -c rosterkeep -n '__rosterkeep_in " + way + "'" + names(option)
                            + (option.arity().max() > 0 ? " -r" : "") + meaning(option.description()));
                }
            }
            verbs(below, way, lines);
        }
    }

    private static String names(OptionSpec option) {
        var names = new StringBuilder();
        for (var name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static String meaning(String[] description) {
        if (description.length == 0) {
            return "";
        }
        var text = CommandLine.Help.Ansi.OFF.string(description[0]);
        return " -d '" + text.replace("\\", "\\\\").replace("'", "\\'").replaceAll("\\$\\{[^}]*}", "as said") + "'";
    }
}
