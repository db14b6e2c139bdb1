package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.function.Function;
import org.rosterkeep.roster.Shelf;

/// Decides again as it was decided then: the rooms that decide are opened once more, on the shelf as it stood.
record TimeMachine(Chronicle chronicle, Function<Shelf, Then> rooms) {
    Then at(Instant at) {
        return rooms.apply(chronicle.asOf(at));
    }
}
