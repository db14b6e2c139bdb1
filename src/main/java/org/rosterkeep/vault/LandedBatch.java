package org.rosterkeep.vault;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.SourcedId;

/// A batch on its way into the vault: one transaction of the store, closed by a commit or undone. Used by one thread.
final class LandedBatch implements Landing.Batch {
    /// A row without a field.
    private static final byte[] NOTHING = {0};

    private final Shore shore;
    private final Roster before;
    private final Instant at;
    private final Store.Transaction transaction;
    private final RosterDraft draft;
    private final Staging staging;
    private final Blots blots;
    private final FirstName firstName = new FirstName();
    private final Map<Entity, Count> counts = new EnumMap<>(Entity.class);
    private final Map<Integer, Integer> formerUsers = new HashMap<>();
    private boolean over;

    /// What the vault lends to a batch, and where the batch reports to.
    interface Shore {
        RecordKeys recordKeys();

        Blocks blocks();

        Instant now();

        /// Makes the batch the roster, for everybody.
        void landed(Roster after, Store.BatchRecord batch, Map<Integer, Integer> formerUsers);

        /// These blocks lost rows: what is in memory of them goes, and what is left of them in the log.
        void forgotten(List<Directory.Place> places);

        /// The batch is over; another one may come.
        void cleared();
    }

    private static final class Count {
        final RoaringBitmap added = new RoaringBitmap();
        final RoaringBitmap changed = new RoaringBitmap();
        final RoaringBitmap removed = new RoaringBitmap();
        long same;

        boolean nothing() {
            return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
        }

        RoaringBitmap touched() {
            return RoaringBitmap.or(added, changed, removed);
        }
    }

    LandedBatch(Shore shore, Roster before, Instant at, Store.Transaction transaction) {
        this.shore = shore;
        this.before = before;
        this.at = at;
        this.transaction = transaction;
        draft = new RosterDraft(before);
        staging = new Staging(shore.blocks(), transaction, before.directory(), number());
        blots = new Blots(shore.blocks(), transaction, before.directory());
        for (Entity entity : Entity.values()) {
            counts.put(entity, new Count());
        }
    }

    @Override
    public Relations before() {
        return before.relations();
    }

    @Override
    public int reserve(Entity entity, SourcedId id) {
        open();
        return draft.table(entity.identity()).reserve(shore.recordKeys().of(entity, id));
    }

    @Override
    public int find(Entity entity, SourcedId id) {
        open();
        return draft.table(entity.identity()).find(shore.recordKeys().of(entity, id));
    }

    @Override
    public void rename(Entity entity, int ordinal, SourcedId further) {
        open();
        draft.table(entity.identity()).rename(ordinal, shore.recordKeys().of(entity, further));
    }

    @Override
    public Landing.Change put(Entity entity, int ordinal, byte[] delivered) {
        open();
        byte[] row = underFirstName(entity, ordinal, delivered);
        TableDraft table = draft.table(entity);
        Count count = count(entity);
        boolean live = table.live().contains(ordinal);
        Staging.Match match = staging.match(entity, ordinal, row);
        if (live && match == Staging.Match.SAME) {
            count.same++;
            return Landing.Change.SAME;
        }
        boolean isNew = match == Staging.Match.NO_ROW;
        if (match != Staging.Match.SAME) {
            staging.put(entity, ordinal, row);
        }
        int user = formerUser(entity, ordinal);
        draft.take(entity, ordinal, row, isNew);
        if (user != Relations.NONE && user != draft.enrollmentUser(ordinal)) {
            formerUsers.put(ordinal, user);
        }
        if (!live) {
            table.live(ordinal, true);
        }
        return counted(count, ordinal, live, isNew);
    }

    /// Vendors that are given the source system's ids know a record by its first one, whatever it is called by now.
    private byte[] underFirstName(Entity entity, int ordinal, byte[] delivered) {
        Entity identity = entity.identity();
        if (!draft.table(identity).names().has(ordinal)) {
            return delivered;
        }
        return staging.row(identity, ordinal)
                .map(stored -> firstName.into(identity, stored, entity, delivered))
                .orElse(delivered);
    }

    private int formerUser(Entity entity, int ordinal) {
        return entity == Entity.ENROLLMENT && ordinal < before.relations().size(entity)
                ? before.relations().enrollmentUser(ordinal)
                : Relations.NONE;
    }

