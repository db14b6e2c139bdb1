package org.rosterkeep.appliance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.roster.Shelf;

/// A shelf on which the history of one kind was never written: what a chronicle that does not keep it leaves behind.
record Unremembered(Shelf shelf, String kind) implements Shelf {
    /// A machine that has no memory of one kind of documents.
    static TimeMachine machine(Rooms rooms, String kind) {
        var fewer = new TreeMap<>(Wiring.DECIDING);
        fewer.remove(kind);
        var forgetful = new Chronicle(new Unremembered(rooms.vault(), "history/" + kind), rooms.clock(), fewer);
        return new TimeMachine(forgetful, rooms.timeMachine().rooms());
    }

    @Override
    public Optional<byte[]> get(String of, String id) {
        return of.equals(kind) ? Optional.empty() : shelf.get(of, id);
    }

    @Override
    public List<String> ids(String of) {
        return of.equals(kind) ? List.of() : shelf.ids(of);
    }

    @Override
    public Map<String, byte[]> all(String of) {
        return of.equals(kind) ? Map.of() : shelf.all(of);
    }

    @Override
    public void apply(List<Change> changes) {
        throw new UnsupportedOperationException("only looked at");
    }
}
