package org.rosterkeep.outbound;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.rosterkeep.roster.Journal;

/// Writes into the ledger what became of deliveries, beside the entries that were made before they left.
record Book(Journal journal) {
    void ended(String kind, Errand errand, Ending ending) {
        Map<String, String> facts = new TreeMap<>(Map.of(
                "rule", errand.rule().id(),
                "version", Integer.toString(errand.rule().version()),
                "vendor", errand.rule().vendor(),
                "target", errand.target().place().text(),
                "kind", errand.target().way().word(),
                "delivery", errand.delivery().id(),
                "edition", Long.toString(errand.delivery().edition()),
                "mode", errand.delivery().bulk() ? "bulk" : "delta",
                "attempt", Integer.toString(errand.delivery().attempts() + 1),
                "code", ending.code()));
        List<Long> entries = errand.parcel().entries();
        if (!entries.isEmpty()) {
            facts.put("entries", entries.getFirst() + "-" + entries.getLast());
        }
        ending.status().ifPresent(status -> facts.put("status", Integer.toString(status)));
        ending.pin().ifPresent(pin -> facts.put("pin", pin));
        journal.record(kind, Outbox.SENDER, facts);
    }

    void interrupted(Standing standing, Standing.Delivery delivery) {
        journal.record(
                "push.unknown",
                Outbox.SENDER,
                Map.of(
                        "rule",
                        standing.rule(),
                        "delivery",
                        delivery.id(),
                        "edition",
                        Long.toString(delivery.edition()),
                        "code",
                        "interrupted"));
    }
}