    private static Landing.Change counted(Count count, int ordinal, boolean live, boolean isNew) {
        if (isNew || count.added.contains(ordinal)) {
            count.added.add(ordinal);
            return Landing.Change.ADDED;
        }
        count.changed.add(ordinal);
        count.removed.remove(ordinal);
        return live ? Landing.Change.CHANGED : Landing.Change.RETURNED;
    }

    @Override
    public void remove(Entity entity, int ordinal) {
        open();
        TableDraft table = draft.table(entity);
        if (table.live().contains(ordinal)) {
            table.live(ordinal, false);
            draft.forget(entity, ordinal);
            count(entity).removed.add(ordinal);
        }
    }

    /// Removes a record and takes its row out of every version there is. Its ordinal and its key stay, and so do an
    /// enrolment's ties: numbers by which the record of disclosures is read.
    void blot(Entity entity, int ordinal) {
        open();
        remove(entity, ordinal);
        blots.add(entity, ordinal);
        if (entity == Entity.USER) {
            draft.take(entity, ordinal, NOTHING, false);
        }
    }

    /// How many rows were taken out of all versions.
    long blotted() {
        return blots.rows();
    }

    @Override
    public Optional<Row> row(Entity entity, int ordinal) {
        open();
        if (!present(entity, ordinal)) {
            return Optional.empty();
        }
        return staging.row(entity, ordinal).map(bytes -> new Row().over(bytes, 0, bytes.length));
    }

    @Override
    public boolean present(Entity entity, int ordinal) {
        return ordinal >= 0 && draft.table(entity).live().contains(ordinal);
    }

    @Override
    public Map<Entity, Landing.Tally> tally() {
        Map<Entity, Landing.Tally> tally = new EnumMap<>(Entity.class);
        counts.forEach((entity, count) -> tally.put(
                entity,
                new Landing.Tally(count.added.clone(), count.changed.clone(), count.removed.clone(), count.same)));
        return tally;
    }

    @Override
    public long commit() {
        open();
        if (counts.values().stream().allMatch(Count::nothing) && draft.nobodyRenamed() && blots.isEmpty()) {
            close();
            return before.relations().batch();
        }
        Directory.Draft directory = before.directory().change();
        staging.finish(directory);
        List<Directory.Place> rewritten = blots.write();
        counts.forEach((entity, count) -> draft.table(entity).settle(count.added));
        Relations after = draft.done(number());
        new RosterFile(shore.blocks()).save(transaction, directory, before.relations(), after);
        writeNames(directory);
        writeHistory(directory);
        Store.BatchRecord batch = new Store.BatchRecord(number(), at, shore.now());
        transaction.batch(batch);
        transaction.commit();
        over = true;
        shore.forgotten(rewritten);
        try {
            shore.landed(new Roster(after, directory.done(), draft.indexes(), draft.names()), batch, formerUsers);
        } finally {
            transaction.close();
            shore.cleared();
        }
        return batch.number();
    }

    @Override
    public void close() {
        if (!over) {
            over = true;
            try {
                transaction.close();
            } finally {
                shore.cleared();
            }
        }
    }

    private void writeNames(Directory.Draft directory) {
        draft.names().keySet().forEach(entity -> {
            TableDraft table = draft.table(entity);
            if (table.names() != table.namesBefore()) {
                int space = Space.names(entity);
                table.names()
                        .save(
                                (chunk, plain) -> {
                                    shore.blocks().put(transaction, space, chunk, number(), plain);
                                    directory.add(space, chunk, number());
                                },
                                table.namesBefore());
            }
        });
    }

    private void writeHistory(Directory.Draft directory) {
        int block = Math.toIntExact(number());
        counts.forEach((entity, count) -> {
            if (!count.nothing()) {
                shore.blocks().put(transaction, Space.changed(entity), block, number(), Columns.set(count.touched()));
                directory.add(Space.changed(entity), block, number());
            }
        });
        if (!formerUsers.isEmpty()) {
            shore.blocks().put(transaction, Space.MOVES, block, number(), Moves.block(formerUsers));
            directory.add(Space.MOVES, block, number());
        }
    }

    private long number() {
        return before.relations().batch() + 1;
    }

    private Count count(Entity entity) {
        return Objects.requireNonNull(counts.get(entity));
    }

    private void open() {
        if (over) {
            throw new VaultFault(VaultFault.Code.CLOSED, "the batch is over");
        }
    }
}
