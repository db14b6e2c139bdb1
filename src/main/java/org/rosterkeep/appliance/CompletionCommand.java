package org.rosterkeep.appliance;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `rosterkeep completion`: what a shell needs to finish our words.
@Command(
        name = "completion",
        description = "Print the completion script for bash and zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(rosterkeep completion)",
            "  rosterkeep completion > /etc/bash_completion.d/rosterkeep"
        })
final class CompletionCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var script = AutoComplete.bash("rosterkeep", spec.root().commandLine());
        return common.answer(Answer.of(
                jakarta.json.Json.createObjectBuilder().add("bash", script).build(), script));
    }
}
