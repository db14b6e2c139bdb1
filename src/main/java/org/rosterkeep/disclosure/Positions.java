package org.rosterkeep.disclosure;

import java.util.Arrays;
import java.util.Optional;
import org.rosterkeep.entitlement.Census;
import org.rosterkeep.entitlement.Editions;
import org.rosterkeep.roster.Entity;

/// Reads the ledger's spans: who stood where in an edition's listing in its default order. Gives ordinals, to those who
/// answer questions about the record of disclosures; no id and no value.
public final class Positions {
    private final Editions editions;
    private final Census census;
    private final Outward outward;
    private final Cache cache;

    public Positions(Editions editions, Census census, Records records, Aliases.Book aliases, DoorSettings settings) {
        this.editions = editions;
        this.census = census;
        cache = new Cache(settings.cacheBytesMax() / 4);
        outward = new Outward(records, aliases, cache);
    }

    private record Key(String rule, long edition, Entity entity) {}

    /// The ordinals at the positions `first` to `last` (exclusive); fewer when the listing is shorter, empty when the
    /// edition is not known any more.
    public Optional<int[]> ordinals(String rule, long edition, Entity entity, long first, long last) {
        return listing(rule, edition, entity).map(listing -> {
            int from = Math.clamp(first, 0, listing.size());
            int to = Math.clamp(last, from, listing.size());
            return Arrays.copyOfRange(listing.ordinals(), from, to);
        });
    }

    private Optional<Listing> listing(String rule, long edition, Entity entity) {
        Key key = new Key(rule, edition, entity);
        Optional<Listing> known = cache.find(key, Listing.class);
        if (known.isPresent()) {
            return known;
        }
        Optional<Listing> made = editions.at(rule, edition).map(members -> {
            Names names = outward.names(members.lens(), members.batch(), census.relations());
            return new Listing(names.sorted(entity, members.of(entity)), true);
        });
        made.ifPresent(listing -> cache.put(key, listing));
        return made;
    }
}
