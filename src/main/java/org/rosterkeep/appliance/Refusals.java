package org.rosterkeep.appliance;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Fact;
import org.rosterkeep.log.Log;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.vendors.Sighting;
import org.rosterkeep.vendors.Witness;

/// How often a district's vendors were refused since the start, by reason, for whoever watches the machine. Not by
/// whom: that is in the ledger.
final class Refusals implements Witness {
    private final Log log;
    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    Refusals(Log log) {
        this.log = log;
        for (var reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    @Override
    public void saw(Sighting sighting) {
        sighting.reason().map(counts::get).ifPresent(LongAdder::increment);
        log.say(Event.VENDOR_REQUEST_DONE, new Fact.Number("status", sighting.status()));
    }

    /// Those that ever happened.
    Map<Reason, Long> counts() {
        Map<Reason, Long> seen = new EnumMap<>(Reason.class);
        counts.forEach((reason, count) -> {
            if (count.sum() > 0) {
                seen.put(reason, count.sum());
            }
        });
        return seen;
    }
}
