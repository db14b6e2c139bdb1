package org.rosterkeep.appliance;

import java.time.Instant;
import org.rosterkeep.access.AccessFault;
import org.rosterkeep.backup.BackupFault;
import org.rosterkeep.backup.Erasure;
import org.rosterkeep.rights.Act;
import org.rosterkeep.rules.Restraint;
import org.rosterkeep.rules.RulesFault;

/// Stops again, after a restore, what was stopped since the backup. What the backup does not have yet need not be
/// stopped: it gives nothing.
///
/// @param rooms of the district that is being restored
record Halting(Rooms rooms) {
    static final String PREFIX = "stop ";

    static boolean says(Erasure line) {
        return line.kind().startsWith(PREFIX);
    }

    /// @return whether there was something to stop
    boolean again(Erasure line, Instant now) {
        var what = line.tag();
        try {
            switch (line.kind().substring(PREFIX.length())) {
                case "rule.suspended" -> rooms.book().suspend(what, Noted.AGAIN, now);
                case "rule.revoked" -> rooms.book().revoke(what, Noted.AGAIN);
                case "vendor.suspended" -> rooms.book().papers().suspendVendor(what, Noted.AGAIN);
                case "vendor.hold" -> restrain(what, Restraint.Kind.HOLD, now);
                case "vendor.debarment" -> restrain(what, Restraint.Kind.DEBARMENT, now);
                case "vendor.change-of-control" -> restrain(what, Restraint.Kind.CHANGE_OF_CONTROL, now);
                case "agreement.terminated" ->
                    rooms.book()
                            .papers()
                            .terminate(
                                    what,
                                    Noted.AGAIN,
                                    Instant.parse(line.scope().substring("since ".length())));
                case "client.revoked" -> {
                    rooms.clients().revoke(what, Noted.AGAIN);
                    rooms.tokens().revokeClient(what);
                }
                case "push.paused" -> rooms.book().pushStops().pause(what, Noted.AGAIN, now);
                case "adequacy.disabled" -> rooms.book().adequacy().disable(what, Noted.AGAIN);
                case "guard.profile" -> rooms.guard().freeze(what, Noted.AGAIN);
                case "person.strict-optout" -> rooms.rights().taking().beStrict(new Act(Noted.AGAIN, now));
                default ->
                    throw new BackupFault(
                            BackupFault.Code.NEWER_VERSION,
                            "the erasure ledger has an entry of a newer version of the program: " + line.number());
            }
            return true;
        } catch (RulesFault | AccessFault notThere) {
            return false;
        }
    }

    /// Until somebody lifts it: how long it was meant to last, nobody knows any more.
    private void restrain(String vendor, Restraint.Kind kind, Instant now) {
        if (rooms.book().papers().restraints(vendor, now).stream().noneMatch(one -> one.kind() == kind)) {
            rooms.book().papers().restrain(vendor, kind, Instant.MAX, Noted.AGAIN, now);
        }
    }
}
