package org.rosterkeep.commands;

import jakarta.json.Json;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `rosterkeep completion`: what a shell needs to finish our words.
@Command(
        name = "completion",
        description = "Print the completion script for bash, zsh or fish.",
        footer = {
            "",
            "Examples:",
            "  source <(rosterkeep completion)",
            "  rosterkeep completion > /etc/bash_completion.d/rosterkeep",
            "  rosterkeep completion --shell fish > ~/.config/fish/completions/rosterkeep.fish"
        })
final class CompletionCommand implements Callable<Integer> {
    /// Loaded by zsh at the first completion: it takes over the script for bash, and goes on with what that registered.
    private static final String ZSH = """
        #compdef rosterkeep
        # Completion of rosterkeep for zsh: the one for bash, which lies beside this file.
        autoload -Uz +X bashcompinit && bashcompinit
        source "${${(%):-%x}:A:h}/rosterkeep"
        eval "${_comps[rosterkeep]}"\
        """;

    /// The shells there is one for.
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Mixin
    private Common common;

    @Option(
            names = "--shell",
            paramLabel = "NAME",
            defaultValue = "bash",
            description = "bash, zsh or fish (default: ${DEFAULT-VALUE}). That of zsh wants that of bash beside it.")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var script = switch (shell) {
            case BASH -> AutoComplete.bash("rosterkeep", spec.root().commandLine());
            case ZSH -> ZSH;
            case FISH -> String.join("\n", new FishWords(spec.root()).lines());
        };
        var word = shell.name().toLowerCase(java.util.Locale.ROOT);
        return common.answer(
                Answer.of(Json.createObjectBuilder().add(word, script).build(), script));
    }
}
