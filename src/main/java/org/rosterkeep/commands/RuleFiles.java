package org.rosterkeep.commands;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Nearest;
import org.rosterkeep.appliance.Trouble;

/// The published form of rule, agreement and vendor files, and an example of each; both ship with the program.
final class RuleFiles {
    private static final Set<String> KINDS = Set.of("rule", "agreement", "vendor", "district");

    private RuleFiles() {}

    static Answer schema(String kind) {
        return resource(kind, "schema");
    }

    static Answer example(String kind) {
        return resource(kind, "example");
    }

    /// A source to start from.
    static Answer source() {
        return read("source", "example");
    }

    private static Answer resource(String kind, String what) {
        if (!KINDS.contains(kind)) {
            throw Trouble.wrongUse(
                    "There are no files of that kind.",
                    "A file is a rule, an agreement, a vendor or a district.",
                    Nearest.to(kind, KINDS)
                            .map(near -> "Did you mean " + near + "?")
                            .orElse("Try: rosterkeep rule " + what + " rule"));
        }
        return read(kind, what);
    }

    private static Answer read(String kind, String what) {
        var name = "/org/rosterkeep/rules/" + kind + "." + what + ".json";
        try (var in = RuleFiles.class.getResourceAsStream(name)) {
            if (in == null) {
                throw Trouble.notFound("There is no " + what + " of that kind in this version.", "Try another kind.");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            try (var reader = Json.createReader(new StringReader(text))) {
                return Answer.of(reader.readObject(), text.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
