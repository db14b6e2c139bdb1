package org.rosterkeep.sources;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.RosterSource;

/// Every source's standing, as it rests on the shelf.
final class Standings {
    private final Shelf shelf;
    private final Map<String, Standing> all = new TreeMap<>();

    Standings(Shelf shelf) {
        this.shelf = shelf;
        shelf.all(Standing.KIND)
                .forEach((source, document) -> StandingForm.read(document)
                        .filter(one -> one.source().equals(source))
                        .ifPresent(one -> all.put(source, one)));
    }

    synchronized List<Standing> all() {
        return List.copyOf(all.values());
    }

    synchronized Optional<Standing> get(String source) {
        return Optional.ofNullable(all.get(source));
    }

    /// A fresh one when nothing was read from there, or it was another place.
    synchronized Standing of(RosterSource source) {
        return get(source.id())
                .filter(one -> one.place().equals(source.place()))
                .orElseGet(() -> Standing.fresh(source.id(), source.place()));
    }

    synchronized void keep(Standing standing) {
        shelf.put(Standing.KIND, standing.source(), StandingForm.write(standing));
        all.put(standing.source(), standing);
    }
}
