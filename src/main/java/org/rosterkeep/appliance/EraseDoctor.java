package org.rosterkeep.appliance;

import java.util.List;
import org.rosterkeep.intake.FindingCode;
import org.rosterkeep.intake.Report;

/// What is worth looking at in a district's erasures.
final class EraseDoctor {
    private EraseDoctor() {}

    static Diagnosis look(Rooms rooms) {
        var open = rooms.orders().open();
        if (!open.isEmpty()) {
            return Diagnosis.warning(
                    "erasures",
                    "Erasures that are decided and not done yet: " + open.size() + ".",
                    "They go on by themselves once the disk has room and no import runs: rosterkeep erase list");
        }
        long returning = newest(rooms.intake().reports());
        return returning > 0
                ? Diagnosis.warning(
                        "erasures",
                        "The newest delivery named " + returning + " who were erased; they were left out.",
                        "Have them taken out of the source system, or: rosterkeep erase lift -h")
                : Diagnosis.ok("erasures", "Nobody who was erased is delivered any more.");
    }

    private static long newest(List<Report> reports) {
        return reports.isEmpty() ? 0 : reports.getLast().totals().getOrDefault(FindingCode.PERSON_ERASED, 0L);
    }
}
