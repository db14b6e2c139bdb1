package org.rosterkeep.vendors;

import jakarta.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// What anybody may ask without a token: whether it is up.
final class Vitals {
    private static final int LATER_SECONDS = 30;

    private Vitals() {}

    /// Up or not, and the day (UTC) on which the roster last changed. Nothing else: anybody may ask.
    static void status(Desk desk, Target target, Optional<House> house) {
        if (house.isPresent() && house.get() instanceof House.Closed) {
            unavailable(desk, "closed");
            return;
        }
        var json = Json.createObjectBuilder().add("status", "up");
        house.filter(House.Open.class::isInstance)
                .map(House.Open.class::cast)
                .flatMap(open -> open.refreshed().get())
                .ifPresent(at ->
                        json.add("refreshed", at.truncatedTo(ChronoUnit.DAYS).toString()));
        readOnly(desk, target, json.build().toString().getBytes(StandardCharsets.UTF_8));
    }

    /// For those who watch the machine: alive, ready or not, and why not in one word.
    static void health(Desk desk, Target.Health target, Houses houses) {
        Health health = target.probe() == Health.Probe.READY ? houses.health() : Health.OK;
        if (health == Health.OK) {
            readOnly(desk, target, text(health.word()));
        } else {
            unavailable(desk, health.word());
        }
    }

    static void readOnly(Desk desk, Target target, byte[] json) {
        if (desk.read()) {
            desk.send(200, json);
        } else {
            desk.with("Allow", "GET, HEAD").complain(target.wire(), Complaint.WRONG_METHOD);
        }
    }

    private static void unavailable(Desk desk, String word) {
        desk.with("Retry-After", String.valueOf(LATER_SECONDS)).send(503, text(word));
    }

    private static byte[] text(String status) {
        return ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
