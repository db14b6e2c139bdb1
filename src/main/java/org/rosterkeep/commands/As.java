package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Optional;
import org.rosterkeep.appliance.Mandates;
import picocli.CommandLine.Option;

/// Which operator acts. Whether a verb takes one is the appliance's to say, by the table of [Mandates].
final class As {
    @Option(names = "--operator", paramLabel = "NAME", description = "Who does this, by name and password.")
    private Optional<String> operator = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Take the operator's password from here; - is stdin. Else it is asked for.")
    private Optional<Path> passwordFile = Optional.empty();

    Common.Args in(Common.Args args) {
        return signed(args, operator, passwordFile);
    }

    private static Common.Args signed(Common.Args args, Optional<String> operator, Optional<Path> file) {
        return operator.map(name -> args.with("operator", name)
                        .with("password", Passwords.read("Password of " + name + ": ", file)))
                .orElse(args);
    }

    /// The same for verbs that ask for another password as well.
    static final class Beside {
        @Option(names = "--operator", paramLabel = "NAME", description = "Who does this, by name and password.")
        private Optional<String> operator = Optional.empty();

        @Option(
                names = "--operator-password-file",
                paramLabel = "FILE",
                description = "Take that operator's password from here. Else it is asked for.")
        private Optional<Path> passwordFile = Optional.empty();

        Common.Args in(Common.Args args) {
            return signed(args, operator, passwordFile);
        }
    }
}
