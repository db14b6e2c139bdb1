package org.rosterkeep.appliance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Shelf;

/// A shelf with nothing on it that takes nothing: for what must leave no trace.
final class BareShelf implements Shelf {
    @Override
    public Optional<byte[]> get(String kind, String id) {
        return Optional.empty();
    }

    @Override
    public List<String> ids(String kind) {
        return List.of();
    }

    @Override
    public Map<String, byte[]> all(String kind) {
        return Map.of();
    }

    @Override
    public void apply(List<Change> changes) {
        throw new UnsupportedOperationException("nothing is kept here");
    }
}
