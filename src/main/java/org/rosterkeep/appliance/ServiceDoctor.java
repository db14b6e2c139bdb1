package org.rosterkeep.appliance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.outbound.Standing;
import org.rosterkeep.rules.Life;

/// What can be found out about the work that goes on: whether the courier is kept in, what waits for people, what could
/// not be sent, and who asks for nothing any more.
final class ServiceDoctor {
    private static final int NAMED = 5;

    private ServiceDoctor() {}

    /// The courier, as it says of itself; and whether there is one when there is something for it.
    static Diagnosis courier(Outgoing outgoing, boolean needed) {
        var last = outgoing.courier();
        if (last.isEmpty()) {
            return needed
                    ? Diagnosis.warning(
                            "courier",
                            "Something is to be sent, and no courier has come since the start.",
                            "Start it: systemctl start rosterkeep-courier; why not: journalctl -u rosterkeep-courier")
                    : Diagnosis.ok("courier", "Nothing is to be sent, and no courier has come.");
        }
        return switch (last.get().confined()) {
            case Hello.Confined.NO ->
                Diagnosis.failed(
                        "courier",
                        "The courier tried, and nothing kept it in; it is given nothing.",
                        "See: rosterkeep egress -h, journalctl -u rosterkeep-egress");
            case Hello.Confined.TRIAL ->
                Diagnosis.ok("courier", "The courier runs as a trial, and nothing keeps it in.");
            default ->
                needed && !outgoing.courierIsHere()
                        ? Diagnosis.warning(
                                "courier",
                                "The courier proved its confinement and has gone since.",
                                "journalctl -u rosterkeep-courier")
                        : Diagnosis.ok("courier", "The courier tried to get out, and was kept in.");
        };
    }

    /// Whether anything can be sent at all.
    static boolean sends(Rooms rooms, Instant now) {
        return !rooms.book().snapshot().pushing(now).isEmpty()
                || !rooms.channels().open(now).isEmpty();
    }

    static List<Diagnosis> look(Rooms rooms, DoctorBounds bounds, Instant now, boolean full) {
        return List.of(approvals(rooms, now), queue(rooms), unused(rooms, bounds, now, full));
    }

    private static Diagnosis approvals(Rooms rooms, Instant now) {
        var waiting = new TreeSet<String>();
        rooms.book().versions(now).stream()
                .filter(version -> version.life() == Life.SUBMITTED)
                .forEach(version -> waiting.add(version.rule().id()));
        rooms.channels().list().stream()
                .filter(one -> one.state(now).equals("waits for approval"))
                .forEach(one -> waiting.add("notice " + one.id()));
        return waiting.isEmpty()
                ? Diagnosis.ok("approvals", "Nothing waits for another person's signature.")
                : Diagnosis.warning(
                        "approvals",
                        "Waiting for another person's signature: " + named(waiting) + ".",
                        "rosterkeep rule list, rosterkeep notice list");
    }

    private static Diagnosis queue(Rooms rooms) {
        var late = new TreeSet<String>();
        for (Standing one : rooms.outbox().standings()) {
            boolean failing =
                    one.delivery().filter(delivery -> delivery.attempts() > 1).isPresent();
            if (failing || !one.dead().isEmpty()) {
                late.add(one.rule());
            }
        }
        rooms.postbox().waiting().stream()
                .filter(letter -> letter.attempts() > 1)
                .forEach(letter -> late.add("notice " + letter.channel()));
        return late.isEmpty()
                ? Diagnosis.ok("unsent", "Nothing that is to be sent is late.")
                : Diagnosis.warning(
                        "unsent",
                        "Could not be sent, or was given up: " + named(late) + ".",
                        "rosterkeep push list, rosterkeep notice list");
    }

    /// Reads the ledger of months, so only when all is wanted.
    private static Diagnosis unused(Rooms rooms, DoctorBounds bounds, Instant now, boolean full) {
        if (!full) {
            return Diagnosis.cannotTell(
                    "vendors-unused", "Who has asked for nothing for long is read from the ledger: doctor --full");
        }
        var since = now.minus(bounds.unused());
        var idle = new TreeSet<String>();
        rooms.clients().list().stream()
                .filter(client -> !client.revoked() && client.made().isBefore(since))
                .forEach(client -> idle.add(client.id()));
        if (!idle.isEmpty()) {
            rooms.ledger().pages().some(since, now, Set.of(), record -> {
                if (record instanceof LedgerRecord.Disclosed one) {
                    idle.remove(one.entry().client());
                }
            });
        }
        return idle.isEmpty()
                ? Diagnosis.ok("vendors-unused", "Every client has asked for something lately, or is new.")
                : Diagnosis.warning(
                        "vendors-unused",
                        "Clients that have asked for nothing in "
                                + bounds.unused().toDays() + " days: " + named(idle) + ".",
                        "Revoke what nobody uses: rosterkeep client revoke -h");
    }

    private static String named(Set<String> all) {
        var some = new ArrayList<>(all).subList(0, Math.min(NAMED, all.size()));
        return String.join(", ", some) + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
    }
}
