package org.rosterkeep.appliance;

import jakarta.json.JsonObject;
import java.util.List;

/// What a verb has to say when it is done: the same twice, for scripts and for people.
///
/// @param exit how it ended: not always well when there is something to say
public record Answer(Exit exit, JsonObject json, List<String> lines) {
    public Answer {
        lines = List.copyOf(lines);
    }

    public Answer(JsonObject json, List<String> lines) {
        this(Exit.OK, json, lines);
    }

    public static Answer of(JsonObject json, String... lines) {
        return new Answer(json, List.of(lines));
    }
}
