package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is worth looking at in a district's backups.
final class BackupDoctor {
    private BackupDoctor() {}

    static List<Diagnosis> look(District district, Rooms rooms, DoctorBounds bounds, Instant now) {
        var found = new ArrayList<Diagnosis>();
        district.restored()
                .ifPresent(one -> found.add(Diagnosis.failed(
                        "restored",
                        "It came out of the backup " + one.backup() + " and answers no vendor yet.",
                        "Look at what left since, then: rosterkeep restore accept -h")));
        found.add(backup(rooms, bounds, now));
        found.add(drill(rooms, bounds, now));
        found.add(safe(rooms));
        return found;
    }

    private static Diagnosis backup(Rooms rooms, DoctorBounds bounds, Instant now) {
        return Kept.newestVerified(rooms.vault())
                .map(kept -> kept.made().plus(bounds.backup()).isBefore(now)
                        ? Diagnosis.warning(
                                "backup",
                                "The newest backup that was read back is of " + kept.made() + ".",
                                "rosterkeep backup make; the nightly one needs backup-directory in the settings")
                        : Diagnosis.ok("backup", "The newest backup is of " + kept.made() + " and was read back."))
                .orElseGet(() -> Diagnosis.warning(
                        "backup", "There is no backup that was read back.", "rosterkeep backup make -h"));
    }

    private static Diagnosis drill(Rooms rooms, DoctorBounds bounds, Instant now) {
        return Kept.newestDrilled(rooms.vault())
                .map(kept -> {
                    var at = kept.drilled().orElseThrow();
                    var sentence = "A restore was practised on " + at + "; it took " + kept.drillMillis() + " ms.";
                    return at.plus(bounds.drill()).isBefore(now)
                            ? Diagnosis.warning("restore-drill", sentence, "rosterkeep backup drill")
                            : Diagnosis.ok("restore-drill", sentence);
                })
                .orElseGet(() -> Diagnosis.warning(
                        "restore-drill", "No restore was ever practised.", "rosterkeep backup drill"));
    }

    private static Diagnosis safe(Rooms rooms) {
        return rooms.safe().copied()
                ? Diagnosis.ok("safe", "The erasure ledger and the backups' keys are kept in two places.")
                : Diagnosis.warning(
                        "safe",
                        rooms.safe().copy().isPresent()
                                ? "The second place of the erasure ledger and the backups' keys cannot be written."
                                : "The erasure ledger and the backups' keys are on this machine only: if it is lost, no"
                                        + " backup can be opened.",
                        "Set safe-directory in the settings to a place apart from the backups, and see that it is"
                                + " there.");
    }
}
