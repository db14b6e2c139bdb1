package org.rosterkeep.disclosure;

import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Held;
import org.rosterkeep.entitlement.Lens;
import org.rosterkeep.roster.Relations;

/// Gives each answer its [Names].
final class Outward {
    private final Records records;
    private final Aliases.Book aliases;
    private final Cache cache;

    Outward(Records records, Aliases.Book aliases, Cache cache) {
        this.records = records;
        this.aliases = aliases;
        this.cache = cache;
    }

    Names names(Edition edition) {
        return names(
                edition.lens(),
                edition.batch(),
                edition.relations(),
                edition.kept().held());
    }

    Names names(Lens lens, long batch, Relations relations) {
        return names(lens, batch, relations, Held.NOTHING);
    }

    Names names(Lens lens, long batch, Relations relations, Held held) {
        PairwiseNames pairwise = new PairwiseNames(lens.domain(), aliases.of(lens.domain()), relations, cache);
        return lens.passThroughIds()
                ? new PassThroughNames(Layered.of(records, held), held, batch, relations, pairwise, cache)
                : pairwise;
    }
}
