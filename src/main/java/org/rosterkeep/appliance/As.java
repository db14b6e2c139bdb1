package org.rosterkeep.appliance;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Which operator acts, for verbs that need a person who can be held to it.
final class As {
    @Option(names = "--operator", paramLabel = "NAME", required = true, description = "Who does this.")
    private String operator = "";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Take the operator's password from here; - is stdin. Else it is asked for.")
    private Optional<Path> passwordFile = Optional.empty();

    Common.Args in(Common.Args args) {
        return args.with("operator", operator)
                .with("password", Passwords.read("Password of " + operator + ": ", passwordFile));
    }
}
