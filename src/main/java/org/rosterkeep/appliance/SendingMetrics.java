package org.rosterkeep.appliance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.outbound.Standing;

/// Numbers of backups, of what is sent, and of refusals. A vendor is a number here, `target-1`: which one it is says
/// `rosterkeep push list`, in the same order.
final class SendingMetrics {
    private SendingMetrics() {}

    static void of(Rooms rooms, Map<String, String> labels, Metrics metrics, Instant now) {
        Kept.newestVerified(rooms.vault())
                .ifPresent(kept -> metrics.gauge(
                        "rosterkeep_backup_age_seconds",
                        "Since the newest backup that was read back was made.",
                        labels,
                        seconds(kept.made(), now)));
        Kept.newestDrilled(rooms.vault())
                .flatMap(Kept::drilled)
                .ifPresent(at -> metrics.gauge(
                        "rosterkeep_drill_age_seconds", "Since a restore was practised.", labels, seconds(at, now)));
        rooms.refusals()
                .counts()
                .forEach((reason, n) -> metrics.counter(
                        "rosterkeep_denials_total",
                        "Requests and deliveries refused since the start, by reason.",
                        with(labels, "reason", reason.name().toLowerCase(java.util.Locale.ROOT)),
                        n));
        var standings = new ArrayList<>(rooms.outbox().standings());
        for (int i = 0; i < standings.size(); i++) {
            target(standings.get(i), with(labels, "target", "target-" + (i + 1)), metrics, now);
        }
        var letters = rooms.postbox().waiting();
        metrics.gauge("rosterkeep_notices_waiting", "Notices that nobody has been told yet.", labels, letters.size());
        letters.stream()
                .map(one -> one.letter().at())
                .min(Instant::compareTo)
                .ifPresent(oldest -> metrics.gauge(
                        "rosterkeep_notices_age_seconds", "Age of the oldest of them.", labels, seconds(oldest, now)));
    }

    private static void target(Standing one, Map<String, String> labels, Metrics metrics, Instant now) {
        one.told()
                .ifPresent(told -> metrics.gauge(
                        "rosterkeep_push_told_age_seconds",
                        "Age of what the target was last told.",
                        labels,
                        seconds(told.at(), now)));
        metrics.gauge(
                        "rosterkeep_push_attempts",
                        "Attempts of the delivery under way; 0 when there is none.",
                        labels,
                        one.delivery().map(Standing.Delivery::attempts).orElse(0))
                .gauge(
                        "rosterkeep_push_given_up",
                        "Deliveries nobody tries any more.",
                        labels,
                        one.dead().size());
        one.delivery()
                .flatMap(Standing.Delivery::sending)
                .ifPresent(since -> metrics.gauge(
                        "rosterkeep_push_underway_seconds",
                        "Since the delivery under way began.",
                        labels,
                        seconds(since, now)));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds();
    }

    private static Map<String, String> with(Map<String, String> labels, String name, String value) {
        var more = new TreeMap<>(labels);
        more.put(name, value);
        return more;
    }
}
