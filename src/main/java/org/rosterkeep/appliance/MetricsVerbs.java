package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.entitlement.Hold;
import org.rosterkeep.ledger.Ledger;
import org.rosterkeep.roster.Entity;

/// `rosterkeep metrics`: over the control socket and nowhere else. A node's text file collector takes it from there, so
/// that no port is open for it.
final class MetricsVerbs {
    private final Appliance appliance;
    private final DistrictDoctor doctor;
    private final Districts districts;
    private final Front front;
    private final Clock clock;

    MetricsVerbs(Appliance appliance, DistrictDoctor doctor, Districts districts, Front front, Clock clock) {
        this.appliance = appliance;
        this.doctor = doctor;
        this.districts = districts;
        this.front = front;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("metrics", (call, meanwhile) -> {
            var lines = metrics().lines();
            return new Answer(
                    Json.createObjectBuilder()
                            .add("metrics", Json.createArrayBuilder(lines))
                            .build(),
                    lines);
        });
    }

    private Metrics metrics() {
        var now = clock.instant();
        var runtime = Runtime.getRuntime();
        var metrics = new Metrics()
                .gauge("rosterkeep_info", "The version that runs.", Map.of("version", Build.number()), 1)
                .gauge(
                        "rosterkeep_trial",
                        "1 when nothing but the program confines it.",
                        Map.of(),
                        bit(appliance.settings().trial()))
                .gauge(
                        "rosterkeep_up_seconds",
                        "Since it started.",
                        Map.of(),
                        Duration.between(appliance.started(), now).toSeconds())
                .gauge(
                        "rosterkeep_certificate_seconds",
                        "Until the server's certificate ends.",
                        Map.of(),
                        Duration.between(now, front.certificateUntil()).toSeconds())
                .gauge(
                        "rosterkeep_heap_used_bytes",
                        "Heap in use.",
                        Map.of(),
                        runtime.totalMemory() - (double) runtime.freeMemory())
                .gauge("rosterkeep_heap_max_bytes", "The largest heap it may have.", Map.of(), runtime.maxMemory());
        for (var district : districts.list()) {
            var labels = Map.of("district", district.name().text());
            boolean open = district.state() instanceof District.State.Open;
            metrics.gauge("rosterkeep_district_open", "1 while it answers vendors.", labels, bit(open));
            if (district.state() instanceof District.State.Open(Rooms rooms)) {
                of(rooms, labels, metrics);
            }
        }
        for (var one : doctor.look(false)) {
            metrics.gauge(
                    "rosterkeep_check",
                    "What the doctor found: 0 ok, 1 cannot tell, 2 warning, 3 failed.",
                    one.about().isEmpty()
                            ? Map.of("check", one.id())
                            : new TreeMap<>(Map.of("check", one.id(), "district", one.about())),
                    one.state().ordinal());
        }
        return metrics;
    }

    private void of(Rooms rooms, Map<String, String> labels, Metrics metrics) {
        var now = clock.instant();
        SendingMetrics.of(rooms, labels, metrics, now);
        var relations = rooms.vault().relations();
        var ledger = rooms.ledger().stats();
        metrics.gauge("rosterkeep_batch", "The number of the newest import.", labels, relations.batch());
        for (var entity : List.of(Entity.USER, Entity.CLASS, Entity.ENROLLMENT)) {
            metrics.gauge(
                    "rosterkeep_records",
                    "Live records in the roster.",
                    new TreeMap<>(Map.of(
                            "district",
                            rooms.name().text(),
                            "entity",
                            entity.name().toLowerCase(Locale.ROOT))),
                    relations.live(entity).getCardinality());
        }
        rooms.vault()
                .takenOver(relations.batch())
                .ifPresent(at -> metrics.gauge(
                        "rosterkeep_roster_age_seconds",
                        "Since the roster last changed.",
                        labels,
                        Duration.between(at, now).toSeconds()));
        metrics.counter("rosterkeep_ledger_entries", "Entries in the ledger.", labels, ledger.records())
                .gauge("rosterkeep_ledger_bytes", "What the ledger takes on the disk.", labels, ledger.bytes())
                .gauge(
                        "rosterkeep_ledger_unsigned_entries",
                        "Entries since the last signed checkpoint.",
                        labels,
                        ledger.records() - (double) ledger.checkpointNumber())
                .gauge(
                        "rosterkeep_ledger_writable",
                        "1 while entries can be written; without that nothing is released.",
                        labels,
                        bit(ledger.state() == Ledger.State.OPEN && ledger.clockTrusted()))
                .gauge(
                        "rosterkeep_views_held",
                        "Rules of whose view something waits for a person.",
                        labels,
                        rooms.guard().holds().stream().filter(Hold::open).count())
                .gauge(
                        "rosterkeep_disposals_overdue",
                        "Directives to delete that a vendor is late with.",
                        labels,
                        rooms.custody().overdue(now).size())
                .gauge(
                        "rosterkeep_ceilings_reached",
                        "Rules that have given as many persons today as they may.",
                        labels,
                        rooms.ceilings().reached(now).size());
    }

    private static int bit(boolean yes) {
        return yes ? 1 : 0;
    }
}
