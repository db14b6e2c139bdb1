package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.rosterkeep.rules.Problem;

/// What stands against a version as a whole, by the floor it stands for (privacy.md section 2.1): the vendor's
/// standing,
/// the agreement, the packs, the destination. While there is one, the rule gives nothing to anybody.
record Objections(List<Problem> problems) {
    private static final Pattern FLOOR = Pattern.compile("\\((F\\d\\d)\\)");

    Objections {
        problems = List.copyOf(problems);
    }

    /// The floor a problem names; empty for one of form.
    private static String floor(Problem problem) {
        var matcher = FLOOR.matcher(problem.what());
        return matcher.find() ? matcher.group(1) : "";
    }

    JsonArrayBuilder json() {
        var array = Json.createArrayBuilder();
        problems.forEach(one -> array.add(Json.createObjectBuilder()
                .add("floor", floor(one))
                .add("place", one.pointer())
                .add("what", one.what())
                .add("todo", one.remedy())));
        return array;
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        if (!problems.isEmpty()) {
            lines.add("It cannot be approved as it stands:");
            problems.forEach(one -> lines.add("  " + one));
        }
        return lines;
    }
}
