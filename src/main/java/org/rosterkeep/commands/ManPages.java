package org.rosterkeep.commands;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.rosterkeep.log.Event;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// The manual's pages, out of the same descriptions that the help is made of: one for the program, one for each noun
/// with all its verbs.
final class ManPages {
    private static final List<String> EXITS = List.of(
            "done",
            "failed; nothing was changed",
            "wrong use",
            "not found",
            "refused: a rule or a floor forbids it",
            "another person has to approve",
            "the appliance is not running",
            "it is sealed: give it its key first");

    private final String version;
    private final StringBuilder text = new StringBuilder();

    private ManPages(String version) {
        this.version = version;
    }

    /// Every page by its file's name.
    static Map<String, String> of(CommandLine root, String version) {
        var pages = new LinkedHashMap<String, String>();
        pages.put("rosterkeep.1", new ManPages(version).program(root));
        root.getSubcommands()
                .forEach((name, noun) -> pages.put("rosterkeep-" + name + ".1", new ManPages(version).noun(noun)));
        return pages;
    }

    private String program(CommandLine root) {
        var spec = root.getCommandSpec();
        head("rosterkeep", spec);
        section("SYNOPSIS").bold("rosterkeep").plain("VERB [OPTION ...]");
        section("DESCRIPTION").plain(sentence(spec)).line(".PP");
        plain("Most verbs ask the running appliance over a local socket, which knows the caller by the operating"
                + " system's user. Answers go to standard output, everything else to standard error.");
        section("VERBS");
        root.getSubcommands().forEach((name, noun) -> {
            line(".TP").bold("rosterkeep-" + name + "(1)").plain(sentence(noun.getCommandSpec()));
        });
        section("OPTIONS").options(spec);
        exits();
        section("ENVIRONMENT").line(".TP").bold("ROSTERKEEP_HOME").plain("The appliance's directory.");
        line(".TP").bold("ROSTERKEEP_HEAP").plain("The largest heap, like 768m or 2g.");
        section("FILES").line(".TP").bold("/etc/rosterkeep/rosterkeep.conf");
        plain("The settings of an installed appliance; every key is listed by: rosterkeep paths --settings");
        line(".TP").bold("/var/lib/rosterkeep").plain("Everything it keeps.");
        examples(spec);
        return text.toString();
    }

    private String noun(CommandLine noun) {
        var spec = noun.getCommandSpec();
        head("rosterkeep-" + spec.name(), spec);
        var verbs = leaves(noun);
        section("SYNOPSIS");
        verbs.forEach(verb -> bold(synopsis(verb)).line(".br"));
        section("DESCRIPTION").plain(sentence(spec));
        if (verbs.size() == 1 && verbs.getFirst() == noun) {
            section("OPTIONS").options(spec);
            examples(spec);
        } else {
            section("VERBS");
            for (var verb : verbs) {
                var one = verb.getCommandSpec();
                line(".SS " + escaped(one.qualifiedName())).plain(sentence(one)).options(one);
                line(".PP").footer(one);
            }
        }
        if (spec.name().equals("log")) {
            events();
        }
        exits();
        section("SEE ALSO").bold("rosterkeep(1)");
        return text.toString();
    }

    private static List<CommandLine> leaves(CommandLine noun) {
        return noun.getSubcommands().isEmpty()
                ? List.of(noun)
                : noun.getSubcommands().values().stream()
                        .flatMap(sub -> leaves(sub).stream())
                        .toList();
    }

    private static String synopsis(CommandLine verb) {
        return verb.getHelp().synopsis(0).replaceAll("\\s+", " ").strip();
    }

    private static String sentence(CommandSpec spec) {
        return told(spec.usageMessage().description());
    }

    private static String told(String... lines) {
        return String.join(" ", lines).replace("%n", " ").replace("%%", "%");
    }

    private void head(String name, CommandSpec spec) {
        line(".TH " + name.toUpperCase(java.util.Locale.ROOT).replace("-", "\\-") + " 1 \"\" \"rosterkeep " + version
                + "\" \"Rosterkeep\"");
        section("NAME").plain(name + " - " + sentence(spec).replaceAll("\\.$", ""));
    }

    private void options(CommandSpec spec) {
        for (var word : spec.positionalParameters()) {
            if (!word.hidden()) {
                argument(label(word), word);
            }
        }
        for (var option : spec.options()) {
            if (!option.hidden()) {
                argument(label(option), option);
            }
        }
    }

    private void argument(String label, ArgSpec argument) {
        line(".TP").bold(label).plain(told(argument.description()));
    }

    private static String label(PositionalParamSpec word) {
        return word.paramLabel();
    }

    private static String label(OptionSpec option) {
        var names = List.of(option.names()).stream().collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
    }

    private void examples(CommandSpec spec) {
        section("EXAMPLES").footer(spec);
    }

    private void footer(CommandSpec spec) {
        line(".nf");
        var lines = new ArrayList<>(List.of(spec.usageMessage().footer()));
        lines.removeIf(String::isEmpty);
        lines.forEach(line -> line(escaped(
                Ansi.OFF.string(line).replace("%n", " ").replace("%%", "%").stripTrailing())));
        line(".fi");
    }

    private void events() {
        section("EVENTS");
        plain("A line of the log is one JSON object: time, level, event, and request and actor where there are such."
                + " An actor is an opaque id; whose it is says: rosterkeep operator list.");
        for (var event : Event.values()) {
            line(".TP").bold(event.code()).plain(event.loudness().word() + ": " + event.meaning());
        }
    }

    private void exits() {
        section("EXIT STATUS");
        for (int code = 0; code < EXITS.size(); code++) {
            line(".TP").bold(String.valueOf(code)).plain(EXITS.get(code));
        }
    }

    private ManPages section(String title) {
        return line(".SH " + title);
    }

    private ManPages bold(String words) {
        return line(".B " + escaped(words));
    }

    private ManPages plain(String words) {
        return line(escaped(words));
    }

    private ManPages line(String line) {
        text.append(line).append('\n');
        return this;
    }

    private static String escaped(String words) {
        var safe = words.replace("\\", "\\e").replace("-", "\\-");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }
}
