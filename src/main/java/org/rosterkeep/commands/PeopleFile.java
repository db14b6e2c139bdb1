package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.appliance.Trouble;

/// Whom a command is about: one person, or everybody in a file.
final class PeopleFile {
    private PeopleFile() {}

    /// @param deed what it is that one person or a file is needed for: `who consents`
    static Common.Args into(Common.Args args, String deed, Optional<String> id, Optional<Path> file) {
        if (id.isPresent() == file.isPresent()) {
            throw Trouble.wrongUse("It is not clear " + deed + ".", "It takes an ID or --file.", "Give one of them.");
        }
        args.maybe("person", id);
        file.ifPresent(path -> args.with("people", read(path)));
        return args;
    }

    static List<String> read(Path file) {
        try {
            var lines = Files.readAllLines(file).stream()
                    .map(line -> line.replace("\uFEFF", "").replace("\"", "").strip())
                    .toList();
            var first = lines.isEmpty() || !lines.getFirst().equalsIgnoreCase("sourcedId") ? 0 : 1;
            var people = lines.subList(first, lines.size()).stream()
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (people.isEmpty()) {
                throw Trouble.wrongUse("The file names nobody.", "It has no line with a sourcedId.", "Check the file.");
            }
            return people;
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The file cannot be read.",
                            "Reading it stopped with " + e.getClass().getSimpleName() + ".",
                            "It is text in UTF-8, one sourcedId on each line.")
                    .because(e);
        }
    }
}
