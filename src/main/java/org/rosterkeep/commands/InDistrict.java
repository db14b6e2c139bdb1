package org.rosterkeep.commands;

import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every verb about one district understands.
final class InDistrict {
    @Mixin
    private Common common;

    @Option(
            names = {"-d", "--district"},
            paramLabel = "NAME",
            description = "Which district; need not be said while there is only one.")
    private Optional<String> district = Optional.empty();

    Common common() {
        return common;
    }

    Common.Args args() {
        return new Common.Args().maybe("district", district);
    }

    int call(String verb, Common.Args args) {
        return common.call(verb, args);
    }
}
