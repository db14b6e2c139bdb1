package org.rosterkeep.commands;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.rosterkeep.appliance.Trouble;

/// Where a password comes from: a file, the standard input, or a person who types it without seeing it. Never from the
/// command line, which everybody on the machine can read.
final class Passwords {
    private Passwords() {}

    /// @param file a file whose first line is the password; `-` is the standard input; empty asks the person
    static String read(String prompt, Optional<Path> file) {
        var text = file.isPresent() ? fromFile(file.get()) : fromPerson(prompt);
        if (text.isEmpty()) {
            throw Trouble.wrongUse(
                    "The password is empty.", "An empty password protects nothing.", "Give another one.");
        }
        return text;
    }

    /// The same for a new password, which a person types twice.
    static String readNew(String prompt, Optional<Path> file) {
        var first = read(prompt, file);
        if (file.isEmpty() && !fromPerson("Once more: ").equals(first)) {
            throw Trouble.wrongUse("The two passwords differ.", "One of them was mistyped.", "Try again.");
        }
        return first;
    }

    private static String fromFile(Path file) {
        try (var in = new BufferedReader(new InputStreamReader(
                file.toString().equals("-") ? System.in : Files.newInputStream(file), StandardCharsets.UTF_8))) {
            return Optional.ofNullable(in.readLine()).orElse("");
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The password file cannot be read.",
                            "Reading it stopped with " + e.getClass().getSimpleName() + ".",
                            "Check the path given with --password-file.")
                    .because(e);
        }
    }

    private static String fromPerson(String prompt) {
        var console = System.console();
        if (console == null || !console.isTerminal()) {
            throw Trouble.wrongUse(
                    "A password is needed and nobody can be asked.",
                    "There is no terminal.",
                    "Give --password-file FILE, or --password-file - to read it from the standard input.");
        }
        var typed = console.readPassword("%s", prompt);
        return typed == null ? "" : new String(typed);
    }
}
