package org.rosterkeep.appliance;

import java.util.Arrays;
import java.util.Optional;
import org.rosterkeep.disclosure.Roll;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.ledger.Spans;
import org.rosterkeep.roster.Entity;

/// Reads the ledger's spans back: the editions remember who was in them, the roll in which order.
record EditionSpans(Editions editions, Roll roll, Census census) implements Spans {
    @Override
    public Optional<int[]> ordinals(String rule, long edition, Entity entity, long first, long last) {
        return editions.at(rule, edition).map(members -> {
            var order = roll.of(members, entity, census.relations());
            int from = Math.clamp(first, 0, order.length);
            return Arrays.copyOfRange(order, from, Math.clamp(last, from, order.length));
        });
    }
}
