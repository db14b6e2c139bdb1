package org.rosterkeep.appliance;

import java.util.Optional;
import org.rosterkeep.disclosure.Rolls;
import org.rosterkeep.ledger.Spans;
import org.rosterkeep.roster.Entity;

/// Reads the ledger's spans back: the editions remember who was in them, the rolls in which order.
record EditionSpans(Rolls rolls) implements Spans {
    @Override
    public Optional<int[]> ordinals(String rule, long edition, Entity entity, long first, long last) {
        return rolls.ordinals(rule, edition, entity, first, last);
    }

    @Override
    public Optional<long[]> positions(String rule, long edition, Entity entity, int[] ordinals) {
        return rolls.positions(rule, edition, entity, ordinals);
    }
}
