package org.rosterkeep.appliance;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.backup.Erasure;
import org.rosterkeep.backup.Safe;
import org.rosterkeep.keys.Tags;
import org.rosterkeep.rights.Mark;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.RecordKey;
import org.rosterkeep.roster.Shelf;

/// A shelf whose dossiers are remembered outside the database: what they take away is in the erasure ledger as well
/// before the write is done with. The shelf first: whatever the ledger says, a backup that was begun afterwards has.
final class Remembered implements Shelf {
    private final Shelf shelf;
    private final Safe safe;
    private final Tags tags;
    private final Clock clock;

    Remembered(Shelf shelf, Safe safe, Tags tags, Clock clock) {
        this.shelf = shelf;
        this.safe = safe;
        this.tags = tags;
        this.clock = clock;
    }

    /// Says what a power cut, or a version of the program without an erasure ledger, left unsaid.
    Remembered catchUp() {
        for (var kind : Mark.kinds()) {
            shelf.all(kind).forEach((id, document) -> say(kind, id, document));
        }
        return this;
    }

    @Override
    public void apply(List<Change> changes) {
        shelf.apply(changes);
        for (var change : changes) {
            if (change instanceof Change.Put put) {
                say(put.kind(), put.id(), put.document());
            }
        }
    }

    private void say(String kind, String id, byte[] document) {
        for (var mark : Mark.of(kind, id, document)) {
            safe.add(
                    clock.instant(),
                    mark.kind(),
                    tags.of(mark.key().high(), mark.key().low()),
                    (mark.entity().one() + " " + mark.entry() + " " + mark.scope()).strip());
        }
    }

    /// What a line of the ledger says of a person or a place; empty when it is about something else.
    static Optional<Mark> mark(Erasure line, Tags tags) {
        var parts = line.scope().split(" ", 3);
        for (var entity : Entity.values()) {
            if (parts.length >= 2 && entity.one().equals(parts[0]) && parts[1].matches("\\d{1,9}")) {
                var key = tags.key(line.tag());
                return Optional.of(new Mark(
                        entity,
                        new RecordKey(key[0], key[1]),
                        Integer.parseInt(parts[1]),
                        line.kind(),
                        parts.length == 3 ? parts[2] : ""));
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> get(String kind, String id) {
        return shelf.get(kind, id);
    }

    @Override
    public List<String> ids(String kind) {
        return shelf.ids(kind);
    }

    @Override
    public Map<String, byte[]> all(String kind) {
        return shelf.all(kind);
    }

    @Override
    public Shelf dated() {
        return new Remembered(shelf.dated(), safe, tags, clock);
    }
}
