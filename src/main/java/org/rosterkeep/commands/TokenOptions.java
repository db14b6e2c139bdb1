package org.rosterkeep.commands;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.keys.Token;
import picocli.CommandLine.Option;

/// Which PKCS#11 token is asked. The module's path is always said here and never taken from the appliance: its
/// code runs
/// as whoever calls, who may be root.
final class TokenOptions {
    @Option(names = "--library", paramLabel = "FILE", description = "The PKCS#11 module of the token's maker.")
    private Optional<Path> library = Optional.empty();

    @Option(names = "--slot", paramLabel = "N", description = "The slot's number; else the first slot.")
    private Optional<Long> slot = Optional.empty();

    @Option(
            names = "--pin-file",
            paramLabel = "FILE",
            description = "Take the PIN from here; - is stdin. It is tried once.")
    private Optional<Path> pinFile = Optional.empty();

    /// Whether a token is meant at all.
    boolean given() {
        return library.isPresent();
    }

    Token open() {
        var path = library.orElseThrow(() -> Trouble.wrongUse(
                "A token is needed, and it is not clear how to reach it.",
                "--library was not given.",
                "Name the PKCS#11 module of its maker: --library /usr/lib/softhsm/libsofthsm2.so"));
        var pin = Passwords.read("PIN of the token: ", pinFile).toCharArray();
        try {
            return Token.open(path, slot, pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }
}
