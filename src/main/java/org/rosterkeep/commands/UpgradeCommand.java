package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep upgrade`: a newer bundle in the place of the installed version.
@Command(
        name = "upgrade",
        description = "Put a newer bundle in the place of the installed version; as root.",
        footer = {
            "",
            "Its signature is looked at with the key of the installed version. It is tried on a copy of the data, then",
            "started on the data with nobody let in and looked at; when it is not sound within two minutes, the"
                    + " version",
            "before is back. Who calls meanwhile waits. Exit codes are those of install.sh: 1 failed and as it was"
                    + " before,",
            "3 something is missing, 4 a person said no, 5 it is not what was released.",
            "Examples:",
            "  rosterkeep upgrade rosterkeep-1.1.0-linux-x86_64.tar.gz",
            "  rosterkeep upgrade FILE --dry-run"
        })
final class UpgradeCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "BUNDLE", description = "The release archive.")
    private Path bundle;

    @Option(names = "--dry-run", description = "Look, and print the whole plan; change nothing.")
    private boolean dry;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(names = "--unsigned", description = "Take a development bundle, which nobody signed.")
    private boolean unsigned;

    @Option(names = "--digest", paramLabel = "HEX", description = "The bundle's SHA-256 as you were told it.")
    private Optional<String> digest = Optional.empty();

    @Option(names = "--wait", paramLabel = "SECONDS", description = "How long to wait until it is ready (120).")
    private Optional<Integer> wait = Optional.empty();

    @Override
    public Integer call() {
        var words = new ArrayList<>(List.of("--bundle", bundle.toAbsolutePath().toString()));
        flag(words, "--dry-run", dry);
        flag(words, "--yes", yes);
        flag(words, "--unsigned", unsigned);
        digest.ifPresent(one -> words.addAll(List.of("--digest", one)));
        wait.ifPresent(one -> words.addAll(List.of("--wait", one.toString())));
        return Installer.run(words);
    }

    private static void flag(List<String> words, String word, boolean given) {
        if (given) {
            words.add(word);
        }
    }
}
