package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.util.ArrayList;
import org.rosterkeep.rules.Stopped;

/// What a person is told who stopped something. The stop is in force in any case (decision 19); what could not
/// be written
/// yet is said, because it is tried again.
final class Stops {
    private Stops() {}

    static Answer told(String id, String sentence, Stopped... stops) {
        boolean kept = true;
        boolean recorded = true;
        for (var stop : stops) {
            kept &= stop.kept();
            recorded &= stop.recorded();
        }
        var lines = new ArrayList<String>();
        lines.add(sentence);
        if (!kept) {
            lines.add("It could not be written to the disk and is tried again: do not restart the appliance yet.");
        }
        if (!recorded) {
            lines.add("It could not be recorded in the ledger and is tried again.");
        }
        return new Answer(
                Json.createObjectBuilder()
                        .add("stopped", id)
                        .add("kept", kept)
                        .add("recorded", recorded)
                        .build(),
                lines);
    }
}
